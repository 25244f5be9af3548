"""Natural experiments: what the guarantor did, run on the world of the year before, beside what states then spent.

Each is declared here with its shock, its exposed and unexposed states, its years and its criteria; `verdicts` are
computed. The shock is what was announced or done (troop counts are the record's, an input); how states answered is
never used to make a run. Nothing in the model is fitted to these years.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from foedus.hindcasts.registry import Criterion, Found, FoundMeasure, HindcastSetting, Registered
from foedus.panels.files import DataFolder
from foedus.past import Past, measured, run_past, world_of
from foedus.posture import Change, Event, Posture, Schedule
from foedus.terms import NuclearStatus
from foedus.world import World

Floats = NDArray[np.floating]
Further = Callable[[Past, Past], tuple[FoundMeasure, ...]]

EXCESS = "excess rise of the exposed, log points"
EFFECT = "what the shock adds to the exposed, log points"
SPILL = "what the shock adds to the others, log points"
PLACE = "share of futures below the record"
NOISE = "the record's excess over the usual spread of such changes"

IN_RANGE = Criterion(PLACE, 0.05, 0.95, why="the record lies within the model's 90 per cent range")

VINTAGE = "NMC 7.0, World Bank, ATOP 5.1, GML 2.2.1, TSS, troopdata 2025, Bleek, to the first year; burdens after it"


@dataclass(frozen=True)
class Experiment:
    """What a guarantor did, and who should have answered.

    year             the world's year; the run begins with it
    last             last year of the run
    shock            the posture, made from the record of troops
    events           what moved besides
    exposed, others  states compared
    since, until     years whose burdens are compared
    further          further figures from the run with the shock and the one without
    """

    year: int
    last: int
    shock: Callable[[DataFolder], Posture]
    exposed: tuple[str, ...]
    others: tuple[str, ...]
    since: int
    until: int
    events: tuple[Event, ...] = ()
    further: Further | None = None

    def __call__(self, setting: HindcastSetting) -> Found:
        """Run with and without the shock, with common random numbers, and measure."""
        folder = setting.folder
        world = world_of(self.year, folder)
        run = runner(world, self.last, setting)
        with_it, without = run(posture=self.shock(folder), events=self.events), run()
        risen, spilled = (with_it.rise(isos, self.since, self.until) for isos in (self.exposed, self.others))
        excess = risen.mean(axis=0) - spilled.mean(axis=0)
        record = measured.rise(folder, self.exposed, self.since, self.until)
        beside = measured.rise(folder, self.others, self.since, self.until)
        seen = float(record.mean() - beside.mean())
        added = risen.mean(axis=0) - without.rise(self.exposed, self.since, self.until).mean(axis=0)
        leaked = spilled.mean(axis=0) - without.rise(self.others, self.since, self.until).mean(axis=0)
        usual = measured.usual_spread(folder, self.exposed, self.others, self.until - self.since, self.year)
        note = f"burdens {self.since} to {self.until}: {_listed(self, record, beside)}"
        figures = (
            spread(EXCESS, excess, published=seen, note=note),
            self.effect(added, world),
            spread(SPILL, leaked),
            FoundMeasure(PLACE, float(np.mean(excess < seen))),
            FoundMeasure(
                NOISE, None if np.isnan(usual) else abs(seen) / usual, note="how far the record stands out at all"
            ),
        )
        further = self.further(with_it, without) if self.further else ()
        return Found((*figures, *further), rows=setting.futures, why=_in_words(seen, float(np.median(excess)), usual))

    def effect(self, added: Floats, world: World) -> FoundMeasure:
        """What the shock adds to the exposed; no figure when it can add nothing, since that agrees with everything."""
        if added.any():
            return spread(EFFECT, added, note="against the same luck without the shock")
        faced = {world.states.iso3[target] for target in world.pairs.target}
        idle = [iso for iso in self.exposed if iso not in faced]
        reason = f"; nobody challenges {', '.join(idle)} in the world of {self.year}" if idle else ""
        return FoundMeasure(EFFECT, None, note=f"exactly 0 in every future, so it tests nothing{reason}")


def _in_words(seen: float, ours: float, usual: float) -> str:
    said = f"The record's excess is {seen:+.2f} log points, the model's {ours:+.2f}"
    if np.isnan(usual):
        return f"{said}; too few earlier years to say how unusual that is"
    plain = "no more than" if abs(seen) <= 2.0 * usual else "more than"
    return f"{said}; {plain} twice the spread of earlier years ({usual:.2f}), which the model does not have"


def runner(world: World, last: int, setting: HindcastSetting) -> Callable[..., Past]:
    """What runs a world to a year with a setting's futures and seed, given a posture and events."""
    return partial(run_past, world, last, futures=setting.futures, seed=setting.seed, threads=setting.threads)


