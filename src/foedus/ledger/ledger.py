"""The ledger: every parameter and mechanism of the model, loaded once and looked up by name."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foedus.bibliography import Bibliography, Source
from foedus.errors import LedgerError, UnknownName
from foedus.ledger.declarations import read_parameters
from foedus.ledger.parameter import Parameter

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Mechanism:
    """One row R01-R36: what is claimed, where it is computed, how it is switched off, where it shows."""

    row: str
    sentence: str
    equations: tuple[str, ...]
    off: Mapping[str, float]
    """parameter values that leave the rest of the model valid and this row without effect"""
    measure: str
    """what shows in the report"""


@dataclass(frozen=True)
class Ledger:
    """Parameters by name, in the order declared, with their sources and the mechanisms they serve."""

    parameters: Mapping[str, Parameter]
    mechanisms: Mapping[str, Mechanism]
    sources: Mapping[str, Source]

    def __getitem__(self, name: str) -> Parameter:
        """Return a parameter; raise UnknownName with the nearest spelling."""
        try:
            return self.parameters[name]
        except KeyError:
            raise UnknownName("parameter", name, self.parameters) from None

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.parameters.values())

    def __len__(self) -> int:
        return len(self.parameters)

    @property
    def uncertain(self) -> tuple[Parameter, ...]:
        """Parameters that an ensemble samples: those with a range."""
        return tuple(p for p in self if p.distribution != "fixed" and p.low < p.high)

    @property
    def digest(self) -> str:
        """Hash of every name, default, range and distribution: what a run depends on."""
        text = "\n".join(f"{p.name} {p.default!r} {p.low!r} {p.high!r} {p.distribution} {p.prior!r}" for p in self)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def switched_off(self, rows: Iterable[str]) -> dict[str, float]:
        """Return the parameter values that switch off the mechanisms `rows`, such as ["R17"]; later rows win.

        Raises UnknownName for a row nobody declared.
        """
        values: dict[str, float] = {}
        for row in rows:
            if row not in self.mechanisms:
                raise UnknownName("mechanism", row, self.mechanisms)
            values.update(self.mechanisms[row].off)
        return values

    def of_row(self, row: str) -> tuple[Parameter, ...]:
        """Parameters that serve mechanism `row`, such as "R17"; none for a row nobody declared."""
        return tuple(p for p in self if row in p.rows)


@cache
def load_ledger() -> Ledger:
    """Read the declarations that ship with Foedus.

    Raises LedgerError when one breaks a rule.
    """
    return read_ledger(HERE)


def read_ledger(folder: Path) -> Ledger:
    """Read a ledger folder: `parameters/*.toml`, `mechanisms.toml`, `sources.bib`."""
    sources = Bibliography(folder / "sources.bib")
    parameters: dict[str, Parameter] = {}
    for path in sorted((folder / "parameters").glob("*.toml")):
        for parameter in read_parameters(path, sources):
            if parameter.name in parameters:
                msg = f"{path.name}: {parameter.name} is declared twice; first in {parameters[parameter.name].where}"
                raise LedgerError(msg)
            parameters[parameter.name] = parameter
    return Ledger(parameters, _mechanisms(folder / "mechanisms.toml", parameters), sources)


def _mechanisms(path: Path, parameters: Mapping[str, Parameter]) -> dict[str, Mechanism]:
    declared: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    found: dict[str, Mechanism] = {}
    for row, body in declared.items():
        for name in body["off"]:
            if name not in parameters:
                raise UnknownName("parameter", name, parameters, f"{path.name}: {row}.off.{name}")
        found[row] = Mechanism(row, body["sentence"], tuple(body["equations"]), dict(body["off"]), body["measure"])
    for parameter in parameters.values():
        for row in parameter.rows:
            if row not in found:
                raise UnknownName("mechanism", row, found, f"{parameter.where}: {parameter.name}.rows")
    return found
