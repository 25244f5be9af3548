"""A brief in plain English: every sentence is chosen and filled by the figures, so that briefs differ for reasons."""

from __future__ import annotations

from dataclasses import dataclass

from foedus import words
from foedus.brief import conduct, cost, danger, others, pairs, ranges
from foedus.brief.contents import BASE, Brief, WhatIf
from foedus.brief.short import ENOUGH, in_short
from foedus.exposure.words import days, percent
from foedus.words import fraction

DOMAIN_WORDS = {
    "land": "land",
    "air": "air and missile defence",
    "maritime": "sea",
    "c4isr": "intelligence and command",
}

HELP = "Would help"

LINE = 80
"""Most letters of a title."""

MOST_NAMED = 3
"""Missing counts up to which each is named."""

LEAST_CHANGE = 0.01
"""Share of the loss below which a what-if changes nothing to speak of."""


@dataclass(frozen=True)
class Section:
    """A heading and its text: a paragraph, or lines when there are several."""

    title: str
    lines: tuple[str, ...]


def title(brief: Brief) -> str:
    """What the brief is about."""
    rest = brief.posture.title.partition(":")[2]
    whole = f"{brief.name.upper()} under {brief.under}"
    return f"{whole}:{rest}" if rest and len(whole) + len(rest) < LINE else whole


def subtitle(brief: Brief) -> str:
    """Years, futures, what it is compared with, and which range is shown."""
    against = "" if brief.steady else " · paired with steady support"
    known = 100.0 * brief.loss_error / max(brief.value("loss"), 1e-12)
    return f"{origin_of(brief)}{against} · loss: mean (known to ±{known:.0f} %), 5-95 %"


def origin_of(brief: Brief) -> str:
    """How many futures, which years, ensemble and seed."""
    return brief.results.origin


def sections(brief: Brief) -> list[Section]:
    """The whole text, in order."""
    found = [
        Section("In short", (" ".join(in_short(brief)),)),
        Section(_share_title(brief), (" ".join(depends(brief)),)),
        Section("Felt after", (felt(brief),)),
        Section("Belief", (" ".join(danger.belief(brief)),)),
        Section("Risk", (" ".join(danger.risk(brief)),)),
        Section("Pairs", tuple(pairs.lines(brief))),
        Section("Conduct", (" ".join(conduct.does(brief)),)),
        Section(HELP, tuple(helps(brief))),
        Section("Cost, date", (" ".join(cost.sentences(brief)),)),
        Section("Drivers", (hangs_on(brief),)),
        Section("Others say", (others.line(brief),)),
        Section("Hindcasts", (history(brief),)),
        Section("Not covered", (absent(brief),)),
    ]
    return [section for section in found if any(section.lines)]


HEADING = 11
"""Most letters of a heading beside the text."""


def _share_title(brief: Brief) -> str:
    name = brief.guarantor.removeprefix("the ")
    titles = (f"{name} share", f"On {name}", "Guarantor")
    return next(title for title in titles if len(title) <= HEADING)


def depends(brief: Brief) -> list[str]:
    """By domain; the rest of the need; what would fight today and would go."""
    account, guarantor = brief.account, brief.guarantor
    shares = sorted(account.shares.items(), key=lambda item: -item[1].guarantor.value)
    resting = [
        f"{DOMAIN_WORDS[name]} {percent(part.guarantor)}" for name, part in shares if part.guarantor.value > 0.005
    ]
    own, pool, unmet = (getattr(account.overall, name).value for name in ("own", "pool", "unmet"))
    meets = "would send" if account.borrowed else "itself meets"
    rest = [f"{brief.name} {meets} {100 * own:.0f} %" if own >= 0.005 else f"{brief.name} {meets} less than 1 %"]
    if brief.pool:
        rest.append(f"its pool adds {100 * pool:.0f} %" if pool >= 0.005 else "its pool adds nothing")
    rest.append(f"nobody meets {100 * unmet:.0f} %" if unmet >= 0.005 else "nothing is left unmet")
    where, gone = "there " if account.borrowed else "", fraction(account.today_overall.value)
    found = [
        ", ".join(resting) + " of what is needed"
        if resting
        else f"nothing of what is needed against {account.challenger_name}",
        f"Of the whole, {words.listed(rest)}",
        f"Needed or not, {gone} of what would fight {where}today would leave with {guarantor}",
    ]
    return [words.sentence(part) for part in found]


