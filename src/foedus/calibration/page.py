"""Findings as a table, and as the page docs/estimates.md."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from foedus.calibration.declare import Finding
from foedus.calibration.measure import Measured
from foedus.tables import grid

_HEADS = {
    "parameter": "Parameters",
    "base rate": "Base rates of disputes",
    "figure": "Figures of the model's specification, by section",
}
_INTRO = """# Estimates

Every figure that the ledger or the world's base rates grade C, computed from open data, estimated again from the
data folder by one command, `foedus estimate` (`--json` for all of it; exit 1 when something drifted). This page is its
output, written by `python tools/document.py --estimates`; a test fails when it is not current.

*Inside the interval*: the figure in use is in the new interval. *Inside the range*: it is not, but the new estimate is
in the range in use. *Drifted*: neither. *At its bound*: the search ended at a limit of what is admissible, so the
data do not identify the figure. Intervals are 95 % unless the last column says otherwise. They cover only the
uncertainty within the recipe: not the choice of the recipe, nor whether an association is a cause."""
_OUTRO = """
## The estimators

`foedus.estimators` has what the recipes use, for any frame of yours: `logit`, `firth_logit` (rare or separated
events), `ridge_logit`, `ordered_logit`, `partial_adjustment`, each with errors clustered by a column or, given the two
states of a pair, by shared state. A `Fit` is frozen: `fit["rivalry"]` is a coefficient with its interval, `fit.frame()`
the table, `fit.chance(frame)` a forecast; `regression_table(fits, "latex")` is a table for a paper, and
`average_effects(fit, frame)` says what a logit means in chances ([for R users](r-users.md#what-it-means)). Neither
it nor `foedus.panels` imports anything of the model. Rows for the
standard equations come from `foedus.panels.samples` (`onset_frame`, `intervention_rows`, `outcome_rows`,
`spending_rows`, `programme_rows`, `tie_rows`), and `foedus.estimators.specifications` fits them as the recipes do. In
simulated worlds every estimator's 95 % interval contains the true value at that rate
(`tests/estimators/test_recovery.py`). Strategic models have a [page of their own](estimators.md).

```python
from foedus.estimators.specifications import intervention
from foedus.panels.samples import intervention_rows

fit = intervention(intervention_rows(data="DIR"))
print(fit.frame(), fit.rows, fit.events, fit.errors)
```"""


def table(found: Sequence[Finding]) -> pl.DataFrame:
    """Return findings as a table, one row each."""
    return pl.DataFrame(
        [
            {
                "name": f.name,
                "kind": f.kind,
                "stands": f.stands,
                "held": f.held,
                "held_low": f.low,
                "held_high": f.high,
                "value": f.measured.value if f.measured else None,
                "low": f.measured.low if f.measured else None,
                "high": f.measured.high if f.measured else None,
                "rows": f.measured.rows if f.measured else None,
                "events": f.measured.events if f.measured else None,
                "basis": f.measured.basis if f.measured else None,
                "at_bound": f.measured.at_bound if f.measured else None,
                "verdict": f.verdict,
                "recipe": f.recipe,
                "reason": f.reason,
            }
            for f in found
        ],
        schema_overrides={
            **dict.fromkeys(("held_low", "held_high", "value", "low", "high"), pl.Float64),
            **dict.fromkeys(("rows", "events"), pl.Int64),
            "basis": pl.String,
            "at_bound": pl.Boolean,
        },
    )


def page(found: Sequence[Finding]) -> str:
    """Return docs/estimates.md."""
    lines = [_INTRO]
    for kind, head in _HEADS.items():
        rows = [_row(f, f.measured) for f in found if f.kind == kind and f.measured]
        lines += ["", f"## {head}", "", *grid(COLUMNS, rows).markdown()]
    lines += [
        "",
        "## Not re-estimated",
        "",
        "Assumptions that a reader may expect here, and why no data give them:",
        "",
    ]
    lines += [f"- `{f.stands}`: {f.reason}." for f in found if not f.measured]
    lines.append(_OUTRO)
    return "\n".join(lines) + "\n"


COLUMNS = ("Estimate", "Parameter or rate", "In use", "Estimated again", "N", "Events", "Verdict", "Recipe")


def _row(f: Finding, m: Measured) -> tuple[str, ...]:
    held = figure(f.held)
    if f.low is not None and f.high is not None:
        held += f" ({figure(f.low)}, {figure(f.high)})"
    stands = f.stands if f.kind == "figure" else f"`{f.stands}`"
    events = "" if m.events is None else f"{m.events:,}"
    again = f"{figure(m.value)} ({figure(m.low)}, {figure(m.high)})"
    return (f.name, stands, held, again, f"{m.rows:,}", events, f.verdict, f"{f.recipe}; {m.basis}")


def figure(value: float) -> str:
    """Three significant digits, without an exponent: the last may differ between machines, so no more."""
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    text = f"{value:.3g}"
    return f"{value:.6f}".rstrip("0") if "e" in text else text
