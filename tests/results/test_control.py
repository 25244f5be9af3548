"""A control variate: unbiased over many small runs, and worth what its correlation says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import studies
from foedus import cli
from foedus.errors import InputError, RunFolderError
from foedus.results import Results
from foedus.results.control import controlled, losses_by_baseline
from foedus.study import compute
from foedus.study import run as run_study


def test_over_many_small_runs_the_mean_is_the_true_one_and_the_error_is_what_it_says() -> None:
    rng = np.random.default_rng(9)
    found = []
    for _ in range(4000):
        variate = rng.exponential(size=16)
        values = variate**2 + 0.3 * rng.normal(size=16)
        found.append(controlled(values, variate, 1.0))
    means = np.array([one.mean for one in found])
    assert abs(means.mean() - 2.0) < 3.0 * means.std() / np.sqrt(len(means))
    assert np.sqrt(np.mean([one.error**2 for one in found])) == pytest.approx(means.std(), rel=0.25)


def test_it_saves_what_the_correlation_says_and_a_doubtful_mean_adds_its_error() -> None:
    rng = np.random.default_rng(10)
    variate = rng.normal(size=20_000)
    values = variate + rng.normal(size=20_000)
    exact = controlled(values, variate, 0.0)
    assert exact.saves == pytest.approx(2.0, rel=0.05)
    doubtful = controlled(values, variate, 0.0, error=0.01)
    assert doubtful.error == pytest.approx(np.hypot(exact.error, 0.01), rel=0.02)
    assert controlled(values, np.zeros_like(values), 0.0).mean == pytest.approx(float(values.mean()))


def test_too_few_futures_are_refused() -> None:
    with pytest.raises(InputError, match="needs eight futures or more; got 4"):
        controlled(np.ones(4), np.ones(4), 1.0)


def test_a_baseline_of_the_same_seed_or_another_posture_is_refused() -> None:
    small = {"first": 2026, "last": 2027, "futures": 8, "states": studies.FEW[:6]}
    run = Results.of(compute(studies.study(**small)))
    other = Results.of(compute(studies.study("steady", None, **small, seed=6)))
    found = losses_by_baseline(run, other)
    assert set(found) == set(run.allies)
    with pytest.raises(RunFolderError, match="draws of its own"):
        losses_by_baseline(run, Results.of(compute(studies.study("steady", None, **small))))
    with pytest.raises(InputError, match="compares nothing"):
        losses_by_baseline(other, other)


def test_the_option_prints_both_means_and_adds_them_to_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    small = {"first": 2026, "last": 2027, "futures": 8, "states": studies.FEW[:6]}
    run_study(studies.study(**small), tmp_path / "run", threads=1)
    run_study(studies.study("steady", None, **small, seed=6), tmp_path / "baseline", threads=1)
    asked = ["compare", str(tmp_path / "run"), "--control", str(tmp_path / "baseline")]
    cli.main(asked)
    told = capsys.readouterr().out
    assert "Loss under retrench by the larger run of steady" in told
    assert "with control" in told
    assert max(map(len, told.splitlines())) <= 80
    cli.main([*asked, "--json"])
    found = json.loads(capsys.readouterr().out)["with_control"]
    expected = losses_by_baseline(Results.open(tmp_path / "run"), Results.open(tmp_path / "baseline"))["POL"]
    assert (found["POL"]["mean"], found["POL"]["error"]) == (expected.mean, expected.error)