def felt(brief: Brief) -> str:
    """How soon each channel's loss is felt; channels with one answer together."""
    groups: dict[str, list[str]] = {}
    for channel, figure in brief.account.felt_after.items():
        groups.setdefault(days(figure), []).append(channel.replace("_", " "))
    return words.sentence("; ".join(f"{words.listed(names)} {when}" for when, names in groups.items()))


def doubt(what: WhatIf) -> bool:
    """Whether a what-if moves the loss by enough to speak of but not clearly in one direction."""
    return abs(what.removed.value) >= LEAST_CHANGE and not what.clear


def helps(brief: Brief) -> list[str]:
    """What-ifs, the most helpful first, each with its change of the loss; then what could not be tried.

    Those that change nothing to speak of share a line.
    """
    moved = [what for what in brief.levers if abs(what.removed.value) >= LEAST_CHANGE]
    idle = [what.lever.words for what in brief.levers if what not in moved]
    rows = [
        (ranges.changed(what.removed), f"{what.lever.words} ({what.lever.by}){' ?' if doubt(what) else ''}")
        for what in moved
    ]
    wide = max((len(amount) for amount, _ in rows), default=0)
    tried = brief.runs[BASE].results.futures
    unclear = "; ?: unclear" if any(map(doubt, moved)) else ""
    lines = [f"Change in {brief.whose} loss, {tried} futures; effects assumed (A){unclear}:"]
    lines += [f"{amount.rjust(wide)}  {doing}" for amount, doing in rows]
    if idle:
        lines.append(f"Less than 1 % either way: {words.listed(idle)}.")
    return [*lines, *help_notes(brief)]


def help_notes(brief: Brief) -> list[str]:
    """What a reader must know of the what-ifs: the pool that was tried, or why none was."""
    notes = []
    if brief.pool is None and brief.joins is None:
        notes.append("It can join no pool: each in its region has a member in conflict with it.")
    elif brief.pool is None:
        notes.append(f"The pool tried is {brief.joins}, of which it is not a member today.")
    if any(abs(what.removed.value) >= LEAST_CHANGE and what.removed.beyond for what in brief.levers):
        notes.append("A mean outside its range comes from a few futures, of which others may not see the like.")
    if brief.value("no-fiscal-room") > ENOUGH:
        notes.append("A point of GDP more would have to be paid without new debt.")
    return notes


def hangs_on(brief: Brief) -> str:
    """Parameters that move with the loss, with grade and direction."""
    if not brief.drivers:
        return f"No single parameter can be told from chance in {brief.futures} futures."
    groups = []
    for sign, verb in ((1, "rises"), (-1, "falls")):
        named = [
            f"{d.parameter.meaning.partition(';')[0]} ({d.parameter.grade})"
            for d in brief.drivers
            if d.rank * sign > 0.0
        ]
        if named:
            groups.append(f"the loss {verb} with {words.listed(named)}")
    alike = (
        " Others cannot be told apart in so few futures: --explain hangs-on."
        if any(driver.alike for driver in brief.drivers)
        else ""
    )
    return words.sentence("; ".join(groups)) + alike


def history(brief: Brief) -> str:
    """How the model scored on the ally's own past; empty where no hindcast is about it."""
    from foedus.hindcasts.concerning import on_history

    return on_history(brief.ally, brief.account.region, brief.account.guarantor)


def absent(brief: Brief) -> str:
    """What the model leaves out, and which counts of the account are missing."""
    own = [row.variable.replace("_", " ") for row in brief.account.own if row.figure is None]
    if len(own) > MOST_NAMED:
        own = [f"equipment of {len(own)} kinds (foedus exposure {brief.ally})"]
    missing = f" No source counts its {words.listed(own)}." if own else ""
    return (
        "Attack below the use of force; cyber and economic coercion; allies' politics."
        f"{missing} Compares policies; does not predict."
    )