def spread(measure: str, values: Floats, published: float | None = None, note: str = "") -> FoundMeasure:
    """Median of futures with their 90 per cent range."""
    low, mid, high = np.quantile(values, [0.05, 0.5, 0.95])
    return FoundMeasure(measure, float(mid), float(low), float(high), published=published, note=note)


def _listed(test: Experiment, record: Floats, beside: Floats) -> str:
    pairs = zip(test.exposed + test.others, [*record, *beside], strict=True)
    return ", ".join(f"{iso} ×{np.exp(value):.2f}" for iso, value in pairs)


def path(*dated: tuple[int, float]) -> Schedule:
    """Levels by year."""
    return Schedule(tuple(year for year, _ in dated), tuple(level for _, level in dated))


def recorded_troops(folder: DataFolder, iso3: str, years: Sequence[int]) -> Change:
    """Troops in a state as the record has them, relative to the first year, at most twice."""
    count = measured.us_troops(folder, iso3, years)
    level = np.minimum(count / max(count[0], 1.0), 2.0)
    return Change(iso3, "troops", Schedule(tuple(years), tuple(float(x) for x in level)))


def shocked(name: str, changes: Sequence[Change]) -> Posture:
    """A posture of the United States."""
    return Posture(name, name, "", changes=tuple(changes), guarantor="USA")


def _guam(folder: DataFolder) -> Posture:
    """Troops in Asia as they left, and a statement that Asians should defend themselves: reinforcement a tenth down."""
    years = range(1969, 1974)
    gone = [recorded_troops(folder, iso, years) for iso in ("KOR", "TWN", "THA", "PHL", "JPN", "VDR")]
    return shocked("guam", [*gone, Change("Indo-Pacific", "reinforcement", path((1969, 1.0), (1970, 0.9)))])


def _saigon(folder: DataFolder) -> Posture:
    """South Vietnam left in 1975; the plan of 1977 to withdraw from Korea; troops in Taiwan as they left."""
    return shocked(
        "saigon",
        [
            Change("VDR", "all", path((1974, 1.0), (1975, 0.0))),
            recorded_troops(folder, "TWN", range(1974, 1982)),
            recorded_troops(folder, "KOR", range(1974, 1982)),
            Change("KOR", "reinforcement", path((1976, 1.0), (1977, 0.7), (1979, 0.7), (1980, 1.0))),
            Change("KOR", "pledge", path((1976, 1.0), (1977, 0.8), (1979, 0.8), (1980, 1.0))),
        ],
    )


def _taiwan(folder: DataFolder) -> Posture:
    """Pact ended with 1979 after a year's notice, troops gone, arms kept."""
    return shocked(
        "derecognition",
        [
            Change("TWN", "pledge", path((1978, 1.0), (1979, 0.6), (1980, 0.4))),
            Change("TWN", "nuclear", path((1978, 1.0), (1980, 0.0))),
            recorded_troops(folder, "TWN", range(1978, 1984)),
        ],
    )


def _anzus(_folder: DataFolder) -> Posture:
    """Obligation to New Zealand suspended in 1986; intelligence and exercises cut from 1985."""
    return shocked(
        "anzus",
        [
            Change("NZL", "pledge", path((1985, 1.0), (1986, 0.4))),
            Change("NZL", "nuclear", path((1985, 1.0), (1986, 0.0))),
            Change("NZL", "intelligence", path((1984, 1.0), (1985, 0.5))),
            Change("NZL", "training", path((1984, 1.0), (1985, 0.3))),
        ],
    )


