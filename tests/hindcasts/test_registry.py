"""The registry and its judge: verdicts follow from declared criteria and figures alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foedus.errors import InputError, UnknownName
from foedus.hindcasts import KINDS, Criterion, Found, FoundMeasure, HindcastSetting, Registered, find, judge, registered
from foedus.hindcasts.registry import in_order
from made_up import hindcast

AT_LEAST = Criterion("AUC", low=0.87)


def found(*figures: FoundMeasure) -> Found:
    return Found(figures)


def declared(*criteria: Criterion, name: str = "a-test") -> Registered:
    return hindcast(name=name, criteria=criteria, run=lambda _: found())


def verdict(figure: FoundMeasure, *criteria: Criterion) -> str:
    return judge(declared(*criteria), found(figure)).verdict


def test_a_figure_on_its_bound_passes_and_one_below_fails() -> None:
    assert verdict(FoundMeasure("AUC", 0.87), AT_LEAST) == "pass"
    assert verdict(FoundMeasure("AUC", 0.8699), AT_LEAST) == "fail"


def test_one_missed_criterion_fails_whatever_the_others_say() -> None:
    assert verdict(FoundMeasure("AUC", 0.9), AT_LEAST, Criterion("AUC", high=0.89)) == "fail"


def test_a_figure_the_data_cannot_give_is_not_identified() -> None:
    assert verdict(FoundMeasure("AUC", None), AT_LEAST) == "not identified"


def test_an_interval_wider_than_declared_is_not_identified() -> None:
    narrow = replace(AT_LEAST, widest=0.1)
    assert verdict(FoundMeasure("AUC", 0.9, 0.84, 0.95), narrow) == "not identified"
    assert verdict(FoundMeasure("AUC", 0.9, 0.88, 0.95), narrow) == "pass"
    assert verdict(FoundMeasure("AUC", 0.9), narrow) == "not identified"


def test_a_bound_against_the_baseline_judges_the_difference() -> None:
    within = Criterion("AUC", low=-0.01, against="baseline")
    assert verdict(FoundMeasure("AUC", 0.891, baseline=0.901), within) == "pass"
    assert verdict(FoundMeasure("AUC", 0.890, baseline=0.901), within) == "fail"
    assert verdict(FoundMeasure("AUC", 0.890), within) == "not identified"


def test_a_bound_against_the_published_figure_judges_the_difference() -> None:
    same = Criterion("AUC", low=-0.005, high=0.005, against="published")
    assert verdict(FoundMeasure("AUC", 0.869, published=0.870), same) == "pass"
    assert verdict(FoundMeasure("AUC", 0.860, published=0.870), same) == "fail"


@pytest.mark.parametrize(
    ("figure", "clear"),
    [
        (FoundMeasure("ratio", 4.0, 3.0, 6.0), True),
        (FoundMeasure("ratio", 4.0, 2.0, 6.0), False),
        (FoundMeasure("ratio", 8.0, 7.5, 9.0), True),
        (FoundMeasure("ratio", 8.0, 1.0, 9.0), False),
        (FoundMeasure("ratio", 1.0, 0.5, 2.0), True),
    ],
)
def test_a_judgement_is_clear_when_its_whole_interval_agrees(figure: FoundMeasure, *, clear: bool) -> None:
    assert judge(declared(Criterion("ratio", 2.5, 7.0)), found(figure)).clear is clear


def test_why_names_the_criterion_that_was_missed() -> None:
    outcome = judge(declared(AT_LEAST), Found((FoundMeasure("AUC", 0.8123),), why="Wars are few"))
    assert outcome.why == "AUC ≥ 0.87: 0.8123, missed. Wars are few"


def test_a_criterion_on_a_measure_that_was_not_returned_stops() -> None:
    with pytest.raises(InputError, match="no figure named AUC; the run gave Brier"):
        judge(declared(AT_LEAST), found(FoundMeasure("Brier", 0.1)))


def test_what_could_not_fail_is_not_registered() -> None:
    with pytest.raises(InputError, match="could not fail"):
        declared()
    with pytest.raises(InputError, match="cannot fail"):
        Criterion("AUC")
    with pytest.raises(InputError, match="nothing could pass"):
        Criterion("AUC", 0.9, 0.8)


def test_training_years_that_reach_into_test_years_stop() -> None:
    with pytest.raises(InputError, match="overlap"):
        replace(declared(AT_LEAST), train=(1950, 1990))


def test_a_kind_nobody_declared_stops() -> None:
    with pytest.raises(UnknownName, match='Did you mean "in sample"'):
        replace(declared(AT_LEAST), kind="in-sample")


def test_what_is_fitted_on_training_years_is_not_in_sample() -> None:
    with pytest.raises(InputError, match="fitted on training years"):
        replace(declared(AT_LEAST), kind="in sample")
    assert replace(declared(AT_LEAST), kind="in sample", train=None).kind == "in sample"


def test_every_kind_is_used_and_only_out_of_sample_tests_and_checks_are_fitted() -> None:
    assert {test.kind for test in registered()} == set(KINDS)
    fitted = {test.kind for test in registered() if test.train}
    assert fitted == {"out of sample", "data check"}


def test_what_never_touches_the_model_counts_as_a_data_check() -> None:
    checks = {test.name for test in registered() if test.kind == "data check"}
    assert checks == {
        "onset-baselines",
        "onset-baselines-late",
        "onset-baselines-all-pairs",
        "intervention-nuclear",
        "alliances-rates",
    }


def test_a_speed_taken_from_the_record_is_not_tested_by_the_record() -> None:
    assert find(["burden-after-burden"])[0].kind == "in sample"


def test_no_reason_says_in_words_what_seen_should_say() -> None:
    for test in registered():
        for criterion in test.criteria:
            assert not any(said in criterion.why for said in ("after a", "first look")), test.name


def test_a_figure_that_is_no_number_stops() -> None:
    with pytest.raises(InputError, match="finite"):
        FoundMeasure("AUC", float("nan"))
    with pytest.raises(InputError, match="both low and high"):
        FoundMeasure("AUC", 0.9, low=0.8)
    with pytest.raises(InputError, match="twice: AUC"):
        found(FoundMeasure("AUC", 0.9), FoundMeasure("AUC", 0.8))


def test_the_digest_does_not_change_with_what_a_criterion_says_of_itself() -> None:
    assert declared(AT_LEAST).digest == declared(replace(AT_LEAST, seen=True, why="seen")).digest


def test_the_digest_changes_with_a_criterion_and_not_with_the_question() -> None:
    test = declared(AT_LEAST)
    assert test.digest == replace(test, question="Is it so?").digest
    assert test.digest != declared(replace(AT_LEAST, low=0.86)).digest


def test_two_hindcasts_of_one_name_stop() -> None:
    with pytest.raises(InputError, match="registered twice: a-test"):
        in_order([declared(AT_LEAST), declared(AT_LEAST)])


def test_order_is_by_theme_then_name() -> None:
    late = replace(declared(AT_LEAST, name="a"), theme="nuclear")
    assert [t.name for t in in_order([late, declared(AT_LEAST, name="c"), declared(AT_LEAST, name="b")])] == [
        "b",
        "c",
        "a",
    ]


def test_every_registered_name_is_found_alone() -> None:
    for test in registered():
        assert find([test.name]) == (test,)


def test_an_unknown_hindcast_is_refused() -> None:
    with pytest.raises(UnknownName, match="no such hindcast"):
        find(["onsett"])


def test_a_setting_without_data_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOEDUS_DATA", raising=False)
    with pytest.raises(InputError, match="no data folder"):
        _ = HindcastSetting().folder


@given(
    st.floats(-10, 10),
    st.floats(0, 5),
    st.floats(0, 5),
    st.floats(-10, 10),
    st.floats(0, 5),
)
@example(1.0, 1.0, 0.0, -8e-86, 0.0)
def test_a_clear_pass_holds_anywhere_in_the_interval(
    ours: float, less: float, more: float, low: float, w: float
) -> None:
    criterion = Criterion("x", low, low + w)
    outcome = judge(declared(criterion), found(FoundMeasure("x", ours, ours - less, ours + more)))
    ends = [judge(declared(criterion), found(FoundMeasure("x", e))).verdict for e in (ours - less, ours, ours + more)]
    if outcome.clear:
        assert set(ends) == {outcome.verdict}
    assert outcome.verdict == ends[1]
