"""What the views of the page look at: pairs, drivers, anchors of a run; the ledger, facts, scores and accounts."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from typing import Any

from foedus import words
from foedus.anchors import compared
from foedus.anchors.words import RULE, event_of_model, model, outside, tally, verdict, window
from foedus.app.answering import TASKS, Stop, results_of
from foedus.app.held import Memory
from foedus.errors import UnknownName
from foedus.hindcasts.page import counted, judged_figures, number, span
from foedus.hindcasts.results import ScoreLine, lines_of, read_results
from foedus.ledger import load_ledger
from foedus.ledger.ensemble import named_ensemble
from foedus.names import country
from foedus.results import Results, drivers, headlines
from foedus.results.answer import spread, told
from foedus.results.pairs import PairChances, pair_chances
from foedus.results.shares import spread_shares
from foedus.results.stamp import chances_note, ranks_note
from foedus.results.tidy import tidy
from foedus.world import World
from foedus.world.groups import group_facts

FIRST_VERDICTS = ("fail", "not identified", "not run", "pass")
"""Order of the scoreboard: failures first."""

Document = Mapping[str, Any]


def pairs(memory: Memory, stop: Stop, document: Document, futures: int, state: str = "") -> dict[str, Any]:
    """Chances of every pair, or of those with one state on either side, before and now; the likeliest wars first."""
    _, results = results_of(memory, stop, document, futures)
    names = World.load().states.names
    if state and state not in names:
        raise UnknownName("state", state, names)
    sides = ({state},) if state else ()
    now = pair_chances(results, "posture", sides)
    before = {}
    if "against" in results.roles:
        before = {(pair.challenger, pair.target): pair for pair in pair_chances(results, "against", sides)}
    last = results.years[-1]
    heads = ["Challenger → target", f"war by {last}, %", "crisis a year, %", "force short of war", "blockade",
             "ground taken", "help for the target"]  # fmt: skip
    rows = [_pair(pair, before.get((pair.challenger, pair.target), pair), names) for pair in now[:200]]
    return {"heads": heads, "rows": rows, "of": len(now), "roles": results.roles, **_known(results)}


def _known(results: Results, note: str = "") -> dict[str, Any]:
    """How many futures a view is of, and what it says of them; chances where no other error is given."""
    return {"futures": results.futures, "known": results.known(note or chances_note(results.points))}


def _pair(pair: PairChances, before: PairChances, names: Mapping[str, str]) -> dict[str, Any]:
    def both(was: float, now: float) -> str:
        first, second = words.rare(was), words.rare(now)
        return first if first == second else f"{first} → {second}"

    cells = [both(before.in_all, pair.in_all)]
    cells += [
        both(getattr(before, name), getattr(pair, name)) for name in ("challenge", "force", "blockade", "grab", "help")
    ]
    return {
        "challenger": pair.challenger,
        "target": pair.target,
        "name": f"{names[pair.challenger]} → {names[pair.target]}",
        "cells": cells,
        "war_by": [[year, before.war_by[year], chance] for year, chance in pair.war_by.items()],
    }


def what_moves(memory: Memory, stop: Stop, document: Document, futures: int) -> dict[str, Any]:
    """What the answer hangs on: where its spread comes from, and which assumptions move it."""
    _, results = results_of(memory, stop, document, futures)
    rows, ledger = headlines(results), load_ledger()
    listed = told(rows)
    shares = spread_shares(results, listed)
    return {
        **_known(results, ranks_note(results.points)),
        "paired": "against" in results.roles,
        "allies": [row.ally for row in listed],
        "said": spread(shares, paired="against" in results.roles) or "Too few futures to tell chance from assumptions.",
        "drivers": [
            {
                "name": found.name,
                "label": ledger[found.name].label,
                "meaning": ledger[found.name].meaning,
                "grade": ledger[found.name].grade,
                "low": ledger[found.name].low,
                "high": ledger[found.name].high,
                "unit": ledger[found.name].unit,
                "rho": None if math.isnan(found.rho) else round(found.rho, 3),
                "clear": found.clear,
            }
            for found in drivers(results, listed)
        ],
    }


def others(memory: Memory, stop: Stop, document: Document, futures: int) -> dict[str, Any]:
    """What markets, crowds and experts say, beside the run."""
    _, results = results_of(memory, stop, document, futures)
    found = compared(results)
    return {
        **_known(results),
        "posture": results.roles["posture"],
        "tally": tally(found),
        "rule": RULE,
        "rows": [
            {
                "event": one.anchor.event,
                "definition": one.anchor.definition,
                "ours": event_of_model(one.anchor),
                "kind": one.anchor.kind,
                "window": window(one.anchor),
                "outside": outside(one.anchor),
                "model": model(one),
                "verdict": verdict(one),
                "source": one.anchor.source,
                "asked": one.anchor.asked,
                "grade": one.anchor.grade,
                "note": one.anchor.note,
            }
            for one in found
        ],
    }


def scoreboard(_memory: Memory, _stop: Stop) -> dict[str, Any]:
    """Every registered hindcast with its verdict, failures first."""
    lines = lines_of(read_results())
    order = {verdict: place for place, verdict in enumerate(FIRST_VERDICTS)}
    ranked = sorted(lines, key=lambda line: (order.get(line.verdict, len(order)), line.test.name))
    return {"said": counted(lines), "rows": [_score(line) for line in ranked]}


def _score(line: ScoreLine) -> dict[str, Any]:
    figures = judged_figures(line.outcome, most=3) if line.outcome else []
    return {
        "verdict": line.verdict,
        "name": line.test.name,
        "question": line.test.question,
        "ran": line.ran,
        "stale": line.stale or line.moved,
        "figures": [
            [figure.measure, number(figure.ours), span(figure), number(figure.baseline), number(figure.published)]
            for figure in figures
        ],
    }


def evidence(_memory: Memory, _stop: Stop, ensemble: str) -> dict[str, Any]:
    """Every parameter: range, grade, sources, and what the record made of it."""
    ledger = load_ledger()
    held = named_ensemble(ensemble)
    learnt = {one.name: one for one in held.learnt} if held else {}
    return {
        "ensemble": ensemble,
        "record": f"{held.first}-{held.last}, {held.rows:,} pair-years" if held else "none: the ledger's own ranges",
        "rows": [
            {
                "name": name,
                "label": parameter.label,
                "symbol": parameter.symbol,
                "meaning": parameter.meaning,
                "unit": parameter.unit,
                "default": parameter.default,
                "low": parameter.low,
                "high": parameter.high,
                "grade": parameter.grade,
                "rows": list(parameter.rows),
                "sources": [ledger.sources[key].short for key in parameter.sources],
                "prior": [learnt[name].prior, learnt[name].prior_spread] if name in learnt else None,
                "posterior": [learnt[name].mean, learnt[name].spread] if name in learnt else None,
            }
            for name, parameter in sorted(ledger.parameters.items(), key=lambda item: item[0] not in learnt)
        ],
    }


def facts(_memory: Memory, _stop: Stop, state: str) -> dict[str, Any]:
    """Every fact about a state: value, range, unit, year, source, grade."""
    world = World.load()
    if state not in world.states.iso3:
        raise UnknownName("state", state, world.states.iso3)
    rows = [
        {
            "table": table.removesuffix(".csv").replace("_", " "),
            "about": " ".join(fact.key),
            "variable": fact.variable.replace("_", " "),
            "value": words.significant(fact.value, 4),
            "range": "" if fact.low is None or fact.high is None else f"{fact.low:g} to {fact.high:g}",
            "unit": fact.unit,
            "year": fact.year,
            "source": fact.source.replace(";", ", "),
            "grade": fact.grade,
            "note": fact.note,
        }
        for table in world.tables.facts
        for (keys, _), fact in world.tables.latest(table).items()
        if state in keys
    ]
    member = [fact.key[0] for fact in group_facts() if fact.key[1] == state]
    return {"state": country(world.states.names[state]), "groups": member, "rows": rows}


def data(memory: Memory, stop: Stop, document: Document, futures: int, kind: str) -> bytes:
    """Every measure of every ally and year as CSV or Parquet, or the report as HTML."""
    study, results = results_of(memory, stop, document, futures)
    if kind == "html":
        from foedus.report.report import page

        return page(results, study.world).encode()
    frame, held = tidy(results), io.BytesIO()
    if kind == "csv":
        frame.write_csv(held)
    else:
        frame.write_parquet(held)
    return held.getvalue()


TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "html": "text/html"}
"""Media type of each kind of data."""

TASKS.update(
    {
        "pairs": pairs,
        "drivers": what_moves,
        "anchors": others,
        "scoreboard": scoreboard,
        "evidence": evidence,
        "facts": facts,
        "data": data,
    }
)
