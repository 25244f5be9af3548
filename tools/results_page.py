"""The page docs/results.md, from stored results."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.ledger import Ledger
from foedus.results import wording
from foedus.results.ablation import MEASURES
from foedus.results.headline import LEAST_CHANGE
from foedus.tables import Grid, grid
from foedus.words import NONE, percent, plus_minus
from rates_by_window import beside_windows
from reading import prose
from stored import Ally, Band, BaseRate, Effects, Stored, read_results

ARROWS = {1: f" {wording.WORSE}", -1: f" {wording.BETTER}", 0: ""}
VERDICTS = {True: "yes", False: "**no**", None: ""}


WINDOWS_SAID = (
    "Members of `record-2010` carry the level of force of 2001-10, so that rates of 1950-2010 ask of them what they",
    "were told has changed. The same rates beside both windows, by one rule: inside the 95 % interval (Wilson) that",
    "the window's number of cases leaves. The late window is the like-for-like one for force and war, and has one war:",
    "an interval that holds the run there says little. The record's pairs are all states', the run's those of this",
    "world, chosen because somebody there fears somebody: disputes are more frequent among them in either window.",
)


def results(ledger: Ledger) -> str:
    """The page."""
    stored = read_results()
    ensemble = f", ensemble {stored.ensemble}" if stored.ensemble else ""
    made = f"{stored.years[0]}-{stored.years[1]}{ensemble}, seed {stored.seed}"
    lines = [
        "# Results",
        "",
        f"By `python tools/results.py` from {stored.futures:,} futures ({made}), common random numbers throughout.",
        f"Ledger `{stored.ledger}`, facts `{stored.facts}`.",
        "The model compares policies under stated uncertainty; it does not predict.",
        "",
        *_losses(stored),
        "",
        "## Base rates under steady support",
        "",
        *rates(stored.rates).markdown(),
        "",
        *WINDOWS_SAID,
        "",
        *beside_windows(stored.rates).markdown(),
        "",
        *_ablation(stored, ledger),
        "",
        prose(stored.ablation.effects),
    ]
    return "\n".join(lines) + "\n"


def _losses(stored: Stored) -> list[str]:
    return [
        "## Expected loss by ally",
        "",
        "Per cent of GDP a year, mean over the years: mean over futures and 90 % band under steady support; then, for",
        "each posture, the change of the mean against it and the 90 % band of the change, future by future. ▲ worse, ▼",
        "better in nine futures of ten. Steady and change add up to the loss under the posture. Conceded: per cent of",
        f"the loss that is from concessions, under {', '.join(('steady', *stored.postures))};",
        "the rest is fighting. ±: Monte Carlo standard error of the mean. Allies that nobody challenges are left out.",
        "",
        *losses(stored, stored.allies).markdown(),
    ]


def losses(stored: Stored, allies: Sequence[Ally]) -> Grid:
    """The table of allies."""
    names = ("Ally", "steady", *stored.postures, "of which conceded, %")
    return grid(names, [_row(ally, stored.postures) for ally in allies], right=names[1:-1])


def _row(ally: Ally, postures: Sequence[str]) -> tuple[str, ...]:
    shares = (ally.conceded[name] for name in ("steady", *postures))
    ceded = ", ".join(NONE if share is None else percent(share) for share in shares)
    return (ally.name, _band(ally.steady), *(_changed(ally, name) for name in postures), ceded)


def _changed(ally: Ally, posture: str) -> str:
    """The change of the mean, its arrow where it has a direction, and its band."""
    middle, _, rest = _band(ally.changes[posture], sign=True).partition(" ")
    return f"{middle}{ARROWS[ally.direction[posture]] if middle != '0' else ''} {rest}"


def _band(found: Band, *, sign: bool = False) -> str:
    """Mean and 90 per cent band."""
    low, middle, high = (_short(x, sign=sign) for x in (found.low, found.mean, found.high))
    known = "" if found.error is None or middle == "0" else plus_minus(found.error, found.mean)
    return f"{middle}{known} ({low} to {high})"


def _short(value: float, *, sign: bool = False) -> str:
    """Two significant digits; nothing finer than a thousandth of a per cent."""
    if abs(value) < LEAST_CHANGE:
        return "0"
    return (f"{value:+.2g}" if sign else f"{value:.2g}").replace("-", "−")


def rates(found: Sequence[BaseRate]) -> Grid:
    """Base rates beside history."""
    rows = [
        (
            rate.pair_class,
            rate.measure.replace("_", " "),
            f"{rate.run:.4f}" + ("" if rate.error is None else f" ±{rate.error:.4f}"),
            "" if rate.history is None else f"{rate.history:.4f}",
            "" if rate.low is None else f"{rate.low:.4f} to {rate.high:.4f}",
            VERDICTS[rate.within_two],
        )
        for rate in found
    ]
    names = ("Pairs", "Rate", "run", "1950-2010", "95 %", "within a factor of two")
    return grid(names, rows, right=("run", "1950-2010"))


def _ablation(stored: Stored, ledger: Ledger) -> list[str]:
    """What each mechanism adds."""
    held = stored.ablation
    lines = [
        "## What each mechanism adds",
        "",
        "With the mechanism minus without it, to the difference that the posture makes against steady support; a dot",
        f"where the 95 % interval over {held.futures:,} futures holds zero. Largest effect on the typical loss first.",
        f"From ledger `{held.ledger}`, facts `{held.facts}`.",
        "",
        *(f"- *{name}*: {meaning}." for name, meaning in MEASURES.items()),
    ]
    for posture, effects in held.effects.items():
        lines += ["", f"### {posture}", "", *contributions(effects, ledger).markdown()]
    return lines


def contributions(effects: Effects, ledger: Ledger) -> Grid:
    """The ablation table of a posture."""
    rows = [
        (row, *(_effect(found[name]) for name in MEASURES), ledger.mechanisms[row].sentence)
        for row, found in effects.items()
    ]
    return grid(("Row", *MEASURES, "Mechanism"), rows, right=tuple(MEASURES))


def _effect(value: float | None) -> str:
    return "·" if value is None else f"{value:+.2g}".replace("-", "−")
