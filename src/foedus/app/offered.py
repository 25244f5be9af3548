"""What the page offers beside the eleven channels: conditions of support, remedies, what money buys, mechanisms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foedus.equations.hedging import Option
from foedus.ledger import Ledger, load_ledger
from foedus.posture.beside import FACTOR
from foedus.posture.posture import LEVELS, LIMITS, REMEDIES, SWITCH_OFF
from foedus.world import World

CONDITIONS: dict[str, tuple[str, str, float, str, tuple[str, ...], tuple[str, ...]]] = {
    SWITCH_OFF: (
        "supplied equipment switched off", "share of what was supplied that is denied from afar", 0.0, "share",
        ("R06",), ("risks", "belief_all"),
    ),
    "conditional": (
        "support depends on the ally’s spending", "how far support follows what the ally spends on its own defence",
        0.0, "share", ("R16",), ("spending_all", "belief_all"),
    ),
    "politics_variance": (
        "swings of the guarantor’s politics", "how much they vary, as a multiple of today; the mean stays", 1.0,
        "factor", ("R02",), ("belief_all", "risks"),
    ),
    "homeland_defence": (
        "homeland missile defence", "further share of a nuclear salvo on the guarantor that is stopped", 0.0, "share",
        ("R17",), ("belief_all", "nuclear"),
    ),
}  # fmt: skip
"""Conditions of support: label, meaning, value where nothing is said, unit, mechanisms, pictures they move."""

REMEDY_WORDS = {
    "exercises": ("joint exercises", "pools train together: what they have works together better", ("risks",)),
    "intelligence": ("shared intelligence", "an intelligence framework among a pool’s members", ("risks",)),
    "exchange": (
        "more for the money", "missile defence and unmanned systems give more for their money",
        ("risks", "spending_all"),
    ),
    "channels": ("open channels to rivals", "less misperception, so a challenge costs more", ("risks", "pairs")),
    "budgets": ("sustainable budgets", "more room to borrow for defence", ("spending_all",)),
}  # fmt: skip
"""Each remedy of R30: label, what it does in full, pictures it moves."""

OPTION_WORDS: dict[Option, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    Option.LAND: ("land arms, bought", "land arms bought from the guarantor", ("R11",), ()),
    Option.AIR: ("aircraft and missiles, bought", "aircraft and missiles bought from the guarantor", ("R11",), ()),
    Option.MARITIME: ("ships, bought", "ships and their arms bought from the guarantor", ("R11",), ()),
    Option.LAND_HOME: (
        "land arms, home-made", "the same made at home or in the region", ("R08",),
        ("home_premium", "home_lead_time"),
    ),
    Option.AIR_HOME: (
        "aircraft and missiles, home-made", "the same made at home or in the region", ("R08",),
        ("home_premium", "home_lead_time"),
    ),
    Option.MARITIME_HOME: (
        "ships, home-made", "the same made at home or in the region", ("R08",), ("home_premium", "home_lead_time"),
    ),
    Option.C4ISR: ("command and intelligence", "command and intelligence of its own", ("R07",), ()),
    Option.MISSILE_DEFENCE: (
        "missile defence", "batteries and interceptors of its own", ("R30",), ("exchange_missile_defence",),
    ),
    Option.UNMANNED_CYBER: (
        "unmanned systems and cyber", "drones and cyber forces of its own", ("R30",), ("exchange_unmanned",),
    ),
    Option.ENABLERS: ("satellites, airlift, tankers", "a share in what a region needs together", ("R12",),
                      ("enabler_weight", "enabler_threshold")),
    Option.POOL: ("the pool’s common fund", "common spending, which binds the members of its pool", ("R29",),
                  ("pool_resolve_gain",)),
    Option.NUCLEAR: ("nuclear weapons", "a programme of its own", ("R09",), ()),
    Option.LOYALTY: ("the guarantor’s favour", "spending by which the guarantor keeps a stake in it", ("R04",),
                     ("loyalty_effect", "loyalty_scale")),
    Option.RESERVE: ("less debt", "money that is not spent on forces and lowers the debt", ("R03",), ()),
}  # fmt: skip
"""Each option: label, meaning, mechanisms, parameters besides its lead time."""

OPTION_MOVES = {
    Option.NUCLEAR: ("nuclear", "risks"),
    Option.LOYALTY: ("belief_all", "rivals"),
    Option.POOL: ("risks", "belief_all"),
}
"""Pictures that an option moves most, where they are not the risks and the nuclear path."""


def conditions() -> list[dict[str, Any]]:
    """Conditions of support and remedies, each with the limits that a scenario has."""
    ledger, limits = load_ledger(), {**LEVELS, **LIMITS}
    found = [
        {
            "key": key, "table": "", "dated": key in LEVELS, "label": label, "meaning": meaning, "unit": unit,
            "low": limits[key][0], "high": limits[key][1], "plain": plain, "moves": list(moves),
            **_rests(ledger, rows, ()),
        }
        for key, (label, meaning, plain, unit, rows, moves) in CONDITIONS.items()
    ]  # fmt: skip
    for key in REMEDIES:
        label, meaning, moves = REMEDY_WORDS[key]
        found.append(
            {
                "key": key, "table": "remedies", "dated": False, "label": label, "meaning": meaning, "unit": "share",
                "low": 0.0, "high": 1.0, "plain": 0.0, "moves": list(moves),
                **_rests(ledger, ("R30",), (f"remedy_{key}",)),
            }
        )  # fmt: skip
    return found


def others(world: World) -> list[dict[str, Any]]:
    """Second guarantors (R35), each with whom it helps and the limits of a factor on all that it gives."""
    names, links, ledger = world.states.names, world.second, load_ledger()
    helped: dict[str, list[str]] = {}
    for guarantor, ally in zip(links.guarantor, links.ally, strict=True):
        helped.setdefault(world.states.iso3[guarantor], []).append(names[world.states.iso3[ally]])
    return [
        {
            "key": iso, "label": names[iso], "low": FACTOR[0], "high": FACTOR[1], "moves": ["risks", "belief_all"],
            "meaning": f"what it gives beside another guarantor, to {', '.join(sorted(helped[iso]))}",
            **_rests(ledger, ("R35",), ()),
        }
        for iso in sorted(helped, key=lambda iso: (-len(helped[iso]), names[iso]))
    ]  # fmt: skip


def options() -> list[dict[str, Any]]:
    """What flexible money buys, each with what it takes and rests on."""
    ledger = load_ledger()
    found = []
    for option, (label, meaning, rows, names) in OPTION_WORDS.items():
        led = _lead_time(option)
        found.append(
            {
                "key": option.key, "label": label, "meaning": meaning,
                "moves": list(OPTION_MOVES.get(option, ("risks", "spending_all"))),
                **_rests(ledger, rows, (*((led,) if led else ()), *names)),
            }
        )  # fmt: skip
    return found


def _lead_time(option: Option) -> str:
    """The parameter that says how long an option takes; empty where it works within a year."""
    if option.domain is not None:
        return f"lead_time_{option.domain.key}"
    return {Option.ENABLERS: "lead_time_c4isr", Option.NUCLEAR: "breakout_years"}.get(option, "")


def _rests(ledger: Ledger, rows: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    """What a lever rests on: mechanisms in words, and its parameters with range, grade and sources."""
    held = [ledger[name] for name in names] or [p for p in ledger.parameters.values() if set(rows) & set(p.rows)]
    return {
        "record": " ".join(f"{row}: {ledger.mechanisms[row].sentence}" for row in rows),
        "parameters": [
            {"label": p.label, "default": p.default, "low": p.low, "high": p.high, "unit": p.unit, "grade": p.grade}
            for p in held
            if p.low < p.high
        ][:4],
        "grades": sorted({p.grade for p in held}),
        "sources": list(dict.fromkeys(ledger.sources[key].short for p in held for key in p.sources)),
    }


def mechanisms() -> list[dict[str, str]]:
    """The mechanisms that a scenario can switch off."""
    return [
        {"row": row, "sentence": held.sentence, "shows": held.measure} for row, held in load_ledger().mechanisms.items()
    ]
