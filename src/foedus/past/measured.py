"""What the record says of the years after: burdens, troops, distances. Used to judge runs, never to make them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import DataError
from foedus.frames import read_csv
from foedus.geo import great_circle
from foedus.panels.files import DataFolder
from foedus.past.archive import Archive
from foedus.past.economy import PARITY_BASE
from foedus.world.inventory import US_DEFLATOR

Floats = NDArray[np.float64]

EARLIEST, FEWEST = 1961, 4
"""First year with product at market rates for most, and fewest windows that make a spread."""


def burden(folder: DataFolder, iso3: str, year: int) -> float:
    """Military spending (NMC) over product in a year.

    Product is the World Bank's at market rates, so that exchange rates cancel; where it has none (Taiwan), Fariss and
    others' real product in that year's dollars, so that they do not.
    Raises DataError when either is missing.
    """
    archive = Archive(folder, year)
    spent = archive.by_state("cow_nmc", "milex", 1).get(iso3)
    market = archive.by_state("world_bank_gdp_pop", "gdp_current_usd", 1).get(iso3)
    parity = archive.by_state("fariss_gdp_pop", "pwtrgdp", 1).get(iso3)
    if spent is None or (market is None and parity is None):
        msg = f"no spending or product of {iso3} in {year}"
        raise DataError(msg)
    if market is not None:
        return spent[1] * 1000.0 / market[1]
    assert parity is not None
    dollars = parity[1] * 1e6 * US_DEFLATOR[year] / US_DEFLATOR[PARITY_BASE]
    return spent[1] * 1000.0 / dollars


def rise(folder: DataFolder, isos: Sequence[str], since: int, until: int) -> Floats:
    """Log of each state's burden in one year over another, [states]."""
    return np.log([burden(folder, iso, until) / burden(folder, iso, since) for iso in isos])


def usual_spread(folder: DataFolder, exposed: Sequence[str], others: Sequence[str], span: int, before: int) -> float:
    """Standard deviation of what a shock is measured by, in quieter years: NaN with fewer than four of them.

    The log rise of the exposed less that of the others, over every `span` of years that ended by `before`, back to
    1961. Windows overlap, so it is a rough yardstick.
    """
    found = []
    for start in range(EARLIEST, before - span + 1):
        try:
            sides = [rise(folder, isos, start, start + span).mean() for isos in (exposed, others)]
        except DataError:
            continue
        found.append(sides[0] - sides[1])
    return float(np.std(found)) if len(found) >= FEWEST else float("nan")


def us_troops(folder: DataFolder, iso3: str, years: Sequence[int]) -> Floats:
    """US troops in a state by year, from the reports that do not count twice; 0 when the host is not on record."""
    found = []
    for year in years:
        hosts = Archive(folder, year).by_state("us_troops_country_year", "troops_ad_best", 1)
        found.append(hosts.get(iso3, (year, 0.0))[1])
    return np.array(found)


def defence_share(folder: DataFolder, isos: Sequence[str], year: int) -> Floats:
    """Military spending, share of product, as SIPRI gives it (2000 on), [states]; NaN where it has none."""
    frame = Archive(folder, year).years("sipri_milex_excerpt", 1)
    found = dict(frame.select("iso3", "milex_pct_gdp").iter_rows())
    return np.array([float(found.get(iso) or np.nan) / 100.0 for iso in isos])


def accessions_to_nato(folder: DataFolder) -> pl.DataFrame:
    """Return iso3, ccode and accession: the year each member joined NATO. Raises DataError without the file."""
    path = folder.find("nato_membership")
    if path is None:
        msg = f"nato_membership: no such file in {folder.path}"
        raise DataError(msg)
    year = pl.col("accession_date").str.slice(0, 4).cast(pl.Int64)
    return read_csv(path).select("iso3", pl.col("ccode").cast(pl.Int32), accession=year)


def members_of_nato(folder: DataFolder, year: int) -> tuple[str, ...]:
    """States that had joined the North Atlantic Treaty by the end of a year."""
    joined = accessions_to_nato(folder).filter(pl.col("accession") <= year)
    return tuple(sorted(joined["iso3"].to_list()))


def km_from(folder: DataFolder, iso3: str, isos: Sequence[str], year: int) -> Floats:
    """Distance of capitals from one state's, [states]."""
    archive = Archive(folder, year)
    seats = {
        iso: (lat, lng)
        for iso, lat, lng in archive.spells("cow_capitals", "stdate", "enddate")
        .select("iso3", "lat", "lng")
        .iter_rows()
    }
    places = np.array([seats[iso] for iso in isos])
    return great_circle(*seats[iso3], places[:, 0], places[:, 1])
