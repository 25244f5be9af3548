"""Stored results: figures are kept, verdicts are computed again; the page says what they say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from foedus.errors import InputError
from foedus.hindcasts import Criterion, Curve, Found, FoundMeasure, HindcastSetting, Registered, registered
from foedus.hindcasts.failures import FAILURES
from foedus.hindcasts.page import counted, counted_by_kind, judged_figures, number, outside, page
from foedus.hindcasts.results import Result, lines_of, read_results, rounded, run, write_results
from foedus.hindcasts.unidentified import UNIDENTIFIED
from made_up import hindcast

FOUND = Found(
    (FoundMeasure("AUC", 0.87234567, 0.8, 0.9, 0.87, 0.87), FoundMeasure("rows", 36_373.0, note="as published")),
    rows=36_373,
    events=584,
    why="Because",
    curves=(Curve("onset", (0.1, 0.2), (0.1, 0.3), (5, 5)),),
    fitted=(("defender_edge", 1.75), ("nameless", 1.0)),
)
TEST = hindcast(
    name=registered()[0].name,
    criteria=(Criterion("rows", low=1), Criterion("AUC", low=0.87)),
    run=lambda _: FOUND,
)


def result(test: Registered, found: Found = FOUND) -> dict[str, Result]:
    return {test.name: Result(test.name, "2026-01-01", test.digest, found)}


def test_results_come_back_as_they_were_written(tmp_path: Path) -> None:
    lines = run([TEST], HindcastSetting())
    write_results(lines, tmp_path / "r.json")
    assert read_results(tmp_path / "r.json")[TEST.name].found == rounded(FOUND)


def test_the_file_holds_no_verdict(tmp_path: Path) -> None:
    write_results(run([TEST], HindcastSetting()), tmp_path / "r.json")
    assert "verdict" not in json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["results"][0]


def test_a_stored_figure_is_judged_by_todays_criterion() -> None:
    stricter = replace(TEST, criteria=(Criterion("AUC", low=0.9),))
    assert lines_of(result(TEST), [TEST])[0].verdict == "pass"
    line = lines_of(result(TEST), [stricter])[0]
    assert (line.verdict, line.stale) == ("fail", True)


def test_a_criterion_that_no_stored_figure_answers_counts_as_not_run() -> None:
    other = replace(TEST, criteria=(Criterion("CRPS", high=1.0),))
    line = lines_of(result(TEST), [other])[0]
    assert (line.verdict, line.stale) == ("not run", True)


def test_a_value_fitted_outside_the_ledgers_range_is_named_with_the_range() -> None:
    far = replace(FOUND, fitted=(("decisiveness", 0.01), ("defender_edge", 1.5), ("nameless", 99.0)))
    (line,) = lines_of(result(TEST, far), [TEST])
    assert line.outside == (("decisiveness", 0.01, 0.05, 2.0),)
    assert outside(line) == "decisiveness 0.01 (0.05 to 2)"
    text = page([line])
    assert f"| pass ~ † | [{TEST.name}](#{TEST.name}) | out of sample |" in text
    assert "Outside the ledger's range: decisiveness 0.01 (0.05 to 2)." in text


def test_verdicts_are_counted_by_what_they_can_say() -> None:
    check = replace(TEST, name="check", kind="data check")
    lines = [*lines_of(result(TEST), [TEST]), *lines_of({}, [check])]
    assert counted_by_kind(lines) == {"out of sample": {"pass": 1}, "data check": {"not run": 1}}


def test_the_page_names_the_criteria_set_after_a_look() -> None:
    late = replace(TEST, criteria=(*TEST.criteria, Criterion("AUC", high=1.0, why="a ceiling", seen=True)))
    text = " ".join(page(lines_of(result(TEST), [late])).split())
    assert f"save 1 of 3 that were set or added after a result was seen: `{TEST.name}` (1)." in text
    assert "AUC ≤ 1 (a ceiling; after a look)" in text
    assert "its criteria too, all of them." in " ".join(page(lines_of(result(TEST), [TEST])).split())


def test_results_not_run_now_are_kept(tmp_path: Path) -> None:
    other = registered()[1].name
    kept = {other: Result(other, "2025-05-05", "x", FOUND)}
    write_results(run([TEST], HindcastSetting()), tmp_path / "r.json", kept)
    held = read_results(tmp_path / "r.json")
    assert set(held) == {TEST.name, other}
    assert held[other].ran == "2025-05-05"


def test_a_file_that_holds_no_results_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text('{"results": [{"name": "x"}]}', encoding="utf-8")
    with pytest.raises(InputError, match=r"r\.json: not a results file"):
        read_results(tmp_path / "r.json")


def test_writing_where_there_is_no_folder_stops(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        write_results([], tmp_path / "none" / "r.json")


def test_figures_are_kept_to_six_digits() -> None:
    assert rounded(FOUND).figures[0].ours == 0.872346


def test_missed_figures_are_shown_before_met_ones() -> None:
    failing = replace(TEST, criteria=(Criterion("rows", low=1), Criterion("AUC", low=0.9)))
    outcome = lines_of(result(failing), [failing])[0].outcome
    assert outcome is not None
    assert [f.measure for f in judged_figures(outcome)] == ["AUC", "rows"]


def test_the_page_shows_failures_years_curves_and_what_is_not_identified() -> None:
    failing = replace(TEST, criteria=(Criterion("AUC", low=0.9),))
    text = page(lines_of(result(failing), [failing]))
    assert "| **fail** ~ | [" in text or "| **fail** | [" in text
    assert "fitted on 1950-1989, tested on 1990-2010" in text
    assert "AUC ≥ 0.9: 0.8723, missed" in text
    assert "| forecast | 0.1 | 0.2 |" in text
    assert "`defender_edge` 1.75 (ledger 1.5, 1 to 3)" in text
    assert all(what in text for what, _ in UNIDENTIFIED)


def test_the_count_names_every_kind_of_verdict_there_is() -> None:
    lines = [*lines_of(result(TEST), [TEST]), *lines_of({}, [TEST])]
    assert counted(lines) == "2 hindcasts: 1 pass, 1 not run"


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (36_373.0, "36,373"), (0.0123456, "0.0123"), (-0.129, "-0.129"), (0.0, "0")]
)
def test_numbers_are_shown_short(value: float | None, text: str) -> None:
    assert number(value) == text


def test_every_hindcast_on_panels_has_a_stored_result_made_with_its_criteria() -> None:
    lines = lines_of(read_results(), [t for t in registered() if t.needs == "panels"])
    assert [line.test.name for line in lines if line.outcome is None or line.stale] == []


def test_a_result_of_another_ledger_is_said_to_be_so(tmp_path: Path) -> None:
    write_results(run([TEST], HindcastSetting()), tmp_path / "r.json")
    fresh = read_results(tmp_path / "r.json")
    other = {TEST.name: replace(fresh[TEST.name], ledger="before")}
    assert [line.moved for line in (*lines_of(fresh, [TEST]), *lines_of(other, [TEST]))] == [False, True]
    assert "The ledger has changed since 1 of them ran." in page(lines_of(other, [TEST]))
    assert "The ledger has changed" not in page(lines_of(fresh, [TEST]))


def test_what_fails_is_explained_first_and_nothing_is_explained_that_is_not_registered() -> None:
    assert set(FAILURES) <= {test.name for test in registered()}
    failing = replace(TEST, criteria=(Criterion("AUC", low=0.9),))
    text = page(lines_of(result(failing), [failing]))
    assert text.index("## What fails, and why") < text.index("## Every verdict")
    assert f"- [{TEST.name}](#{TEST.name}): not explained yet." in text
    assert "What fails" not in page(lines_of(result(TEST), [TEST]))


def test_every_failure_of_the_stored_results_is_explained() -> None:
    failed = {line.test.name for line in lines_of(read_results()) if line.verdict == "fail"}
    assert failed - {"spending-paths", "dispute-after-dispute"} <= set(FAILURES)
