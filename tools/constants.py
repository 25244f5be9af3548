"""Numbers in the model's rooms that are not parameters of the ledger: the table of docs/model.md, held to the code.

`unlisted` finds numbers that stand neither here nor in the ledger, `lost` those listed here that the code has no more.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foedus.tables import grid

ROOMS = ("engine", "equations")
SOURCE = Path(__file__).parents[1] / "src" / "foedus"
PLAIN = frozenset({0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 100.0, 1000.0, 10_000.0})
"""Ends of ranges, halves, places between whole-numbered states, per cent and thousands; 0.5 means something below."""
GUARD = 1e-3
"""Numbers up to this keep a division or a logarithm finite, and decide nothing."""

BOUND = "a bound, not a rate"
ASSUMED, SWEPT = "assumption", "not yet: a candidate for the ledger"
SCALE, ALIKE = "sets a scale that a sampled parameter multiplies", "a sampled parameter moves the same choice"


@dataclass(frozen=True)
class Constant:
    """A number in the code.

    code     a name assigned in the module, or the text around the number
    where    file, from src/foedus
    meaning  what it does
    source   where it comes from
    why      why futures do not draw it
    """

    code: str
    where: str
    meaning: str
    source: str = ASSUMED
    why: str = SWEPT


CONSTANTS = (
    Constant(
        "DISTANCE_ORIGIN, NEAREST_ORIGIN = 8.0, 6.0",
        "engine/quarrel.py",
        "log km of capitals, and of nearest points, at which distance changes no cost (18a)",
        "near their means",
        "a change of origin, which the constant of the posterior takes up",
    ),
    Constant(
        "THEATRE_WEIGHTS",
        "equations/contest.py",
        "weight of land, air, maritime and C4ISR forces, in land theatres and in maritime ones (6)",
        why="must sum to one; the facts' ranges of stocks move the same balance",
    ),
    Constant(
        "REVIEW_YEARS",
        "engine/setting.py",
        "years between an ally's reviews of what it buys",
        "planning cycles, recalled",
        "the step of the model is a year",
    ),
    Constant(
        "ELECTION_YEARS",
        "engine/setting.py",
        "years between elections of the guarantor (8)",
        "Constitution of the United States",
        "known",
    ),
    Constant(
        "CHANNEL_SPEED",
        "engine/support.py",
        "share of the way to its pull that a channel moves in a year (29)",
        why="sets what `feedback_size`, which is sampled, multiplies",
    ),
    Constant(
        "np.clip(burden * 100.0, -3.0, 3.0)",
        "engine/response.py",
        "burdens further from target than three points of GDP pull no harder on the guarantor (29)",
    ),
    Constant(
        'p["politics_persistence"] * state.politics + swing, -3.0, 3.0',
        "engine/support.py",
        "politics stay within three units of their mean (8)",
        why=BOUND,
    ),
    Constant(
        "intervention.load(fighting, capacity), 0.0, 5.0", "engine/response.py", "most load that counts (12)", why=BOUND
    ),
    Constant(
        "GREAT_POWER",
        "equations/intervention.py",
        "share of the world's capabilities of the guarantor that the baseline speaks of (13a)",
        "the United States today (Correlates of War)",
        "a change of origin, which the baseline takes up",
    ),
    Constant(
        "RIVALS",
        "equations/intervention.py",
        "hostility of guarantor and challenger that the baseline speaks of (13b)",
        "mean of the United States' with those who may challenge its allies",
        "a change of origin, which the baseline takes up",
    ),
    Constant(
        "PATRON_FIT",
        "equations/coalition.py",
        "interoperability of an ally's forces with the guarantor's (5)",
    ),
    Constant(
        "np.clip(troops / np.maximum(personnel, 1.0), 0.0, 0.5)",
        "equations/coalition.py",
        "most of a guarantor's forces that stand forward with one ally",
        why=BOUND,
    ),
    Constant(
        "np.clip(np.maximum(after + besides, abroad), 0.0, 0.9)",
        "equations/war.py",
        "most of its product that a state misses through war and blockade (46)",
        why=BOUND,
    ),
    Constant(
        "TREATY_PLEDGE",
        "engine/layout.py",
        "level of the pledge channel from which a guarantee counts as a treaty",
        "codes of facts/links.csv",
        "a reading of the facts",
    ),
    Constant(
        "FORWARD_AREA_KM",
        "equations/coalition.py",
        "a pool member's force in place counts as at least this far from its neighbour",
    ),
    Constant(
        'self.p["reach_air"], 3.0',
        "engine/setting.py",
        "distances beyond three reaches of air power count as three, for neighbours that may balance (33)",
        why=BOUND,
    ),
    Constant(
        "np.clip(updated, 0.005, 0.995)",
        "engine/beliefs.py",
        "no ally, nor adversary, is surer of a guarantor than this, or less (10)",
        why="keeps a belief open to evidence",
    ),
    Constant(
        'p["adversary_belief_gap"]), 0.01, 0.99',
        "engine/state.py",
        "adversaries' first belief, once moved by the gap, stays between these (10)",
        why="the gap is sampled",
    ),
    Constant(
        "at_least(bought_dependence - home_dependence, 0.1)",
        "equations/stocks.py",
        "least difference between bought and home dependence by which a first home share is told (26)",
        why="keeps a ratio of two sampled shares finite",
    ),
    Constant(
        "limited_deadly: Number = 0.3",
        "equations/crisis.py",
        "share of limited uses of force in which people die: what counts as fatal for spending (19)",
        "GML: 26 % of disputes since 1950 fatal, 73 % with force, so about a third",
        SCALE + ": `war_risk_weight`",
    ),
    Constant("HELPED_WAR_SHARE", "engine/crises.py", "share of its losses in war that a helped target still bears"),
    Constant(
        "0.2 * attrition",
        "engine/crises.py",
        "losses of the guarantor that fights, relative to its ally's",
    ),
    Constant("np.minimum(lost, 0.6)", "engine/crises.py", "most of its stock that a state can lose in a year"),
    Constant("np.minimum(wars, 3.0)", "engine/crises.py", "most wars that count at once", why=BOUND),
    Constant(
        "1.2 * habit",
        "equations/effort.py",
        "a public bears at least a fifth more than it is used to (20)",
    ),
    Constant(
        "np.clip(tolerance, -0.9, 1.0)",
        "equations/effort.py",
        "mood takes at most nine tenths off what a public bears, and at most doubles it (20)",
    ),
    Constant(
        "np.maximum(debt_limit - debt, 0.0) * 0.1",
        "equations/effort.py",
        "share of the distance to the debt limit that is open in a year (20)",
        why=SCALE + ": `fiscal_speed`",
    ),
    Constant(
        "1.0 + 0.3 * growth",
        "equations/effort.py",
        "share of growth by which the debt ratio falls; the rest is new borrowing",
    ),
    Constant("/ (1.0 + 0.3 * growth), 0.0, 4.0", "equations/effort.py", "most debt, share of GDP", why=BOUND),
    Constant("MOST_SHARE", "engine/spending.py", "most of its product a state can spend", why=BOUND),
    Constant(
        "given * 0.01",
        "engine/ceilings.py",
        "a full money channel is a hundredth of the ally's product",
        why=SCALE + ": `money_value`",
    ),
    Constant(
        "PROGRAMME_YEARS",
        "engine/portfolio.py",
        "years of flexible money that an option is judged by (22)",
        ASSUMED,
        "a design of the choice, not of the world",
    ),
    Constant(
        "LEAST_WORTH",
        "engine/portfolio.py",
        "worth a year below which a difference hardly moves money (22)",
        why=SCALE + ": `portfolio_precision`",
    ),
    Constant("NEW_OPTION_HABIT", "engine/options.py", "habitual share of each option without a stock behind it (22)"),
    Constant(
        "dislike[Option.RESERVE] = 0.3",
        "engine/portfolio.py",
        "dislike of leaving money unspent, on the scale of the best programme (22)",
    ),
    Constant(
        "arms_on_offer(situation.support, setting) > 0.05",
        "engine/portfolio.py",
        "arms channel below which nothing can be bought from the guarantor",
        why=BOUND,
    ),
    Constant(
        "np.maximum(rows(state.resolve, layout.pool_of[mine]), 0.05)",
        "engine/portfolio.py",
        "least resolve by which a pool's worth is reckoned",
        why="keeps a ratio finite",
    ),
    Constant(
        "gdp * 0.01",
        "engine/portfolio.py",
        "unit in which spending on a pool binds it: a hundredth of product",
        why=SCALE + ": `pool_resolve_gain`",
    ),
    Constant(
        'setting.p["absorption"] * 1.2',
        "engine/procure.py",
        "industry absorbs a fifth more orders than the sampled share of stock (24)",
        why=SCALE + ": `absorption`",
    ),
    Constant("np.maximum(state.gdp, 1e-6), 0.0, 4.0", "engine/procure.py", "most debt, share of GDP", why=BOUND),
    Constant(
        "1.0 - 0.5 * absorbed",
        "equations/stocks.py",
        "what a coin buys at the absorptive cap (24)",
        "form of the first design",
        SCALE + ": `absorption`",
    ),
    Constant(
        "4.0 * (enablers - threshold)",
        "equations/capability.py",
        "how sharply shared enablers start to work at their threshold (40)",
        why="the threshold is sampled",
    ),
    Constant("LEAVE_CAP", "engine/pools.py", "most who leave or join a pool in a year, of those who would"),
    Constant(
        "joint + 0.5 * training",
        "engine/pools.py",
        "training builds interoperability half as fast as buying together (26)",
        why=SCALE + ": `interoperability_gain`",
    ),
    Constant(
        "free_riding_contribution(0.2, 0.2 * others,",
        "engine/pools.py",
        "what a pool needs of a member, share of its forces",
        why=ALIKE + ": `joining_cost`",
    ),
    Constant(
        'contribution, 0.3, p["autonomy_weight"]',
        "engine/pools.py",
        "autonomy given up by members",
        why=SCALE + ": `autonomy_weight`",
    ),
    Constant(
        "0.01 * product",
        "engine/pools.py",
        "unit in which common spending binds a pool: a hundredth of product",
        why=SCALE + ": `pool_resolve_gain`",
    ),
    Constant("OFFER_CAP", "engine/concessions.py", "most who give ground in a year, of those who would (27)"),
    Constant(
        "np.maximum(standoff.stake, 0.2)",
        "engine/concessions.py",
        "an offer costs pride as if the stake were at least this (27)",
    ),
    Constant(
        "FIRST_ARSENAL",
        "engine/weapons.py",
        "warheads of a state that armed itself since the start, and those that others see coming while it pursues them",
    ),
    Constant(
        "0.5 * (1.0 + opinion), 0.05",
        "equations/nuclear.py",
        "support for the bomb counts as 5 to 95 % of a public",
        why=BOUND,
    ),
    Constant(
        "0.5 + np.minimum(state.portfolio[Option.NUCLEAR] * 4.0, 1.0)",
        "engine/weapons.py",
        "pace of a programme: half without money of its own, half as fast again at a quarter of flexible money",
    ),
    Constant(
        "base * (0.5 + reassurance + leverage), 0.0, 0.9",
        "equations/nuclear.py",
        "reassurance and hold at which giving up a programme has its base chance, and most of that chance",
        why=SCALE + ": `reversal`",
    ),
    Constant(
        "3.0 / (years_without_latency",
        "equations/nuclear.py",
        "stages of a nuclear programme",
        "form of the first design",
        "a design of the count",
    ),
    Constant(
        "0.2 * distance",
        "equations/hostility.py",
        "threat that each unit of distance takes off a neighbour's wish to balance (33)",
    ),
)


@cache
def _text(where: str) -> str:
    return (SOURCE / where).read_text(encoding="utf-8")


def _plain(text: str) -> str:
    return " ".join(text.split())


@cache
def _assigned(where: str) -> dict[str, ast.expr]:
    """Values assigned at the top of a module, by name."""
    body = ast.parse(_text(where)).body
    pairs = [(n.targets[0], n.value) for n in body if isinstance(n, ast.Assign) and len(n.targets) == 1]
    return {name.id: value for name, value in pairs if isinstance(name, ast.Name)}


def shown(constant: Constant) -> str:
    """The number as the code has it. Raises KeyError or ValueError when the code has it no more."""
    if constant.code.isidentifier():
        value = _assigned(constant.where)[constant.code]
        if isinstance(value, ast.Dict):
            pairs = zip(value.keys, value.values, strict=True)
            return f"`{constant.code}` " + ", ".join(f"{ast.literal_eval(k or v)} {ast.unparse(v)}" for k, v in pairs)
        text = ast.unparse(value)
        for wrapper in ("np.array(", "np.float32("):
            text = text.removeprefix(wrapper)
        return f"`{constant.code}` {text.removesuffix(')').removesuffix(', dtype=np.float32')}"
    if _plain(constant.code) not in _plain(_text(constant.where)):
        msg = f"{constant.where} has no {constant.code}"
        raise ValueError(msg)
    return f"`{_plain(constant.code).strip(' ,')}`"


def lost() -> list[str]:
    """Constants listed here that the code has no more."""
    found = []
    for constant in CONSTANTS:
        try:
            shown(constant)
        except (KeyError, ValueError):
            found.append(f"{constant.where}: {constant.code}")
    return found


def unlisted() -> list[str]:
    """Fractions and large numbers in the model's rooms that are neither listed here nor plain, as file:line: text."""
    found = []
    for room in ROOMS:
        for path in sorted((SOURCE / room).glob("*.py")):
            where = f"{room}/{path.name}"
            listed = [c for c in CONSTANTS if c.where == where]
            names = {c.code for c in listed if c.code.isidentifier()}
            parts = [_plain(c.code) for c in listed if not c.code.isidentifier()]
            for line, text, name in _numbers(where):
                if name not in names and not any(part in text for part in parts):
                    found.append(f"{where}:{line}: {text[:100]}")
    return found


