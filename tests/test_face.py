"""The public face: what it names, what it costs to import, and the notebook page run as written."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import altair as alt
import polars as pl
import pytest

import foedus as fd
import studies
from foedus.equations import crisis
from foedus.study import run as run_study
from foedus.study.swap import swappable, swapped

PAGE = Path(__file__).parents[1] / "docs" / "notebook.md"


def test_the_public_names_are_sorted_few_and_all_there() -> None:
    assert fd.__all__ == sorted(fd.__all__)
    assert 15 <= len(fd.__all__) <= 30
    for name in fd.__all__:
        assert getattr(fd, name) is not None
    assert set(fd.__all__) <= set(dir(fd))


def test_a_name_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match="Did you mean 'Scenario'"):
        fd.Scenarios  # noqa: B018


def calls_of_the_face() -> dict[str, Callable[..., Any]]:
    """Every public function, and every public method of a public class, that `foedus` names."""
    found: dict[str, Callable[..., Any]] = {}
    for name in fd.__all__:
        held = getattr(fd, name)
        if isinstance(held, ModuleType):
            inner = {f"{name}.{key}": getattr(held, key) for key in getattr(held, "__all__", [])}
        elif inspect.isclass(held) and not issubclass(held, Exception):
            public = {key: getattr(value, "__func__", value) for key, value in vars(held).items() if key[0] != "_"}
            inner = {f"{name}.{key}": value for key, value in public.items()}
        else:
            inner = {name: held}
        found |= {key: value for key, value in inner.items() if inspect.isfunction(value)}
    return found


CALLS = calls_of_the_face()


@pytest.mark.parametrize("name", CALLS)
def test_every_argument_of_the_face_is_named_in_its_docstring(name: str) -> None:
    said = inspect.getdoc(CALLS[name]) or ""
    arguments = [key for key in inspect.signature(CALLS[name]).parameters if key != "self"]
    assert [key for key in arguments if not re.search(rf"\b{key}\b", said)] == []


def test_the_face_has_calls_to_look_at() -> None:
    assert {"run", "Results.ally", "World.replace", "charts.fans", "exposure.account"} <= set(CALLS)


def afresh(code: str) -> str:
    """What an interpreter that has imported nothing prints."""
    found = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    return found.stdout.strip()


LOADED = "; import sys; print(sorted(m for m in sys.modules if m.split('.')[0] == 'foedus'))"


def test_importing_foedus_loads_no_room() -> None:
    assert afresh("import foedus" + LOADED) == "['foedus', 'foedus.version']"


@pytest.mark.parametrize(
    "name",
    [
        "panels.dyad_years",
        "panels.samples.onset_frame",
        "estimators.logit",
        "estimators.strategic.crisis",
        "estimators.scores.brier",
        "hindcasts.registered",
        "calibration.every_estimate",
        "past.world_of",
        "equations.crisis.chance_of_concession",
        "exposure.account",
        "charts.fans",
    ],
)
def test_a_fresh_interpreter_reaches_by_attribute(name: str) -> None:
    assert afresh(f"import foedus as fd; print(callable(fd.{name}))") == "True"


def test_a_module_that_an_on_demand_package_lacks_is_answered_with_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"foedus\.equations has no 'crises'\. Did you mean 'crisis'"):
        fd.equations.crises  # noqa: B018
    assert "crisis" in dir(fd.equations)


GROUND = {p.stem for p in Path(fd.__file__).parent.glob("*.py")} - {"verbs"}


@pytest.mark.parametrize(
    ("room", "opened"),
    [
        ("panels", "from foedus.panels import samples"),
        ("estimators", "from foedus.estimators import scores, specifications, strategic"),
    ],
)
def test_panels_and_estimators_load_nothing_of_the_model(room: str, opened: str) -> None:
    """A scholar who never runs the model needs neither engine nor world nor ledger, nor one of these for the other."""
    loaded = {name.split(".")[1] for name in ast.literal_eval(afresh(opened + LOADED)) if "." in name}
    assert room in loaded
    assert loaded - GROUND == {room}


@pytest.mark.filterwarnings("default::foedus.errors.FoedusWarning")
def test_the_notebook_page_runs_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(blocks) == 5
    place: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), place)
    printed = capsys.readouterr().out
    assert "Taiwan" in printed
    assert isinstance(place["table"], pl.DataFrame)
    assert isinstance(place["chart"], alt.LayerChart)
    assert (tmp_path / "stubborn" / "manifest.json").exists()


def test_a_caller_hears_of_progress_by_a_function_of_its_own(tmp_path: Path) -> None:
    heard: list[tuple[str, int]] = []
    scenario = fd.Scenario.of("retrench", years=(2026, 2027), futures=8, states=studies.FEW)
    for _ in range(2):
        fd.run(scenario, out=tmp_path / "run", threads=1, progress=lambda role, count: heard.append((role, count)))
    assert heard[:2] == [("posture", 0), ("against", 0)]
    assert sorted(heard[2:4]) == [("against", 8), ("posture", 8)]  # whichever ends first
    assert heard[4:] == [("posture", 8), ("against", 8)]


def test_a_swapped_equation_changes_the_run_its_digest_and_its_manifest_and_is_put_back(tmp_path: Path) -> None:
    study = studies.study("retrench", None, futures=8, last=2028)
    plain = run_study(study, tmp_path / "plain", threads=1)
    published = crisis.chance_of_concession

    def never(resisting: float, demand: float, audience_cost: float, precision: float) -> float:
        return 0.0 * published(resisting, demand, audience_cost, precision)

    with fd.swap("crisis.chance_of_concession", never):
        assert list(swapped()) == ["crisis.chance_of_concession"]
        changed = run_study(study, tmp_path / "changed", threads=2)
        with pytest.raises(fd.InputError, match="holds another run"):
            run_study(study, tmp_path / "plain", threads=1)
    assert swapped() == {}
    assert crisis.chance_of_concession is published
    conceded = [fd.Results.open(folder.path).pairs()["conceded"].sum() for folder in (plain, changed)]
    assert conceded[1] == 0
    assert changed.manifest()["scenario"]["swapped"] == ["crisis.chance_of_concession"]
    assert changed.manifest()["digest"] != plain.manifest()["digest"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("crisis.chance_of_concesion", 'Did you mean "crisis.chance_of_concession"?'),
        ("crisis.chance_of_concession", "the model calls it with (resisting, demand, audience_cost, precision)"),
    ],
)
def test_an_equation_that_cannot_stand_in_is_refused(name: str, says: str) -> None:
    with pytest.raises(fd.InputError, match=re.escape(says)), fd.swap(name, lambda resisting: resisting):
        pass
    assert swapped() == {}


def test_every_published_equation_can_be_swapped() -> None:
    assert {"crisis.chance_of_challenge", "choice.shares", "hedging.raised_shares"} <= set(swappable())


def test_a_scenario_is_replaced_by_name_and_checked() -> None:
    scenario = fd.Scenario.of("retrench", years=(2026, 2030), futures=8)
    assert scenario.replace(posture="steady").posture == fd.preset("steady")
    assert scenario.years == (2026, 2027, 2028, 2029, 2030)
    for changed, says in (
        ({"posture": "stedy"}, 'Did you mean "steady"'),
        ({"futurs": 9}, 'Did you mean "futures"'),
        ({"years": (2030, 2026)}, "reversed"),
        ({"futures": 0}, "above zero"),
    ):
        with pytest.raises(fd.InputError, match=re.escape(says)):
            scenario.replace(**changed)
