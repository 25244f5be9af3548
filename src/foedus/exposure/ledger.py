"""Parameters of the account: the model's ledger at its defaults, and the account's own declarations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from foedus.errors import LedgerError, UnknownName
from foedus.exposure.figure import Kind, Leaf
from foedus.exposure.units import Unit
from foedus.ledger.declarations import read_parameters
from foedus.ledger.parameter import Parameter

HERE = Path(__file__).parent
OWN = "parameters.toml"
"""Declarations of the account itself, beside the model's ledger."""
LEDGER = HERE.parent / "ledger"


@cache
def parameters() -> dict[str, Parameter]:
    """Every parameter by name. The bibliography is scanned for its keys and not parsed: an account must be instant.

    Raises LedgerError or UnknownName when a declaration breaks a rule.
    """
    from foedus.bibliography import source_keys

    keys = source_keys(LEDGER / "sources.bib")
    own = keys | source_keys(HERE / "facts" / "sources.bib")
    files = [(path, keys) for path in sorted((LEDGER / "parameters").glob("*.toml"))]
    return {
        parameter.name: parameter
        for path, legal in (*files, (HERE / OWN, own))
        for parameter in read_parameters(path, legal)
    }


_SET: ContextVar[tuple[tuple[str, float], ...]] = ContextVar("parameters set", default=())


@contextmanager
def parameters_set(**values: float) -> Iterator[None]:
    """Set some parameters while accounts and bills are drawn up.

    values  by name, each within the range its declaration gives

        with parameters_set(output_growth=0.3): ...

    Raises UnknownName for a parameter nobody declared, LedgerError for a value outside its range.
    """
    for name, value in values.items():
        _declared(name)
        spec = parameters()[name]
        if not spec.low <= value <= spec.high:
            msg = f"{name} is set to {value:g}; its range is {spec.low:g} to {spec.high:g} {spec.unit}"
            raise LedgerError(msg)
    token = _SET.set((*_SET.get(), *values.items()))
    try:
        yield
    finally:
        _SET.reset(token)


def settings() -> tuple[tuple[str, float], ...]:
    """Parameters set and their values, in order."""
    return _SET.get()


def declared(name: str) -> Leaf:
    """A parameter as a leaf: as set, or its default with the ledger's range; raise UnknownName for an unknown one."""
    given = dict(_SET.get())
    held = _declared(name)
    if name not in given:
        return held
    return Leaf(held.name, f"{held.label}, as set", held.unit, given[name], grade="A", kind=Kind.GIVEN)


@cache
def _declared(name: str) -> Leaf:
    held = parameters().get(name)
    if held is None:
        raise UnknownName("parameter", name, parameters())
    fixed = held.distribution == "fixed"
    return Leaf(
        f"ledger {name}",
        f"{held.label}: {held.meaning}",
        _unit(held.unit),
        held.default,
        held.default if fixed else held.low,
        held.default if fixed else held.high,
        source=";".join(held.sources),
        grade=held.grade,
        kind=Kind.OWN_PARAMETER if held.where == OWN else Kind.PARAMETER,
        parameter=name,
    )


def _unit(text: str) -> Unit:
    if text in ("km", "day", "km/day", "year", "person", "share a year"):
        return Unit.parse({"share a year": "1/year"}.get(text, text))
    return Unit() if text in ("share", "1", "ratio") else Unit.parse(text, 2025)
