"""The estimate command: every computed figure made again from the user's data, and what has drifted."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from foedus.calibration import Finding, chosen, estimate
from foedus.calibration.page import figure, table
from foedus.cli.console import console, said
from foedus.cli.output import print_json
from foedus.errors import InputError
from foedus.files import check_place, write_text
from foedus.panels.writing import ENDINGS, STREAM, check_frame, ending_of, write_frame
from foedus.tables import grid

_TITLES = {
    "parameter": "Parameters of the ledger",
    "base rate": "Base rates of disputes (base_rates.csv)",
    "figure": "Figures of the model's specification",
}


def run_estimates(data: Path | None, names: Sequence[str], out: Path | None, *, as_json: bool) -> int:
    """Make estimates again and print them; return 1 when one has drifted, else 0.

    names  which estimates or parameters; all when empty
    out    also write a table there: .json or what a panel may be; `-` prints it as CSV in place of the page
    """
    _check_extra()
    if out is not None:
        _check(out)
    wanted = chosen(names) if names else None
    found = estimate(data, wanted, _told if sys.stderr.isatty() else lambda _: None)
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    drifted = [f for f in found if f.verdict == "drifted"]
    try:
        if out != STREAM:
            _printed(found, bool(names), as_json=as_json)
    finally:
        if out is not None:
            _write(found, out)
    return 1 if drifted else 0


def _printed(found: Sequence[Finding], with_recipes: bool, *, as_json: bool) -> None:
    if as_json:
        print_json(_body(found))
        return
    for kind, title in _TITLES.items():
        _print(title, [f for f in found if f.kind == kind])
    if with_recipes:
        _recipes(found)
    _close(found)


def _told(name: str) -> None:
    sys.stderr.write(f"\r\033[K{name} ")
    sys.stderr.flush()


def _print(title: str, found: Sequence[Finding]) -> None:
    made = [f for f in found if f.measured]
    if not made:
        return
    numbers = ("held", "again", "95 % interval", "N")
    rest = (*numbers, "verdict")
    console().print(grid(("estimate", *rest), map(_cells, made), right=numbers, whole=rest, title=title).terminal())


def _cells(f: Finding) -> tuple[str, ...]:
    m = f.measured
    name = f.name.replace("_", " ")
    if m is None:
        return (name, figure(f.held), "", "", "", f.verdict)
    reach = f"{figure(m.low)} to {figure(m.high)}"
    return (
        name,
        figure(f.held),
        figure(m.value),
        reach,
        f"{m.rows:,}",
        f.verdict.removeprefix("inside the ").removeprefix("at its "),
    )


def _recipes(found: Sequence[Finding]) -> None:
    for f in found:
        if f.measured:
            events = "" if f.measured.events is None else f", {f.measured.events:,} events"
            console().print(f"{f.name}: {f.recipe}; {f.measured.basis}{events}", markup=False)
    console().print()


def _close(found: Sequence[Finding]) -> None:
    counts = {v: sum(f.verdict == v for f in found) for v in dict.fromkeys(f.verdict for f in found)}
    said("; ".join(f"{n} {v}" for v, n in counts.items()) + ".")
    console().print(
        "interval: the held figure lies in the new interval; range: it does not, but the new "
        "estimate lies in the held range; drifted: neither; bound: the search ended at a limit of what is "
        "admissible. Recipes: --json, or foedus manual estimates.",
        style="dim",
    )
    for f in found:
        if f.verdict == "not re-estimated":
            console().print(f"not re-estimated: {f.stands}: {f.reason}", markup=False)
    for f in found:
        if f.verdict == "at its bound" and f.measured:
            console().print(
                f"at its bound: {f.name} ({f.stands}) is held at {figure(f.held)}; the search ended at "
                f"{figure(f.measured.value)}, a limit of what is admissible: not identified",
                markup=False,
            )
    for f in found:
        if f.verdict == "drifted" and f.measured:
            console().print(
                f"drifted: {f.name} ({f.stands}) is held at {figure(f.held)}, re-estimated at "
                f"{figure(f.measured.value)} ({figure(f.measured.low)}, {figure(f.measured.high)})",
                markup=False,
            )


def _body(found: Sequence[Finding]) -> dict[str, object]:
    return {
        "estimates": [asdict(f) for f in found],
        "drifted": [f.name for f in found if f.verdict == "drifted"],
        "at_its_bound": [f.name for f in found if f.verdict == "at its bound"],
        "not_re_estimated": [f.name for f in found if f.verdict == "not re-estimated"],
    }


def _check_extra() -> None:
    for name in ("statsmodels", "firthmodels"):
        if find_spec(name) is None:
            msg = f'estimates need {name}: pip install "foedus[history]"'
            raise InputError(msg)


def _check(out: Path) -> None:
    if out.suffix.lower() == ".json":
        check_place(out)
    elif out != STREAM and ending_of(out) not in ENDINGS:
        msg = f"--out {out}: it must end in .json, {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}"
        raise InputError(msg)
    else:
        check_frame(out)


def _write(found: Sequence[Finding], out: Path) -> None:
    """Write the table, whole or not at all."""
    if out.suffix.lower() == ".json":
        write_text(out, json.dumps(_body(found), indent=1, ensure_ascii=False) + "\n")
    else:
        write_frame(table(found).lazy(), out)
