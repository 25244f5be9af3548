"""Fits side by side in a table for a paper. For strategic models: `strategic.regression_table`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.errors import InputError
from foedus.estimators.fit import Fit
from foedus.estimators.sheets import Form, Line, rendered


def regression_table(
    fits: Mapping[str, Fit] | Sequence[Fit] | Fit,
    form: Form = "text",
    *,
    digits: int = 3,
    names: Mapping[str, str] | None = None,
    intervals: bool = False,
) -> str:
    """Return fits side by side, standard errors in brackets under the estimates.

    fits       by column title, or a sequence (titles are then (1), (2), …), or one
    form       "text", "markdown", "latex" (with booktabs) or "html"
    digits     behind the point
    names      term to what the table calls it, in the table's order; terms that are not in it are left out
    intervals  intervals in place of standard errors

    Raises InputError for no fits or a name of no term, UnknownName for another form.
    """
    listed = [fits] if isinstance(fits, Fit) else fits
    named = listed if isinstance(listed, Mapping) else {f"({k})": fit for k, fit in enumerate(listed, 1)}
    if not named:
        msg = "regression_table needs at least one fit"
        raise InputError(msg)
    terms = dict.fromkeys(term.name for fit in named.values() for term in fit.terms)
    if names is not None and (strange := [name for name in names if name not in terms]):
        msg = f"names holds {', '.join(strange)}, which no fit has; terms are {', '.join(terms)}"
        raise InputError(msg)
    lines: list[Line] = []
    for term, said in (names or {term: term for term in terms}).items():
        found = [_cells(fit, term, digits, intervals=intervals) for fit in named.values()]
        lines += [(said, [top for top, _ in found]), ("", [bottom for _, bottom in found])]
    facts = [
        ("N", [f"{fit.rows:,}" for fit in named.values()]),
        ("Events", ["" if fit.events is None else f"{fit.events:,}" for fit in named.values()]),
        ("Log-likelihood", [f"{fit.log_likelihood:.2f}" for fit in named.values()]),
        ("Standard errors", [fit.errors for fit in named.values()]),
    ]
    kept = [fact for fact in facts if any(fact[1])]
    return rendered(list(named), [("", lines), ("", kept)], form)


def _cells(fit: Fit, name: str, digits: int, *, intervals: bool) -> tuple[str, str]:
    term = next((term for term in fit.terms if term.name == name), None)
    if term is None:
        return "", ""
    under = f"[{term.low:.{digits}f}, {term.high:.{digits}f}]" if intervals else f"({term.error:.{digits}f})"
    return f"{term.value:.{digits}f}", under
