"""One suite for every model of who fights: what `ChanceOfFighting` promises, tested on made-up calls."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.layout import Floats
from foedus.engine.models import Call, HelperFacts, InterventionModel
from foedus.errors import InputError
from foedus.ledger import load_ledger

ROWS, FUTURES = 7, 12
"""Size of the calls that a model is tested on."""

CLOSE = 1e-6
"""How far apart chances may lie that ought to be the same: rounding of other lengths of arrays."""

RANGES: Mapping[str, tuple[float, float]] = {
    "pledge": (0.0, 2.0),
    "troops": (0.0, 80_000.0),
    "umbrella": (0.0, 2.0),
    "stakes": (0.0, 1.0),
    "load": (0.0, 5.0),
    "politics": (-3.0, 3.0),
    "reputation": (-2.0, 2.0),
    "help_effect": (0.0, 1.0),
    "vulnerability": (0.0, 1.0),
    "hostility": (0.0, 1.0),
}
"""Range of each field of a call that differs between futures."""

OF_HELPERS: Mapping[str, tuple[float, float]] = {
    "capability": (0.0, 0.4),
    "contiguous": (0.0, 1.0),
    "distance": (0.0, 20_000.0),
    "democracy": (0.0, 1.0),
    "ally_democracy": (0.0, 1.0),
}
"""Range of each fact on helpers."""

Values = Mapping[str, Floats]


def check_model(model: InterventionModel) -> None:
    """Raise InputError with every fault of a model; nothing happens where it conforms."""
    if found := faults_of(model):
        msg = f"{model.name} is no model of intervention: " + "; ".join(found)
        raise InputError(msg)


def faults_of(model: InterventionModel) -> tuple[str, ...]:
    """What a model does that no model of intervention may, in words; nothing where it conforms.

    Tested: it takes (call, p); chances lie within 0-1 and have a shape that broadcasts to rows and futures, at ends of
    the ranges too; the same call gives the same answer; another order of futures gives the same in that order; some
    futures alone give what they gave among others; nothing is written to; what it holds are parameters of the ledger
    within their bounds; and it can be traced, so that the compiled engine runs it.
    """
    ledger = load_ledger()
    wrong = [
        f"holds {name}, which is no parameter of the ledger" for name in model.fixes if name not in ledger.parameters
    ]
    wrong += [f"holds {name} at {value!r}, which is no number" for name, value in model.fixes.items() if value != value]
    try:
        inspect.signature(model.chance).bind("call", "p")
    except TypeError:
        takes = ", ".join(inspect.signature(model.chance).parameters)
        return (*wrong, f"is called with (call, p), and takes ({takes})")
    try:
        return (*wrong, *_behaviour(model), *_traced(model))
    except Exception as error:  # noqa: BLE001 - whatever a stranger's function raises is a fault of it
        return (*wrong, f"raised {type(error).__name__}: {error}")


def _behaviour(model: InterventionModel) -> Iterator[str]:
    rng = np.random.default_rng(18)
    p = _parameters(model, rng)
    call = made_call(rng.uniform)
    first = _asked(model, call, p)
    if isinstance(first, str):
        yield first
        return
    for end, what in enumerate(("lower", "upper")):
        if isinstance(extreme := _asked(model, made_call(partial(_at_end, end)), p), str):
            yield f"{extreme}, at the {what} ends of the ranges"
    if not np.array_equal(first, _asked(model, call, p)):
        yield "gives other chances when asked the same again"
    for what, kept in (("another order of futures", rng.permutation(FUTURES)), ("some futures alone", np.arange(5))):
        again = _asked(model, call.each(partial(_columns, kept)), _of(p, kept))
        if isinstance(again, str) or np.abs(first[:, kept] - again).max() > CLOSE:
            yield f"gives other chances for {what}: it reads a future's neighbours, or draws luck"


def _at_end(end: int, low: float, high: float, shape: tuple[int, int]) -> NDArray[np.float64]:
    return np.full(shape, (low, high)[end])


def _columns(kept: NDArray[np.intp], _: str, values: Floats) -> Floats:
    return values[:, kept] if values.shape[1] > 1 else values


def made_call(value: Callable[[float, float, tuple[int, int]], NDArray[Any]]) -> Call:
    """A call of ROWS rows and FUTURES futures whose figures `value` makes of a range and a shape."""

    def made(span: tuple[float, float], width: int) -> Floats:
        return np.asarray(value(*span, (ROWS, width)), dtype=np.float32)

    facts = {name: made(span, 1) for name, span in OF_HELPERS.items()}
    facts["contiguous"] = np.round(facts["contiguous"])
    return Call(facts=HelperFacts(**facts), **{name: made(span, FUTURES) for name, span in RANGES.items()})


def _asked(model: InterventionModel, call: Call, p: Values) -> Floats | str:
    """Chances [ROWS, futures], or what is wrong with them; arrays given may be read only."""
    before = {name: array.copy() for name, array in _arrays(call, p)}
    for _, array in _arrays(call, p):
        array.flags.writeable = False
    found = np.asarray(model.chance(call, p))
    if any(not np.array_equal(array, before[name]) for name, array in _arrays(call, p)):
        return "writes to what it is given"
    width = call.pledge.shape[1]
    try:
        chances = np.broadcast_to(found, (ROWS, width))
    except ValueError:
        return f"returns an array {found.shape} for {ROWS} rows and {width} futures"
    if not np.isfinite(chances).all() or chances.min() < 0.0 or chances.max() > 1.0:
        return "returns what is no chance: below 0, above 1, or no number"
    return np.array(chances, dtype=np.float32)


def _arrays(call: Call, p: Values) -> Iterator[tuple[str, Floats]]:
    yield from ((name, value) for name, value in vars(call).items() if name != "facts")
    yield from ((f"facts.{name}", value) for name, value in vars(call.facts).items())
    yield from p.items()


def _parameters(model: InterventionModel, rng: np.random.Generator) -> dict[str, Floats]:
    """Every parameter of the ledger in each future, within its range, [FUTURES]; what the model holds, held."""
    drawn = {one.name: rng.uniform(one.low, one.high, FUTURES).astype(np.float32) for one in load_ledger()}
    return drawn | {name: np.full(FUTURES, value, dtype=np.float32) for name, value in model.fixes.items()}


def _of(p: Values, kept: NDArray[Any]) -> dict[str, Floats]:
    return {name: values[kept] for name, values in p.items()}


def _traced(model: InterventionModel) -> Iterator[str]:
    from foedus.compile.disguise import tracing
    from foedus.compile.given import TracedDraws, tables
    from foedus.compile.graph import Graph
    from foedus.compile.inputs import GraphInputs, TracedParameters
    from foedus.compile.program import WIDTHS
    from foedus.compile.refusal import Untraceable

    futures = WIDTHS[0]
    graph = Graph()
    inputs = GraphInputs(graph, futures)
    luck = TracedDraws(inputs, "luck", range(futures))
    plain = made_call(lambda low, high, shape: np.full(shape, (low + high) / 2.0))
    with tracing(graph, futures, [model.chance]):
        drawn: dict[str, Any] = {name: luck.uniform(0, name, np.arange(ROWS)) for name in RANGES}
        p = TracedParameters(inputs, tuple(one.name for one in load_ledger()))
        try:
            model.chance(Call(facts=tables(plain.facts), **drawn), p)
        except Untraceable as why:
            yield f"cannot be traced by the compiled engine: {why}"
