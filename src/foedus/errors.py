"""What can go wrong, as one small tree. Every message says what was got, what is legal, and the cure.

FoedusError
├── InputError            a value or file given by the user cannot be used (exit 2)
│   ├── UnknownName       a name nobody declared; carries the nearest legal spelling
│   ├── FactError         a fact table row breaks a rule: no source, wrong unit, bad range
│   ├── LedgerError       a parameter declaration breaks a rule
│   ├── ScenarioError     a scenario or posture file breaks a rule
│   ├── DataError         a research data file is missing, malformed or out of coverage
│   └── RunFolderError    a run folder cannot be used as asked
└── EstimationError       an estimator cannot identify or reach a solution

FoedusWarning             a result stands, with something its reader must know
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""What breaks a line or moves a terminal's cursor."""


class FoedusError(Exception):
    """Base of every error Foedus raises on purpose; its message is one line, whatever the text it quotes holds."""

    def __str__(self) -> str:
        return UNPRINTED.sub(" ", super().__str__())


class FoedusWarning(UserWarning):
    """A result stands, with something its reader must know; the command line prints it as one line."""


class InputError(FoedusError):
    """A value or file given by the user cannot be used."""


class UnknownName(InputError):
    """A name nobody declared.

    kind    what was looked for: "channel", "ally", "parameter"
    got     what was written
    legal   every legal name
    where   file, line and key, when known
    """

    def __init__(self, kind: str, got: str, legal: Iterable[str], where: str = "") -> None:
        names = list(legal)
        message = f"no such {kind}."
        if near := nearest(got, names):
            message += f' Did you mean "{near}"?'
        prefix = where or f'"{got}"'
        several = f"{kind.capitalize()}{'es' if kind.endswith('s') else 's'}"
        listed = "Allies" if kind == "ally" else several if kind.isalpha() else "Known"
        super().__init__(f"{prefix}: {message} {listed}: {_shown(kind, names)}{_further(where)}")


SHORT = 32
"""Legal names up to which all are shown: enough for the keys of a file, too few for states or parameters."""

FIRST = 12
"""Legal names shown of a longer list."""

LISTED_BY = {
    "state": "foedus world",
    "ally": "foedus world",
    "group": "foedus groups",
    "parameter": "foedus ledger",
    "page": "foedus manual",
}
"""Command that lists all names, by the last word of a kind."""


def _shown(kind: str, names: list[str]) -> str:
    """All names of a short list; of a long one the first, and where the rest is."""
    if len(names) <= SHORT:
        return ", ".join(names)
    command = LISTED_BY.get(kind.rpartition(" ")[2])
    return ", ".join(names[:FIRST]) + (f", … all {len(names)}: {command}" if command else f", … {len(names)} in all")


def _further(where: str) -> str:
    """Where the keys of a file are described, for a complaint about one."""
    return ". Every key: foedus manual scenarios" if ".toml:" in where else ""


class FactError(InputError):
    """A fact table row breaks a rule: no source, wrong unit, bad range."""


class LedgerError(InputError):
    """A parameter declaration breaks a rule."""


class ScenarioError(InputError):
    """A scenario or posture file breaks a rule."""


class DataError(InputError):
    """A research data file is missing, malformed or out of coverage."""


class RunFolderError(InputError):
    """A run folder cannot be used as asked."""


class NotKept(RunFolderError):
    """A measure that the run did not keep."""


class EstimationError(FoedusError):
    """An estimator cannot identify or reach a solution."""


def nearest(got: str, legal: Iterable[str]) -> str | None:
    """Return the legal name spelled most like `got`, ignoring case, or None."""
    by_lower = {name.lower(): name for name in legal}
    found = get_close_matches(got.lower(), by_lower, n=1, cutoff=0.5)
    return by_lower[found[0]] if found else None
