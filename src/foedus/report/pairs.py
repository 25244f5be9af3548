"""Pairs: who might fight whom, chance by chance, yearly and by the end, and what the target loses to the challenger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foedus.report.html import escape, section, table
from foedus.results import Results
from foedus.results.pairs import PairChances, pair_chances
from foedus.results.sources import loss_sources
from foedus.results.stamp import chances_note
from foedus.words import NONE, rare, significant

SHOWN = 25
"""Pairs in the table: those likeliest to see a war."""

NEAR = 10
"""Years of the nearer of the two dates of the table."""


def pairs(results: Results, names: Mapping[str, str]) -> str:
    """The pairs likeliest to see a war: yearly chances, help, chances of a war by two dates, loss."""
    found = pair_chances(results)
    shown = [pair for pair in found if pair.in_all > 0.0][:SHOWN]
    other = {}
    if "against" in results.roles:
        other = {(pair.challenger, pair.target): pair for pair in pair_chances(results, "against")}
    taken = {
        (source.challenger, target): source.loss
        for target, sources in loss_sources(results).items()
        for source in sources
    }
    first, last = results.years[0], results.years[-1]
    ends = sorted({min(first + NEAR - 1, last), last})
    columns = (
        "Challenger",
        "target",
        "challenge, % a year",
        "force short of war",
        "blockade or grab",
        "war",
        "help, %",
        *(f"war by {year}, %" for year in ends),
        "loss, % of GDP a year",
    )
    cells = [
        (escape(names[pair.challenger]), escape(names[pair.target]), *_chances(pair, other), *_by(pair, other, ends),
         significant(taken.get((pair.challenger, pair.target), 0.0)))
        for pair in shown
    ]  # fmt: skip
    both = (
        f" Arrows: under {results.roles['against']} → under {results.roles['posture']}; one figure where alike."
        if other
        else ""
    )
    return section(
        "Pairs",
        f"<p>The {len(shown)} pairs of {len(found)} likeliest to see a war, means over futures. Challenge, force short "
        "of war, war (one that is on, R32, or breaks out): mean chance a year. Blockade or grab: the part of that force"
        " that blockades across water or takes ground by land (R34). Help: that a guarantor, or a second"
        " one (R35), would fight for the target, if this challenger "
        f"attacked it. War by: chance of at least one war since {first}. Loss: what the target can expect to lose to "
        f"this challenger, by conceding and fighting, and to fighters whom it sponsors (R36).{escape(both)} "
        f"{escape(results.origin)}. "
        f"{escape(chances_note(results.points))}</p>",
        table(columns, cells, text=2, style="dense"),
        anchor="pairs",
    )


def _chances(pair: PairChances, other: Mapping[tuple[str, str], PairChances]) -> list[str]:
    held = other.get((pair.challenger, pair.target))
    told = _yearly(pair)
    return told if held is None else [_arrow(*both) for both in zip(_yearly(held), told, strict=True)]


def _yearly(pair: PairChances) -> list[str]:
    chances = (pair.challenge, pair.force, pair.blockade + pair.grab, pair.war)
    return [*map(rare, chances), rare(pair.help) if pair.help > 0.0 else NONE]


def _by(pair: PairChances, other: Mapping[tuple[str, str], PairChances], ends: Sequence[int]) -> list[str]:
    held = other.get((pair.challenger, pair.target))
    return [rare(pair.war_by[y]) if held is None else _arrow(rare(held.war_by[y]), rare(pair.war_by[y])) for y in ends]


def _arrow(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"
