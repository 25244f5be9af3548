"""What the page can draw of an answer, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus import charts, words
from foedus.app.picture import Picture, bare, key_of, skeleton
from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES
from foedus.errors import UnknownName
from foedus.results import Headline, Results, stake_gdp
from foedus.results.answer import ally_names
from foedus.results.error import standard_errors
from foedus.results.headline import LEAST_FUTURES, MOST_SURE
from foedus.results.outbreak import chance_of_a_war
from foedus.results.pairs import pair_chances
from foedus.results.stamp import chances_note, errors_note
from foedus.world import World

SHOWN = 14
"""Places in a picture of many."""

DUMBBELL = (
    "Ring: under {against}. Dot: under {posture}. Band: nine paired futures in ten. Red higher, blue lower where nine "
    "in ten agree; grey where they do not, or where both sides read alike."
)
FAN = "Line: mean over futures. Dark band: half of the futures. Light band: nine in ten."

Values = charts.Values

Errors = NDArray[np.float64]


@dataclass(frozen=True)
class Ask:
    """Which picture, and of whom.

    kind    name of the picture
    ally    iso3, for pictures of one ally
    allies  iso3 of the allies shown, for pictures of many; those that change most when empty
    """

    kind: str
    ally: str = ""
    allies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sight:
    """An answer ready to be drawn: results, their headlines, and states by name."""

    results: Results
    rows: Sequence[Headline]
    world: World
    names: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(results: Results, rows: Sequence[Headline], world: World) -> Sight:
        """The same with the names of allies."""
        return Sight(results, rows, world, ally_names(results, world.states.names))

    @property
    def roles(self) -> dict[str, str]:
        """Name of each side."""
        return self.results.roles

    @property
    def paired(self) -> bool:
        """Whether two sides are compared."""
        return "against" in self.roles

    def caption(self, text: str) -> str:
        """A caption with the names of the two sides."""
        return text.format(posture=self.roles["posture"], against=self.roles.get("against", "the same"))


def riskiest(rows: Sequence[Headline], most: int = SHOWN) -> list[str]:
    """The allies whose chance of war or loss is largest on either side, by iso3."""

    def risk(row: Headline) -> float:
        side = row.against or row
        return max(row.war, side.war, row.loss.mean / 10.0, side.loss.mean / 10.0)

    loud = [row for row in rows if not row.safe]
    return [row.ally for row in sorted(loud, key=lambda row: -risk(row))[:most]]


def most_changed(rows: Sequence[Headline], most: int = SHOWN) -> list[str]:
    """The allies whose chance of war or loss changes most, by iso3; those most at risk where nothing is compared."""

    def change(row: Headline) -> float:
        side = row.against or row
        return 4.0 * abs(row.war - side.war) + abs(row.difference.mean if row.difference else 0.0)

    loud = [row for row in rows if not row.safe]
    if all(row.against is None for row in loud):
        return riskiest(rows, most)
    return [row.ally for row in sorted(loud, key=lambda row: -change(row))[:most]]


def draw(seen: Sight, ask: Ask) -> Picture:
    """The picture asked for; raise UnknownName for one that there is not, or for another than an ally."""
    if ask.kind not in PICTURES:
        raise UnknownName("picture", ask.kind, PICTURES)
    for ally in filter(None, (ask.ally, *ask.allies)):
        if ally not in seen.results.allies:
            raise UnknownName("ally", ally, seen.results.allies)
    return PICTURES[ask.kind].draw(seen, ask).of_run(seen.results)


@dataclass(frozen=True)
class Facet:
    """A figure of each ally in each future, and how its panel is drawn."""

    title: str
    scale: charts.Scale
    values: Callable[[Results, str], Values]
    """by results and role: [A, N]"""


def _war(results: Results, role: str) -> Values:
    return 100.0 * chance_of_a_war(results.ally("war", role))


def _loss(results: Results, role: str) -> Values:
    return np.asarray((results.loss(role) * stake_gdp(results)).mean(axis=0))


def _mean(measure: str, times: float = 100.0) -> Callable[[Results, str], Values]:
    return lambda results, role: np.asarray(times * results.ally(measure, role).mean(axis=0))


def _last(measure: str, times: float = 100.0) -> Callable[[Results, str], Values]:
    return lambda results, role: np.asarray(times * results.ally(measure, role)[-1])


def _armed(results: Results, role: str) -> Values:
    return np.asarray(100.0 * (results.ally("nuclear", role)[-1] >= 3.0))


def pairs_of(seen: Sight, panel: Facet, allies: Sequence[str]) -> tuple[list[charts.Pair], Errors]:
    """Before, now and the band of the paired change of some allies, in their order; errors of now and of the change."""
    places = [seen.results.allies.index(ally) for ally in allies]
    now = panel.values(seen.results, "posture")[places]
    before = panel.values(seen.results, "against")[places] if seen.paired else now
    errors = np.stack([standard_errors(values, seen.results.twins()) for values in (now, now - before)])
    return [_pair(seen.names[ally], before[row], now[row]) for row, ally in enumerate(allies)], errors


def _pair(name: str, before: Values, now: Values) -> charts.Pair:
    gap, was = now - before, float(before.mean())
    low, high = (was + float(x) for x in np.quantile(gap, (0.05, 0.95)))
    up, down = float((gap > 0.0).mean()), float((gap < 0.0).mean())
    visible = words.significant(was) != words.significant(float(now.mean()))
    clear = visible and gap.size >= LEAST_FUTURES and max(up, down) >= MOST_SURE
    return charts.Pair(name, was, float(now.mean()), low, high, (1 if up > down else -1) if clear else 0)


def _dumbbells(kind: str, title: str, *panels: Facet) -> Callable[[Sight, Ask], Picture]:
    def picture(seen: Sight, ask: Ask) -> Picture:
        allies = list(ask.allies) or most_changed(seen.rows)
        last = str(seen.results.years[-1])
        made = {panel.title.replace("LAST", last): pairs_of(seen, panel, allies) for panel in panels}
        pairs, errors = {name: one[0] for name, one in made.items()}, {name: one[1] for name, one in made.items()}
        scales = {panel.title.replace("LAST", last): panel.scale for panel in panels}
        structure = ("dumbbells", *pairs)
        spec = skeleton(structure, lambda: charts.dumbbells(pairs, scales))
        table = [
            [
                seen.names[ally],
                *(cell for name, rows in pairs.items() for cell in _cells(rows[place], errors[name][:, place])),
            ]
            for place, ally in enumerate(allies)
        ]
        heads = ["Ally", *(f"{name}, {side}" for name in pairs for side in CELLS)]
        rows = [charts.pair_rows(rows) for rows in pairs.values()]
        said = title.replace("LAST", last)
        exact = errors_note({name: float(held[0].max(initial=0.0)) for name, held in errors.items()})
        return Picture(kind, said, seen.caption(DUMBBELL), key_of(structure), spec, rows, heads, table, exact)

    return picture


CELLS = ("before", "now", "±", "change in nine of ten", "± of the mean change")
"""What the table behind a picture of before and now says in each panel."""


def _cells(pair: charts.Pair, errors: Errors) -> tuple[str, ...]:
    """Cells of a place; errors of the figure now and of its change, [2]."""
    low, high = (words.signed(end - pair.before) for end in (pair.low, pair.high))
    own, gap = (words.significant(float(error)) for error in errors)
    return words.significant(pair.before), words.significant(pair.now), own, f"{low} to {high}", gap


def _fan(kind: str, title: str, unit: str, path: Callable[[Results, str, int], Values], *, log: bool = False) -> Any:
    def picture(seen: Sight, ask: Ask) -> Picture:
        ally = ask.ally or riskiest(seen.rows)[0]
        place = seen.results.allies.index(ally)
        paths = {seen.names[ally]: {name: path(seen.results, role, place) for role, name in seen.roles.items()}}
        return fan_picture(seen, kind, f"{seen.names[ally]}: {title}", unit, paths, log=log)

    return picture


def fan_picture(
    seen: Sight, kind: str, title: str, unit: str, paths: Mapping[str, Mapping[str, Values]], *, log: bool = False
) -> Picture:
    """A fan over the years, one panel."""
    years = seen.results.years
    structure = ("fan", kind, *paths, *seen.roles.values(), unit, log)
    spec = skeleton(structure, lambda: charts.fans(paths, years, "", unit, log=log, mean=True, columns=1))
    rows = charts.fan_rows(paths, years, log=log, mean=True)
    errors = {
        (panel, side): standard_errors(np.asarray(path), seen.results.twins())
        for panel, sides in paths.items()
        for side, path in sides.items()
    }
    table = [
        [
            row["posture"],
            str(row["year"]),
            words.significant(row["q50"]),
            words.significant(float(errors[row["panel"], row["posture"]][years.index(row["year"])])),
            *(words.significant(row[q]) for q in ("q05", "q95")),
        ]
        for row in rows
        if row["year"] in (years[0], years[len(years) // 2], years[-1])
    ]
    heads = ["Side", "Year", f"mean, {unit}", "±", "one in twenty below", "one in twenty above"]
    exact = errors_note({unit: max(float(held.max()) for held in errors.values())})
    return Picture(kind, title, FAN, key_of(structure), spec, [rows], heads, table, exact)


def _map(seen: Sight, _ask: Ask) -> Picture:
    states = seen.world.states
    places = {
        iso: (float(lon), float(lat))
        for iso, lon, lat in zip(states.iso3, states.longitude, states.latitude, strict=True)
    }
    rows = [row for row in seen.rows if not row.safe]
    table = [
        [
            seen.names[row.ally],
            words.significant(row.loss.mean),
            words.significant(row.loss.error),
            words.times(row.times),
        ]
        for row in rows
    ]
    heads = ["Ally", "expected loss, % of GDP a year", "±", "times as large"]
    exact = errors_note({"loss, % of GDP a year": max((row.loss.error for row in rows), default=float("nan"))})
    if not seen.paired:
        levels = {row.ally: row.loss.mean for row in rows}
        structure: tuple[Any, ...] = ("map of levels", len(levels) <= 4)
        spec = skeleton(structure, lambda: charts.map_of_levels(levels, places, "", "% of GDP, mean"))
        layers = charts.map_layers({iso: {"value": value} for iso, value in levels.items()}, places)
        title = f"Expected yearly loss under {seen.roles['posture']}"
        return Picture("map", title, BORDERS, key_of(structure), spec, bare(layers), heads, table, exact)
    moved = [row for row in rows if row.moved and row.times is not None]
    clear = {row.ally: row.times for row in moved if row.times is not None and row.direction}
    unclear = [row.ally for row in moved if not row.direction]
    still = [row.ally for row in rows if row not in moved]
    structure = ("map of change", len(rows) <= 4)
    spec = skeleton(structure, lambda: charts.map_of_change(clear, unclear, still, places, ""))
    layers = charts.map_layers(
        {iso: {"value": value} for iso, value in clear.items()}, places, charts.plain_of(unclear, still)
    )
    title = f"Loss under {seen.roles['posture']} against {seen.roles['against']}"
    caption = (
        f"Grey: direction not clear. White: hardly changes. Other land: no ally that somebody challenges. {BORDERS}"
    )
    return Picture("map", title, caption, key_of(structure), spec, bare(layers), heads, table, exact)


BORDERS = "Borders as the source, Natural Earth, draws them."


def _who_fights(seen: Sight, ask: Ask) -> Picture:
    """The pairs likeliest to see a war on either side, or those of one ally."""
    names, last = seen.world.states.names, seen.results.years[-1]
    sides = ({ask.ally},) if ask.ally else ()
    now = pair_chances(seen.results, "posture", sides)
    before = {(p.challenger, p.target): p for p in pair_chances(seen.results, "against", sides)} if seen.paired else {}
    rows = []
    for pair in now[:SHOWN]:
        was = before.get((pair.challenger, pair.target), pair).in_all
        name = f"{names[pair.challenger]} → {names[pair.target]}"
        rows.append(charts.Pair(name, 100 * was, 100 * pair.in_all, 100 * was, 100 * pair.in_all))
    title = f"Chance that a war begins by {last}, %"
    structure = ("pairs", title)
    pairs = {title: rows}
    spec = skeleton(structure, lambda: charts.dumbbells(pairs, {title: charts.Scale("per cent", 0.5)}, 420))
    table = [[row.name, words.significant(row.before), words.significant(row.now)] for row in rows]
    heads = ["Challenger → target", f"{title}, before", "now"]
    caption = seen.caption("Ring: under {against}. Dot: under {posture}. The challenger is named first.")
    said = f"Who might fight whom{f', {seen.names[ask.ally]}' if ask.ally else ''}"
    exact = chances_note(seen.results.points)
    return Picture("pairs", said, caption, key_of(structure), spec, [charts.pair_rows(rows)], heads, table, exact)


def _guarantor(measure: str, title: str) -> Callable[[Sight, Ask], Picture]:
    def picture(seen: Sight, _ask: Ask) -> Picture:
        results, name = seen.results, seen.results.main_guarantor
        place = results.guarantors.index(name)
        paths = {
            seen.world.states.names[name]: {
                side: results.guarantor(measure, role)[:, place] for role, side in seen.roles.items()
            }
        }
        return fan_picture(
            seen, measure, f"{seen.world.states.names[name]}: {title}", MEASURES[Group.GUARANTOR][measure].unit, paths
        )

    return picture


def _order(seen: Sight, _ask: Ask) -> Picture:
    results = seen.results
    regions = [r for r, name in enumerate(results.rows(Group.REGION)) if results.region("powers")[0, r].any()]
    paths = {
        results.rows(Group.REGION)[r]: {side: results.region("powers", role)[:, r] for role, side in seen.roles.items()}
        for r in regions[:3]
    }
    return fan_picture(seen, "order", "How many powers count in each region", "effective number of powers", paths)


@dataclass(frozen=True)
class Offer:
    """A picture the page offers: its name in the list, whether it is of one ally, and what draws it."""

    label: str
    of_ally: bool
    draw: Callable[[Sight, Ask], Picture]


WAR = Facet("War by LAST, chance in %", charts.Scale("per cent", 0.5), _war)
LOSS = Facet("Loss a year, % of GDP", charts.Scale("per cent of GDP a year", 0.5), _loss)

PICTURES: dict[str, Offer] = {
    "risks": Offer("War and loss by ally", False, _dumbbells("risks", "Who is at risk", WAR, LOSS)),
    "map": Offer("Map of losses", False, _map),
    "loss": Offer(
        "Loss over the years", True,
        _fan("loss", "expected loss", "% of GDP a year",
             lambda r, role, a: np.asarray(r.loss(role)[:, a] * stake_gdp(r)), log=True),
    ),
    "war": Offer(
        "War, year by year", True,
        _fan("war", "chance of a war in a year", "per cent", lambda r, role, a: 100.0 * r.ally("war", role)[:, a]),
    ),
    "pairs": Offer("Who might fight whom", False, _who_fights),
    "belief": Offer(
        "Belief in the promise", True,
        _fan("belief", "chance of help, as it believes", "per cent",
             lambda r, role, a: 100.0 * r.ally("promise_ally", role)[:, a]),
    ),
    "spending": Offer(
        "Military spending", True,
        _fan("spending", "military spending", "% of GDP",
             lambda r, role, a: 100.0 * r.ally("spending", role)[:, a]),
    ),
    "spending_all": Offer(
        "Spending by ally", False,
        _dumbbells("spending_all", "What allies spend",
                   Facet("Mean over the years, % of GDP", charts.Scale("per cent of GDP"), _mean("spending")),
                   Facet("In LAST, % of GDP", charts.Scale("per cent of GDP"), _last("spending"))),
    ),
    "belief_all": Offer(
        "Belief by ally", False,
        _dumbbells("belief_all", "Would the guarantor come?",
                   Facet("Chance, as the ally believes, %", charts.Scale("per cent"), _mean("promise_ally")),
                   Facet("As the challenger believes, %", charts.Scale("per cent"), _mean("promise_adversary"))),
    ),
    "nuclear": Offer(
        "Nuclear weapons", False,
        _dumbbells("nuclear", "Who might have nuclear weapons",
                   Facet("Armed in LAST, chance in %", charts.Scale("per cent", 0.5), _armed),
                   Facet("Ground lost by LAST, % of what is at issue", charts.Scale("per cent", 0.5),
                         _last("conceded"))),
    ),
    "rivals": Offer(
        "Leaning to rivals", False,
        _dumbbells("rivals", "Who leans to rivals",
                   Facet("Leans to rivals in LAST, %", charts.Scale("per cent"), _last("lean_rival")),
                   Facet("Tension with the guarantor, 0-2", charts.Scale("index"), _last("tension", 1.0))),
    ),
    "cost": Offer("Guarantor: cost", False, _guarantor("cost", "what its guarantees cost")),
    "involvement": Offer("Guarantor: wars", False, _guarantor("involvement", "wars it is drawn into")),
    "reputation": Offer("Guarantor: reputation", False, _guarantor("reputation", "reputation")),
    "order": Offer("Order: powers", False, _order),
}  # fmt: skip
"""Every picture, by the name that the page asks for."""
