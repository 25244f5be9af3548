"""Declarations of parameters: TOML files read, and the rules each declaration must meet before it loads."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from foedus.errors import LedgerError, UnknownName
from foedus.ledger.bounds import check_declared
from foedus.ledger.parameter import DISTRIBUTIONS, Parameter, Prior
from foedus.terms import GRADES

_REQUIRED = (
    "symbol",
    "label",
    "meaning",
    "unit",
    "default",
    "low",
    "high",
    "distribution",
    "grade",
    "sources",
    "rows",
)
_PRIOR = "prior"
"""Part that a `normal` needs, and nothing else has."""


def read_parameters(path: Path, sources: Collection[str]) -> list[Parameter]:
    """Read one file of declarations, named by its mechanism.

    sources  legal BibTeX keys

    Raises LedgerError or UnknownName, naming file and parameter, when a declaration lacks a source, a range or
    any other part, or when its default lies outside its range.
    """
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path.name}: not readable TOML ({error})"
        raise LedgerError(msg) from error
    mechanism = declared.pop("mechanism", None)
    if not isinstance(mechanism, str):
        msg = f"{path.name}: says no mechanism. Begin the file with mechanism = …"
        raise LedgerError(msg)
    return [_parameter(name, body, mechanism, path.name, sources) for name, body in declared.items()]


def _parameter(name: str, body: Mapping[str, Any], mechanism: str, file: str, sources: Collection[str]) -> Parameter:
    where = f"{file}: {name}"
    _check_shape(body, where, sources)
    low, default, high = (_number(where, key, body[key]) for key in ("low", "default", "high"))
    if not low <= default <= high:
        msg = f"{where}: default {default:g} lies outside {low:g} to {high:g}"
        raise LedgerError(msg)
    if body["distribution"] == "loguniform" and low <= 0.0:
        msg = f"{where}: a loguniform range must be above zero, not from {low:g}"
        raise LedgerError(msg)
    check_declared(name, str(body["unit"]), low, high, where)
    texts = {key: str(body[key]) for key in ("symbol", "label", "meaning", "unit", "distribution", "grade")}
    return Parameter(
        name=name,
        default=default,
        low=low,
        high=high,
        sources=tuple(body["sources"]),
        rows=tuple(body["rows"]),
        mechanism=mechanism,
        where=file,
        prior=_prior(where, body),
        **texts,
    )


def _prior(where: str, body: Mapping[str, Any]) -> Prior | None:
    given = body.get(_PRIOR)
    if (given is not None) != (body["distribution"] == "normal"):
        msg = f'{where}: a prior, such as {{ mean = 0.3, spread = 0.2 }}, belongs to "normal" parameters alone'
        raise LedgerError(msg)
    if given is None:
        return None
    if not isinstance(given, dict) or set(given) != {"mean", "spread"}:
        msg = f"{where}.prior is {given!r}; it has a mean and a spread"
        raise LedgerError(msg)
    mean, spread = (_number(f"{where}.prior", key, given[key]) for key in ("mean", "spread"))
    if spread <= 0.0:
        msg = f"{where}.prior.spread is {spread:g}; it must be above zero"
        raise LedgerError(msg)
    return Prior(mean, spread)


def _check_shape(body: Mapping[str, Any], where: str, sources: Collection[str]) -> None:
    """Raise when a part is missing, unknown or not legal."""
    if not isinstance(body, dict):
        msg = f"{where} is {body!r}; a parameter is a table"
        raise LedgerError(msg)
    for key in _REQUIRED:
        if key not in body:
            msg = f"{where} declares no {key}. Every parameter needs {', '.join(_REQUIRED)}"
            raise LedgerError(msg)
    for key in body:
        if key not in (*_REQUIRED, _PRIOR):
            raise UnknownName("part of a declaration", key, (*_REQUIRED, _PRIOR), f"{where}.{key}")
    if not body["sources"]:
        msg = f"{where} has no source. Name a key of sources.bib."
        raise LedgerError(msg)
    for key in body["sources"]:
        if key not in sources:
            raise UnknownName("source", key, sorted(sources), f"{where}  {key}")
    if body["grade"] not in GRADES:
        msg = f"{where} has grade {body['grade']!r}; it must be one of {', '.join(GRADES)}"
        raise LedgerError(msg)
    if body["distribution"] not in DISTRIBUTIONS:
        raise UnknownName("distribution", str(body["distribution"]), DISTRIBUTIONS, f"{where}.distribution")


def _number(where: str, key: str, got: object) -> float:
    if isinstance(got, bool) or not isinstance(got, int | float):
        msg = f"{where}.{key} is {got!r}, not a number"
        raise LedgerError(msg)
    return float(got)