def _korean_programmes(shock: Past, without: Past) -> tuple[FoundMeasure, ...]:
    """Nuclear status of Korea and Taiwan, how soon burdens rose, and Korea's return."""
    taiwan, korea = shock.state("TWN"), shock.state("KOR")
    at = shock.years.index(1978)
    spike = shock.nuclear[at, [taiwan, korea]].mean() - without.nuclear[at, [taiwan, korea]].mean()
    end = shock.years.index(1981)
    quits = np.mean(shock.nuclear[end, korea] < NuclearStatus.PURSUES)
    early, late = (
        np.median((shock.rise(("KOR", "TWN"), 1975, until) - without.rise(("KOR", "TWN"), 1975, until)).mean(axis=0))
        for until in (1976, 1979)
    )
    return (
        FoundMeasure("rise in nuclear status of Korea and Taiwan, 1978", float(spike), note="on a scale of 0 to 3"),
        FoundMeasure(
            "chance that Korea has stopped pursuing by 1981", float(quits), published=1.0, note="it stopped (Bleek)"
        ),
        FoundMeasure(
            "what the shock adds by 1976, over what it adds by 1979", float(early / late) if late > 0 else None
        ),
    )


def _no_war_over_taiwan(shock: Past, _without: Past) -> tuple[FoundMeasure, ...]:
    pairs = shock.world.states.iso3
    mine = [k for k, (a, b) in enumerate(shock.pairs) if (pairs[a], pairs[b]) == ("CHN", "TWN")]
    fought = shock.crises.war & np.isin(shock.crises.pair, mine)
    futures = shock.spending.shape[2]
    return (
        FoundMeasure(
            "chance of war over Taiwan by 1983", len(set(shock.crises.future[fought])) / futures, published=0.0
        ),
    )


def _quiet_new_zealand(shock: Past, _without: Past) -> tuple[FoundMeasure, ...]:
    state = shock.state("NZL")
    return (
        FoundMeasure(
            "chance that New Zealand explores the bomb", float(np.mean(shock.nuclear[:, state].max(axis=0) > 0.5))
        ),
    )


def _register(name: str, question: str, test: Experiment, *criteria: Criterion) -> Registered:
    return Registered(
        name=name,
        theme="natural experiments",
        kind="out of sample",
        question=question,
        vintage=VINTAGE,
        train=None,
        test=(test.since, test.until),
        baseline="",
        published="computed from NMC spending and World Bank product (Taiwan: Fariss and others)",
        criteria=criteria,
        run=test,
        needs="engine",
        quick=False,
    )


TESTS = (
    _register(
        "nixon-doctrine-1969",
        "Do Korea and Taiwan arm at once when the United States thins out in Asia?",
        Experiment(1969, 1973, _guam, ("KOR", "TWN"), ("JPN", "DEU", "NZL", "AUS"), 1969, 1973),
        Criterion(EFFECT, high=0.1, why="the record shows no immediate excess"),
        IN_RANGE,
    ),
    _register(
        "saigon-and-carter-1975",
        "Do the exposed allies alone arm, with a lag, and reach for the bomb, when Saigon falls and Korea is next?",
        Experiment(
            1974, 1981, _saigon, ("KOR", "TWN"), ("JPN", "AUS", "NZL", "DEU"), 1975, 1979, further=_korean_programmes
        ),
        Criterion(EFFECT, low=0.05, why="the exposed respond"),
        Criterion(SPILL, -0.05, 0.05, why="the others do not"),
        Criterion("what the shock adds by 1976, over what it adds by 1979", high=0.5, why="with a lag"),
        Criterion("rise in nuclear status of Korea and Taiwan, 1978", low=0.02, why="both explored (recalled)"),
        Criterion("chance that Korea has stopped pursuing by 1981", low=0.5, why="it did, under pressure"),
        IN_RANGE,
    ),
    _register(
        "taiwan-pact-ends-1980",
        "Does Taiwan arm, and is there no war, when the pact ends and arms go on?",
        Experiment(
            1978, 1983, _taiwan, ("TWN",), ("JPN", "AUS", "NZL", "DEU"), 1979, 1980, further=_no_war_over_taiwan
        ),
        Criterion(EFFECT, low=0.0, why="Taiwan arms"),
        Criterion("chance of war over Taiwan by 1983", high=0.05, why="there was none"),
        IN_RANGE,
    ),
    _register(
        "anzus-1985",
        "Does New Zealand, with no threat near, leave things as they are when it loses its guarantee?",
        Experiment(1984, 1989, _anzus, ("NZL",), ("AUS",), 1984, 1989, further=_quiet_new_zealand),
        Criterion(EFFECT, -0.05, 0.05, why="no threat, no hedging"),
        Criterion("chance that New Zealand explores the bomb", high=0.05, why="it did not"),
        IN_RANGE,
    ),
)
