"""One text, three engines: NumPy's and LLVM's give the same bits, and `eager` the same figures but for rounding."""

from __future__ import annotations

import pickle
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import foedus as fd
import small_run
import studies
from foedus.compile import execute
from foedus.compile.engines import Machinery
from foedus.compile.loops import planned
from foedus.compile.native import Code, Processor, machine_code
from foedus.compile.program import trace
from foedus.compile.schedule import NodeSchedule, scheduled
from foedus.engine.measure import Group
from foedus.engine.record import Record, Shape, new_room
from foedus.engine.setting import Setting
from foedus.errors import FoedusWarning
from foedus.ledger import load_ledger
from foedus.posture import Doctrine
from foedus.posture.shipped import shipped
from foedus.study import compute, prepare
from foedus.study.study import Study
from levers import LEVERS
from levers import small as study_of

pytest.importorskip("llvmlite")

LEVELS = {"pledge": 0.4, "troops": 0.2, "arms": 0.5}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@cache
def small(futures: int = 40) -> Setting:
    return small_run.setting(small_run.Case(levels=LEVELS, futures=futures, years=5))


@cache
def schedule() -> NodeSchedule:
    return scheduled(trace(small()))


@cache
def by_numpy() -> Record:
    return execute.run(schedule(), small())


def code(width: int = 16, processor: Processor | None = None, speed: int = 1) -> Code:
    return Code.loaded(*machine_code(planned(schedule()), processor or Processor.here(), width, speed))


def bits(record: Record) -> dict[str, bytes]:
    found = {f"{group.value} {name}": x.tobytes() for group, t in record.tables.items() for name, x in t.items()}
    return found | {"options": record.options.tobytes()}


@pytest.mark.slow
def test_numpy_and_llvm_give_the_same_bits() -> None:
    assert bits(code().run(small())) == bits(by_numpy())


@pytest.mark.slow
def test_eager_has_the_same_events_and_the_same_first_year_but_for_rounding() -> None:
    eager, traced = Machinery("eager").run(small()), by_numpy()
    for group in (Group.PAIR, Group.CLASS):
        for name, counted in eager.tables[group].items():
            assert np.array_equal(counted, traced.tables[group][name]), name
    for group in (Group.ALLY, Group.GUARANTOR, Group.REGION, Group.PAIR_YEAR):
        for name, values in eager.tables[group].items():
            assert np.allclose(values[0], traced.tables[group][name][0], rtol=1e-4, atol=1e-6), name
            assert np.allclose(np.median(values), np.median(traced.tables[group][name]), rtol=1e-3, atol=1e-5), name


@pytest.mark.slow
def test_futures_know_nothing_of_their_tile() -> None:
    """Shuffled futures and wider tiles give each future the same bits."""
    setting, order = small(), np.random.default_rng(3).permutation(small().futures)
    mixed = replace(
        setting,
        p={name: value[order] for name, value in setting.p.items()},
        draws=replace(setting.draws, futures=setting.draws.futures[order]),
        unknowns=replace(setting.unknowns, futures=setting.unknowns.futures[order]),
    )
    shuffled = code(width=32).run(mixed)
    for name, values in by_numpy().allies.items():
        assert values[:, :, order].tobytes() == shuffled.allies[name].tobytes(), name


@pytest.mark.slow
@pytest.mark.parametrize("futures", [40, 48])
def test_memory_that_held_another_record_leaves_no_trace(futures: int) -> None:
    """With whole tiles, which compiled code writes into the record itself, and with one cut short."""
    setting, compiled = small(futures), code()
    size = Shape.of(setting.layout, len(setting.years), futures).bytes
    for run in (Machinery("eager").run, lambda *asked: compiled.run(asked[0], room=asked[1])):
        used = new_room(size)
        used[:] = bytes([255]) * size
        assert bits(run(setting, used)) == bits(run(setting, None))


@pytest.mark.slow
@pytest.mark.parametrize("processor", ["x86-64-v2", "x86-64-v3", "x86-64-v4"])
def test_no_processor_rounds_otherwise(processor: str) -> None:
    import llvmlite.binding as llvm

    host = llvm.get_host_cpu_features()
    needs = {"x86-64-v2": "sse4.2", "x86-64-v3": "avx2", "x86-64-v4": "avx512vl"}[processor]
    if not host.get(needs):
        pytest.skip(f"this processor has no {needs}")
    assert bits(code(processor=Processor(processor), speed=0).run(small())) == bits(by_numpy())


