"""Parameters of the account: the model's ledger at its defaults, and the account's own declarations."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from foedus.errors import UnknownName
from foedus.exposure.figure import Leaf
from foedus.exposure.units import Unit
from foedus.ledger.parameter import Parameter, read_parameters

HERE = Path(__file__).parent
LEDGER = HERE.parent / "ledger"


@cache
def parameters() -> dict[str, Parameter]:
    """Every parameter by name. The bibliography is scanned for its keys and not parsed: an account must be instant.

    Raises LedgerError or UnknownName when a declaration breaks a rule.
    """
    from foedus.world.tables import source_keys

    keys = source_keys(LEDGER / "sources.bib")
    own = keys | source_keys(HERE / "facts" / "sources.bib")
    files = [(path, keys) for path in sorted((LEDGER / "parameters").glob("*.toml"))]
    return {
        parameter.name: parameter
        for path, legal in (*files, (HERE / "parameters.toml", own))
        for parameter in read_parameters(path, legal)
    }


@cache
def declared(name: str) -> Leaf:
    """A parameter as a leaf: its default, with the ledger's range; raise UnknownName with the nearest spelling."""
    held = parameters().get(name)
    if held is None:
        raise UnknownName("parameter", name, parameters())
    return Leaf(
        f"ledger {name}",
        f"{held.label}: {held.meaning}",
        _unit(held.unit),
        held.default,
        held.low,
        held.high,
        source=";".join(held.sources),
        grade=held.grade,
        kind="ledger",
    )


def _unit(text: str) -> Unit:
    if text in ("km", "day", "km/day", "year", "person", "share a year"):
        return Unit.parse({"share a year": "1/year"}.get(text, text))
    return Unit() if text in ("share", "1", "ratio") else Unit.parse(text, 2025)
