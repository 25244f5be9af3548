"""Summary of one fit as text, and several fits side by side as text, Markdown, LaTeX or HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.errors import InputError
from foedus.estimators.sheets import Blocks, Form, Line, rendered
from foedus.estimators.strategic.fitted import Fitted


def summary(fit: Fitted) -> str:
    """Return one fit as text."""
    model = fit.model
    out = [
        f"{model.game.name}: {model.game.structure}",
        f"outcome {' + '.join(model.formula.outcome)}; {fit.rows} rows, {model.rows_left_out} left out as incomplete",
        "",
        f"{'':32}{'estimate':>11}{'std. error':>12}{'z':>9}{'p':>8}",
    ]
    rows = iter(fit.table().iter_rows(named=True))
    for part, value in zip(model.parts, model.fixed, strict=True):
        if not part.names:
            out.append(f"{part.label} = {value:g}")
            continue
        out.append(part.label)
        for name in part.names:
            row = next(rows)
            p = f"{row['p']:.3f}" if row["p"] >= 0.0005 else "<.001"
            label = f"  {name}" if len(name) <= 30 else f"  {name[:29]}…"
            out.append(f"{label:32}{row['estimate']:>11.4f}{row['standard_error']:>12.4f}{row['z']:>9.2f}{p:>8}")
    how = {"Hessian": "from the Hessian", "robust": "robust", "clusters": "clustered"}.get(fit.errors_from)
    if how is None and fit.replicates is not None:
        how = f"from {len(fit.replicates)} bootstrap draws ({fit.failed} left out)"
    out += [
        "",
        f"log-likelihood {fit.log_likelihood:.4f}   AIC {fit.aic:.2f}   BIC {fit.bic:.2f}",
        f"standard errors {how}; {fit.reached} of {fit.starts} starts ended at this maximum",
    ]
    if fit.higher is not None:
        out.append(
            f"Only a local maximum: a climb reached {fit.higher:.2f} and went on without end.\n"
            "The model asks more than the data can say; drop or merge regressors."
        )
    return "\n".join(out)


def regression_table(fits: Mapping[str, Fitted] | Sequence[Fitted], form: Form = "text", *, digits: int = 2) -> str:
    """Return fits side by side, a block for each utility, standard errors in brackets under the estimates.

    fits   by column title, or a sequence (titles are then 1, 2, ...)
    form   "text", "markdown", "latex" (with booktabs) or "html"

    Raises InputError for no fits, UnknownName for another form.
    """
    named = fits if isinstance(fits, Mapping) else {f"({k + 1})": fit for k, fit in enumerate(fits)}
    if not named:
        msg = "regression_table needs at least one fit"
        raise InputError(msg)
    return rendered(list(named), _blocks(named, digits), form)


def _blocks(fits: Mapping[str, Fitted], digits: int) -> Blocks:
    terms: dict[str, dict[str, None]] = {}
    for fit in fits.values():
        for part in fit.model.parts:
            terms.setdefault(part.label, {}).update(dict.fromkeys(part.names))
    blocks = []
    for label, names in terms.items():
        lines: list[Line] = []
        for name in names:
            found = [_cells(fit, label, name, digits) for fit in fits.values()]
            lines += [(name, [top for top, _ in found]), ("", [bottom for _, bottom in found])]
        if lines:
            blocks.append((label, lines))
    facts = [
        ("Log-likelihood", [f"{fit.log_likelihood:.2f}" for fit in fits.values()]),
        ("AIC", [f"{fit.aic:.2f}" for fit in fits.values()]),
        ("Rows", [f"{fit.rows}" for fit in fits.values()]),
    ]
    return [*blocks, ("", facts)]


def _cells(fit: Fitted, label: str, name: str, digits: int) -> tuple[str, str]:
    place = 0
    for part in fit.model.parts:
        if part.label == label and name in part.names:
            k = place + part.names.index(name)
            error = np.sqrt(fit.covariance[k, k])
            return f"{fit.estimates[k]:.{digits}f}", f"({error:.{digits}f})"
        place += len(part.names)
    return "", ""
