"""The axes a field declares are the axes its array has, in every year of a study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, is_dataclass, replace
from functools import cache, cached_property
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import numpy as np
import pytest

import studies
from foedus.engine.chunk import run_chunk
from foedus.engine.layout import Floats
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import STAGES, State
from foedus.equations.hedging import Option
from foedus.posture.doctrine import Doctrine
from foedus.terms import Channel, Domain, Patron, Theatre

Sizes = Mapping[str, int]


def sizes_of(setting: Setting) -> dict[str, int]:
    """How long each axis is."""
    counts, backing = setting.layout.counts, setting.layout.backing
    return {
        "S": counts.states,
        "P": counts.pairs,
        "L": counts.links,
        "G": counts.guarantors,
        "M": counts.pools,
        "H": len(backing.owner),
        "N": len(backing),
        "V": backing.places,
        "U": len(setting.layout.sponsors),
        "D": len(Domain),
        "T": len(Theatre),
        "C": len(Channel),
        "K": len(Option),
        "W": len(Patron),
        "Q": STAGES,
        "F": setting.futures,
    }


@cache
def declared(kind: type) -> dict[str, Any]:
    """What each field of a class, and each property that it keeps, is declared to be."""
    kept = {name: part.func for name, part in vars(kind).items() if isinstance(part, cached_property)}
    properties = {name: get_type_hints(func, include_extras=True)["return"] for name, func in kept.items()}
    return get_type_hints(kind, include_extras=True) | properties


def faults(value: Any, sizes: Sizes, place: str) -> Iterator[str]:
    """Every array under `value` that declares no axes, or others than it has."""
    sizes = dict(sizes)
    if hasattr(value, "pair") and value.pair.ndim == 1:
        sizes["E"] = len(value.pair)
    for name, hint in declared(type(value)).items():
        yield from _faults(getattr(value, name), hint, sizes, f"{place}.{name}")


def _faults(part: Any, hint: Any, sizes: Sizes, place: str) -> Iterator[str]:
    alias = next((x for x in (hint, *get_args(hint)) if get_origin(x) is Annotated), None)
    axes = alias.__metadata__[0] if alias else ""
    if isinstance(part, np.ndarray):
        yield from _misshapen(part, axes, sizes, place)
    elif is_dataclass(part):
        rows = {"R": sizes[axes.removeprefix("R=")]} if axes else {}
        yield from faults(part, {**sizes, **rows}, place)
    elif hasattr(part, "_asdict"):
        for name, array in part._asdict().items():
            yield from _misshapen(array, axes, sizes, f"{place}.{name}")


def _misshapen(array: np.ndarray, axes: str, sizes: Sizes, place: str) -> Iterator[str]:
    legal = [{sizes[axis.lstrip("#")], *([1] if "#" in axis else [])} for axis in axes.split()]
    if not axes or len(legal) != array.ndim or any(n not in ok for n, ok in zip(array.shape, legal, strict=True)):
        yield f"{place} {array.shape} declares [{axes}]"
    if array.dtype not in (np.float32, np.intp):
        yield f"{place} is of {array.dtype}"


RULE = Doctrine("POL", (("threat", 1, 0.0),), spending=0.04, more=(("pool", 0.1),))


@pytest.fixture(scope="module", params=[(), (RULE,)], ids=["model decides", "doctrine with a trigger"])
def setting(request: pytest.FixtureRequest) -> Setting:
    """Three years of seven futures of thirteen states; no two axes of one array are equally long."""
    few = studies.FEW[:-1]
    return studies.study(first=2026, last=2028, futures=7, states=few, doctrines=request.param).setting(0, "posture")


@pytest.fixture(scope="module")
def years(setting: Setting) -> list[tuple[Situation, State]]:
    seen: list[tuple[Situation, State]] = []
    run_chunk(setting, lambda situation, state: seen.append((situation, state)))
    return seen


def test_every_array_of_a_year_has_the_axes_it_declares(setting: Setting, years: list[tuple[Situation, State]]) -> None:
    sizes = sizes_of(setting)
    assert [sizes[axis] for axis in "SDCKF"] == [13, 4, 11, 14, 7]
    assert len(years) == 3
    assert [found for year in years for value in year for found in faults(value, sizes, type(value).__name__)] == []


def test_the_years_held_to_their_axes_have_crises(years: list[tuple[Situation, State]]) -> None:
    assert sum(len(state.moves.events.pair) for _, state in years) > 0


def test_axes_in_another_order_or_of_another_thing_are_found(
    setting: Setting, years: list[tuple[Situation, State]]
) -> None:
    situation, state = years[-1]
    counts, sizes = setting.layout.counts, sizes_of(setting)
    turned = replace(state, gdp=state.gdp.T, hostility=state.gdp, stock=state.gdp)
    assert list(faults(turned, sizes, "state")) == [
        "state.gdp (7, 13) declares [S F]",
        "state.stock (13, 7) declares [S D F]",
        "state.hostility (13, 7) declares [P F]",
    ]
    swapped = replace(situation, nearest=situation.standoffs)
    assert f"situation.nearest.stake ({counts.pairs}, 7) declares [R F]" in list(faults(swapped, sizes, "situation"))


def test_an_array_in_double_precision_is_found(setting: Setting, years: list[tuple[Situation, State]]) -> None:
    wide = replace(years[-1][1], gdp=years[-1][1].gdp.astype(np.float64))
    assert list(faults(wide, sizes_of(setting), "state")) == ["state.gdp is of float64"]


def test_an_array_that_declares_no_axes_is_found() -> None:
    @dataclass(frozen=True)
    class Loose:
        values: Floats

    assert list(faults(Loose(np.zeros((2, 7), dtype=np.float32)), {"F": 7}, "loose")) == [
        "loose.values (2, 7) declares []"
    ]
