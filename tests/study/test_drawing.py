"""Parameters are drawn once for studies that ask for the same, and anew for any other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import studies
from foedus.study import Study


def other(study: Study, **changes: object) -> Study:
    return replace(study, scenario=replace(study.scenario, **changes))  # type: ignore[arg-type]


def test_a_study_with_another_posture_holds_the_same_draws() -> None:
    study = studies.study(futures=8)
    first, second = study.parameters(0), other(study, against=None).parameters(0)
    assert all(first[name] is second[name] for name in first)
    assert not any(values.flags.writeable for values in first.values())


def test_a_given_value_a_range_or_a_seed_is_drawn_anew_and_moves_nothing_else() -> None:
    study = studies.study(futures=8)
    first, name = study.parameters(0), "stake_share_of_gdp"
    assert other(study, fixed=((name, 0.25),)).parameters(0)[name].tolist() == [0.25] * 8
    ranged = other(study, ranges=((name, 0.2, 0.3),)).parameters(0)
    assert ((ranged[name] > 0.2) & (ranged[name] < 0.3)).all()
    assert all(np.array_equal(values, ranged[one]) for one, values in first.items() if one != name)
    assert not np.array_equal(other(study, seed=study.scenario.seed + 1).parameters(0)[name], first[name])
    assert study.parameters(0)[name] is first[name]