@pytest.mark.slow
def test_threads_and_code_that_was_kept_change_nothing() -> None:
    study = studies.study(futures=40, last=2028).by("compiled")
    one, two = compute(study, threads=1), compute(replace(study), threads=3)
    for key, record in one.records.items():
        assert bits(record) == bits(two.records[key])


def same(study: Study) -> list[str]:
    """Roles whose NumPy and compiled records differ, with what; and where eager's events differ."""
    found = []
    for role in study.roles:
        eager, plain, fast = (study.by(engine).record(0, role) for engine in ("eager", "numpy", "compiled"))
        found += [f"{role}: {name}" for name, held in bits(plain).items() if held != bits(fast)[name]]
        found += [
            f"{role}: events {name}"
            for name, counted in eager.pairs.items()
            if not np.array_equal(counted, plain.pairs[name])
        ]
        for name, values in eager.allies.items():
            if not np.allclose(values[0], plain.allies[name][0], rtol=1e-4, atol=1e-6):
                found.append(f"{role}: {name} in the first year")
    return found


@pytest.mark.slow
def test_doctrines_with_conditions_and_dates_are_traced() -> None:
    rules = (
        Doctrine("POL", (("threat", 1, 0.01),), more=(("land", 0.2),), since=2027, until=2029),
        Doctrine("EST", spending=0.05),
        Doctrine("KOR", (("tension", -1, 1.0),), spending=0.04),
    )
    assert same(studies.study(against=None, futures=24, last=2030, doctrines=rules)) == []


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["ukraine-cut-off", "taiwan-blockade"])
def test_scenarios_that_ship_give_the_same_bits(scenario: str) -> None:
    found = next(one.scenario for one in shipped() if one.name == scenario)
    assert same(prepare(found.but(futures=16, last=found.first + 3))) == []


@pytest.mark.slow
@pytest.mark.parametrize("lever", sorted(LEVERS))
def test_every_part_of_a_policy_gives_the_same_bits(lever: str) -> None:
    assert same(study_of(**LEVERS[lever])) == []


@pytest.mark.slow
def test_every_mechanism_switched_off_gives_the_same_bits() -> None:
    found = {row: same(study_of(futures=8, last=2028, without=(row,))) for row in load_ledger().mechanisms}
    assert {row: said for row, said in found.items() if said} == {}


@pytest.mark.slow
def test_an_equation_in_anothers_place_is_compiled_too() -> None:
    def harsher(stake: Any, win_alone: Any, help_effect: Any, promise: Any, target_war_cost: Any) -> Any:
        return 2.0 * stake * (win_alone - promise * help_effect) + target_war_cost

    study = studies.study(against=None, futures=24, last=2028)
    usual = study.by("numpy").record(0, "posture").allies["loss_fought"]
    with fd.swap("crisis.loss_in_war", harsher):
        assert same(study) == []
        assert (study.by("numpy").record(0, "posture").allies["loss_fought"] != usual).mean() > 0.5


@pytest.mark.slow
def test_without_a_compiler_the_figures_are_the_same_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.compile import native

    def none() -> Any:
        raise ImportError("No module named 'llvmlite'")

    monkeypatch.setattr(native, "compiler", none)
    with pytest.warns(FoedusWarning, match=r"No module named 'llvmlite'.*foedus\[fast\]"):
        found = Machinery("compiled").run(small())
    assert bits(found) == bits(Machinery("numpy").run(small()))


@pytest.mark.slow
def test_damaged_code_in_the_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.compile.shelf import folder

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = Machinery("compiled", stamp="test").run(small())
    (kept,) = folder().glob("*.code")
    held = bytearray(kept.read_bytes())
    held[-1000] ^= 1
    kept.write_bytes(held)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert bits(Machinery("compiled", stamp="test").run(small())) == bits(first)


def test_a_study_that_ran_is_handed_to_another_process_without_what_ran_it() -> None:
    study = studies.study(against=None, futures=4, last=2026)
    made = study.record(0, "posture")
    other = pickle.loads(pickle.dumps(study))
    assert other.digest == study.digest
    assert bits(other.record(0, "posture")) == bits(made)
