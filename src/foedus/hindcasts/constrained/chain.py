"""The whole chain: from the data folder to every ensemble that ships, the same bytes for the same seed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from foedus import files
from foedus.calibration.pairs.dyads import FIRST, LAST, read_pairs
from foedus.calibration.pairs.posterior import ENOUGH, posterior
from foedus.hindcasts.constrained.constrain import constrained_ensemble
from foedus.hindcasts.constrained.targets import PastTarget, Runs, targets
from foedus.ledger.ensemble import ensembles_from, load_ensemble
from foedus.panels import DataFolder
from foedus.study.pools import forked_pool

DATES = (1954, 1964, 1968, 1974, 1979, 1989, LAST)
"""Last years of disputes: whatever year a hindcast asks about, one of these records had just ended."""


@dataclass(frozen=True)
class Labour:
    """What the chain makes, and with how much labour.

    dates           last year of disputes of each posterior
    rounds, count   of draws from it, and how many independent ones are enough
    futures         of each run of the past for the targets
    targets         what the last date's members are weighed by
    cores           posteriors drawn side by side; the result does not depend on it
    """

    dates: tuple[int, ...] = DATES
    rounds: int = 6
    count: int = 1500
    enough: float = ENOUGH
    futures: int = 2048
    targets: tuple[PastTarget, ...] = ()
    seed: int = 1
    cores: int = 2


def make_ensembles(
    folder: DataFolder, out: Path, plan: Labour | None = None, told: Callable[[str], None] = lambda _: None
) -> Mapping[str, str]:
    """Draw the posterior of each date, weigh the last one's members by the targets, and write every ensemble.

    folder   research files
    out      folder for the .json files; files of the same names are replaced
    plan     what is made; everything that ships without it
    told     called with what was done

    Returns digests of the files by name. Raises DataError as a panel does, EstimationError when draws are not to be
    believed or targets are tighter than they can meet.
    """
    held = plan or Labour()
    files.check_place(out / "record.json")
    read_pairs(folder)
    made: dict[str, str] = {}

    def keep(name: str, text: str) -> None:
        files.write_text(out / f"{name}.json", text)
        made[name] = hashlib.sha256(text.encode()).hexdigest()[:16]
        told(f"{name} written")

    work = partial(_drawn, folder, held)
    names = [f"record-{date}" for date in held.dates]
    if held.cores > 1 and len(held.dates) > 1:
        with forked_pool(held.cores) as pool:
            longest_first = sorted(held.dates, reverse=True)
            drawn = dict(zip(longest_first, pool.map(work, longest_first), strict=True))
    else:
        drawn = {date: work(date) for date in held.dates}
    for name, date in zip(names, held.dates, strict=True):
        keep(name, drawn[date])
    asked = held.targets or targets()
    with ensembles_from(out):
        runs = Runs(folder, names[-1], held.futures, held.seed, held.cores)
        name = f"record-{CONSTRAINED}"
        keep(name, constrained_ensemble(name, runs, load_ensemble(names[-1]), chosen=asked, told=told).written())
    return made


CONSTRAINED = 2025
"""Year in the name of the constrained ensemble: targets end in 2024, so that a forecast made in 2025 could know it."""


def _drawn(folder: DataFolder, plan: Labour, date: int) -> str:
    """The ensemble of one date, as it is stored."""
    pairs = read_pairs(folder)
    found = posterior(pairs, (FIRST, date), rounds=plan.rounds, count=plan.count, seed=plan.seed, enough=plan.enough)
    return found.ensemble(f"record-{date}", pairs).written()
