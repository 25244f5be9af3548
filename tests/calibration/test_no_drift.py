"""On the research data: nothing has drifted, and the page says what the command says."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from foedus.calibration import Evidence, Finding, estimate
from foedus.calibration.page import page
from foedus.calibration.proliferation import proliferation_rows
from foedus.panels.samples import at_risk, bilateral_disputes, intervention_rows, outcome_rows

PAGE = Path(__file__).parents[2] / "docs" / "estimates.md"
NUMBER = re.compile(r"-?\d[\d,]*\.?\d*")


@pytest.fixture(scope="module")
def found(data: Path) -> tuple[Finding, ...]:
    return estimate(data)


@pytest.mark.slow
def test_no_computed_figure_has_drifted_from_the_data(found: tuple[Finding, ...]) -> None:
    """All estimates: about 20 s of processor."""
    assert [f"{f.name}: {f.held} against {f.measured}" for f in found if f.verdict == "drifted"] == []
    assert {f.reason for f in found if f.verdict == "not re-estimated" and f.recipe} == set()


@pytest.mark.slow
def test_the_page_of_estimates_is_current(found: tuple[Finding, ...]) -> None:
    """Words, held figures and rows exactly; estimates within a tenth of their interval, verdicts too."""
    told, now = PAGE.read_text(encoding="utf-8").splitlines(), page(found).splitlines()
    again = "Not current: python tools/document.py --estimates"
    assert len(told) == len(now), again
    for old, new in zip(told, now, strict=True):
        if not new.startswith("| ") or new.startswith("| Estimate"):
            assert old == new, again
            continue
        before, after = ([cell.strip() for cell in line.split("|")] for line in (old, new))
        assert [before[k] for k in (1, 2, 3, 7, 8)] == [after[k] for k in (1, 2, 3, 7, 8)], again
        was, value = (tuple(float(x.replace(",", "")) for x in NUMBER.findall(cells[4])) for cells in (before, after))
        assert abs(was[0] - value[0]) <= 0.1 * (value[2] - value[1]), f"{new}\n{again}"


def test_the_disputes_of_one_state_with_one_other_are_the_published_2023(data: Path) -> None:
    cases = bilateral_disputes(data)
    assert cases.height == 2023
    assert (cases["joined_target"].sum(), cases["joined_challenger"].sum()) == (133, 89)


def test_a_defender_joins_with_the_american_record_of_one_in_forty(data: Path) -> None:
    rows = intervention_rows(data)
    american = rows.filter((pl.col("ccode") == 2) & (pl.col("year") >= 1946))
    assert (american.height, american["joined"].sum()) == (433, 11)
    nuclear = american.filter(pl.col("nuclear_challenger") == 1)
    assert (nuclear.height, nuclear["joined"].sum()) == (71, 1)
    assert rows.filter(pl.col("ccode") == pl.col("challenger")).height == 0


def test_no_row_of_joiners_predates_the_pact(data: Path) -> None:
    """Korea 1950: the Soviet Union did not owe North Korea defence before 1961."""
    rows = intervention_rows(data, 1946, 1960)
    assert rows.filter((pl.col("ccode") == 365) & (pl.col("target") == 731)).height == 0


def test_outcomes_rank_yields_with_defeats(data: Path) -> None:
    """Dispute 3, Austria-Hungary against Serbia in 1913, ended with Serbia yielding."""
    row = outcome_rows(data).filter(pl.col("dispnum") == 3).row(0, named=True)
    assert (row["challenger"], row["target"], row["outcome"]) == (300, 345, 2)
    assert row["capability_ratio"] > 1


def test_moves_of_the_nuclear_path_are_bleeks(data: Path) -> None:
    rows = proliferation_rows(data)
    pursued = at_risk(rows, "pursue").filter(pl.col("moved") == 1)
    assert pursued.filter(pl.col("ccode") == 732)["year"].to_list() == [1970]
    assert at_risk(rows, "acquire").filter(pl.col("moved") == 1).height == 9
    assert rows["latency"].is_between(0, 1).all()


def test_two_readings_of_the_same_pairs_agree_on_the_rivals(data: Path) -> None:
    """The panel's class rule and the world's table count the same 6,948 directed rival years."""
    pairs = Evidence.open(data).classed
    assert pairs.filter(pl.col("class") == "rival").height == 6948