def _tells(value: float) -> bool:
    return abs(value) not in PLAIN and abs(value) > GUARD


def _name(node: ast.AST) -> str:
    """Name that a statement assigns to, or nothing."""
    return node.targets[0].id if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) else ""


def _numbers(where: str) -> Iterator[tuple[int, str, str]]:
    """Each number that means something: line, statement around it, name it is assigned to at the top of the module."""
    text = _text(where)

    def walk(node: ast.AST, statement: ast.stmt | None, name: str) -> Iterator[tuple[int, str, str]]:
        for child in ast.iter_child_nodes(node):
            inner = child if isinstance(child, ast.stmt) else statement
            named = _name(child) if isinstance(node, ast.Module) else name
            if isinstance(child, ast.Constant) and isinstance(child.value, float) and _tells(child.value):
                around = ast.get_source_segment(text, inner) if inner is not None else ""
                yield child.lineno, _plain(around or ""), named
            yield from walk(child, inner, named)

    yield from walk(ast.parse(text), None, "")


def table() -> str:
    """The table of docs/model.md."""
    names = ("Constant", "Where", "What it does", "Source", "Why no future draws it")
    rows = [(shown(c), f"`{c.where}`", c.meaning, c.source, c.why) for c in CONSTANTS]
    return "\n".join(grid(names, rows).markdown())
