"""What README.md takes from stored results: scoreboard by kind, base rates missed, three allies. See document.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap

from foedus.hindcasts.page import counted_by_kind
from foedus.hindcasts.registry import Kind
from foedus.hindcasts.results import ScoreLine, lines_of
from foedus.hindcasts.results import read_results as read_hindcasts
from foedus.hindcasts.standing import STANDINGS, standings
from marks import put
from rates_by_window import LATE, LONG, inside
from results_page import losses
from stored import BaseRate, Stored, read_results

SAID: Mapping[Kind, str] = {
    "out of sample": "of {all} of the model as it would have shipped then, on what it was not fitted to, "
    "**{pass} pass**",
    "in sample": "of {all} on figures that the ledger took from the same record, {pass} pass: no evidence",
    "data check": "of {all} of baselines and counts, in which the model takes no part, {pass} pass",
}
WIDTH = 120


def scoreboard(lines: list[ScoreLine]) -> str:
    """How many hindcasts pass, by what a pass can say."""
    found = []
    for kind, verdicts in counted_by_kind(lines).items():
        text = SAID[kind].format(**{"all": sum(verdicts.values()), "pass": verdicts.get("pass", 0)})
        unsure = verdicts.get("not identified", 0)
        text += f", {unsure} cannot be judged" if unsure else ""
        moved = sum(bool(line.outside) for line in lines if line.test.kind == kind and line.verdict == "pass")
        text += f"; {moved} of the passes need values outside the ledger's range" if moved else ""
        found += wrap(f"- *{kind[0].upper()}{kind[1:]}*: {text}.", WIDTH, subsequent_indent="  ")
    if held := [one.standing for one in standings(lines)]:
        counts = ", ".join(f"{held.count(standing)} {standing}" for standing in reversed(STANDINGS))
        text = f"- *Beside other forecasters*, by the 90 % interval of {len(held)} differences in score: {counts}."
        found += wrap(text, WIDTH, subsequent_indent="  ")
    return "\n".join(found)


def missed(rates: Sequence[BaseRate]) -> str:
    """How many base rates miss the record by more than a factor of two; those of all pairs with both figures."""
    judged = [rate for rate in rates if rate.within_two is not None]
    bad = [rate for rate in judged if not rate.within_two]
    text = f"Under steady support {len(judged) - len(bad)} of {len(judged)} lie within a factor of two of 1950-2010"
    text += " ([each](docs/results.md#base-rates-under-steady-support))."
    named = [
        f"{rate.measure.replace('_', ' ')} ({rate.run:.4f} against {rate.history:.4f})"
        for rate in bad
        if rate.pair_class == "all"
    ]
    text += f" Of all pairs together these do not: {'; '.join(named)}." if named else ""
    return "\n".join(wrap(text, WIDTH, break_on_hyphens=False))


def by_window(rates: Sequence[BaseRate]) -> str:
    """How many rates lie inside what two windows of the record allow, in a sentence."""
    (late, every), (long, _) = (inside(rates, window) for window in (LATE, LONG))
    text = (
        f"Members carry the level of force of {LATE[0]}-{LATE[1]}, the like-for-like window: {late} of {every} lie "
        f"inside what its few cases allow (95 %), and {long} inside what those of {LONG[0]}-{LONG[1]} do "
        "([both](docs/results.md))."
    )
    return "\n".join(wrap(text, WIDTH))


THREE = ("Philippines", "Estonia", "South Korea")


def three_allies(stored: Stored) -> str:
    """The table of three allies. Raises ValueError when they are not among those stored."""
    by_name = {ally.name: ally for ally in stored.allies}
    if lost := [name for name in THREE if name not in by_name]:
        msg = f"data/results.json: no results of {', '.join(lost)}, which README.md shows. Run: python tools/results.py"
        raise ValueError(msg)
    return "\n".join(losses(stored, [by_name[name] for name in THREE]).markdown())


def filled(readme: str) -> str:
    """README.md with its marked parts regenerated. Raises ValueError when a mark is gone."""
    stored = read_results()
    readme = put(readme, "scoreboard", scoreboard(lines_of(read_hindcasts())), "README.md")
    readme = put(readme, "base rates", f"{missed(stored.rates)}\n{by_window(stored.rates)}", "README.md")
    return put(readme, "three allies", three_allies(stored), "README.md")
