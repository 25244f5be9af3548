"""Reading one ally's numbers from a run: each keeps the measures and the reduction it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.brief.levers import Lever
from foedus.brief.runs import Ran
from foedus.equations.effort import ceiling, fiscal_space
from foedus.results import stake_gdp, years_exposed
from foedus.results.headline import WINDOW
from foedus.results.outbreak import chance_of_a_war
from foedus.results.sources import LossTo, loss_sources
from foedus.terms import NuclearStatus

Values = NDArray[np.floating]
GROUND = 0.05
"""Ground conceded above which a future counts as one that gave way, share of the issue."""

LOSSES = ("loss_conceded", "loss_fought")


@dataclass(frozen=True)
class Simulated:
    """A number read from runs, with the middle nine tenths of the futures.

    unit      "% of GDP", "chance", "share", "year", "points"
    measures  measures of the record it was read from
    how       how futures and years were brought down to one number
    runs      names of the runs read
    """

    name: str
    label: str
    value: float
    low: float
    high: float
    unit: str
    measures: tuple[str, ...]
    how: str
    runs: tuple[str, ...]

    @property
    def beyond(self) -> bool:
        """Whether a few extreme futures carry the mean out of the range of nine in ten."""
        return not self.low <= self.value <= self.high


OVER_FUTURES = "median over futures, with the middle nine tenths"
EXPECTED = "mean over futures, with the middle nine tenths"
"""Losses are expectations, so they are means: a median year may be calm though a war is due in one future of five."""


def _expected(
    values: Values, name: str, label: str, unit: str, measures: tuple[str, ...], how: str, *runs: str
) -> Simulated:
    """Mean over futures; the range is that of the futures, so a few very bad ones can lift the mean above it."""
    low, high = (float(x) for x in np.quantile(values, (0.05, 0.95)))
    return Simulated(name, label, float(values.mean(dtype=np.float64)), low, high, unit, measures, how, runs)


def _of(values: Values, name: str, label: str, unit: str, measures: tuple[str, ...], how: str, *runs: str) -> Simulated:
    low, middle, high = (float(x) for x in np.quantile(values, (0.05, 0.5, 0.95)))
    return Simulated(name, label, middle, low, high, unit, measures, how, runs)


def _plain(
    value: float, name: str, label: str, unit: str, measures: tuple[str, ...], how: str, *runs: str
) -> Simulated:
    return Simulated(name, label, value, value, value, unit, measures, how, runs)


@dataclass(frozen=True)
class Reading:
    """One ally in one run."""

    run: Ran
    ally: str

    @cached_property
    def row(self) -> int:
        """Row of the ally in the record."""
        return self.run.results.allies.index(self.ally)

    @property
    def years(self) -> list[int]:
        """Years of the run."""
        return self.run.results.years

    def measure(self, name: str) -> Values:
        """One measure of the ally, [Y, N]."""
        return self.run.results.ally(name)[:, self.row]

    @cached_property
    def parts(self) -> tuple[Values, Values]:
        """Expected yearly loss by conceding and by fighting, % of GDP, [Y, N] each."""
        scale = stake_gdp(self.run.results)
        conceded, fought = (self.measure(name) * scale for name in LOSSES)
        return conceded, fought

    @cached_property
    def loss(self) -> Values:
        """Expected yearly loss, % of GDP, [Y, N]."""
        conceded, fought = self.parts
        return conceded + fought

    @property
    def mean_loss(self) -> Values:
        """Its mean over the years, [N]."""
        return np.asarray(self.loss.mean(axis=0))

    def losses(self, run: str) -> Iterator[Simulated]:
        """Loss over all years, now and at its worst; how long it stands above today's; how much is conceded.

        All are means over futures, so the worst year is never below the mean over years.
        """
        prefix = "" if run == "posture" else f"{run}-"
        title = "" if run == "posture" else f" under {run} support"
        mean = self.loss.mean(axis=1, dtype=np.float64)
        worst = int(np.argmax(mean))
        unit = "% of GDP"
        yield _expected(
            self.mean_loss, f"{prefix}loss", f"expected yearly loss{title}", unit, LOSSES,
            f"sum, mean over the years, {EXPECTED}", run,
        )  # fmt: skip
        yield _expected(
            self.loss[0], f"{prefix}loss-now", f"expected loss in {self.years[0]}{title}", unit, LOSSES,
            f"sum in the first year, {EXPECTED}", run,
        )  # fmt: skip
        yield _expected(
            self.loss[worst], f"{prefix}loss-worst", f"expected loss in {self.years[worst]}, the worst year{title}",
            unit, LOSSES, f"sum in the year whose mean is highest, {EXPECTED}", run,
        )  # fmt: skip
        yield _plain(
            self.years[worst], f"{prefix}worst-year", f"year of the highest expected loss{title}", "year", LOSSES,
            "year of the highest mean over futures", run,
        )  # fmt: skip
        yield _plain(
            years_exposed(mean), f"{prefix}window",
            f"years in which the loss stands a tenth or more above that of {self.years[0]}{title}", "years", LOSSES,
            f"years whose mean over futures exceeds {WINDOW} times the first year's", run,
        )  # fmt: skip
        conceded, fought = (float(part.mean()) for part in self.parts)
        yield _plain(
            conceded / max(conceded + fought, 1e-12), f"{prefix}conceded-part",
            f"part of the loss that is from concessions{title}", "share", LOSSES,
            "mean conceded over mean of both, over futures and years", run,
        )  # fmt: skip

    def dangers(self, run: str) -> Iterator[Simulated]:
        """Chance of a war, ground lost and the whole loss by the last year; to whom most is lost, and by what."""
        prefix = "" if run == "posture" else f"{run}-"
        title, last = "" if run == "posture" else f" under {run} support", self.years[-1]
        yield _plain(
            float(chance_of_a_war(self.measure("war")).mean()), f"{prefix}war-ever",
            f"chance of at least one war by {last}{title}", "chance", ("war",),
            "one less the product over years of a year in which none breaks out, mean over futures", run,
        )  # fmt: skip
        yield _plain(
            float(self.measure("conceded")[-1].mean()), f"{prefix}ground-lost",
            f"ground lost to the worst challenger by {last}{title}", "share", ("conceded",),
            "mean over futures in the last year", run,
        )  # fmt: skip
        yield _plain(
            float(self.loss.mean(axis=1, dtype=np.float64).sum()), f"{prefix}loss-total",
            f"expected loss of all years to {last}{title}", "% of GDP", LOSSES,
            "sum over the years of the mean over futures", run,
        )  # fmt: skip
        whole = sum(source.loss for source in self.lost_to)
        if run == "posture" and whole > 0.0:
            how = "by challenger, mean over years and futures, over that of all challengers"
            yield _plain(
                self.lost_to[0].share, "lost-to-share", f"part of the loss that goes to {self.lost_to[0].challenger}",
                "share", ("loss",), how, run,
            )  # fmt: skip
            yield _plain(
                sum(source.limited for source in self.lost_to) / whole, "limited-part",
                "part of the loss that is from force short of war", "share", ("loss_limited", "loss"),
                "sum over challengers, mean over years and futures, over the whole loss", run,
            )  # fmt: skip

            yield _plain(
                self.lost_to[0].sponsored / self.lost_to[0].loss, "sponsored-part",
                f"part of the loss to {self.lost_to[0].challenger} that is to fighters whom it sponsors", "share",
                ("loss_sponsored", "loss"), "mean over years and futures, over the loss to this challenger", run,
            )  # fmt: skip

    @cached_property
    def lost_to(self) -> tuple[LossTo, ...]:
        """What it loses to each of its challengers, most first."""
        return loss_sources(self.run.results).get(self.ally, ())

    def more_than(self, other: Reading) -> Simulated:
        """Loss less that of another run on the same random draws."""
        return _expected(
            self.mean_loss - other.mean_loss, "difference", f"expected yearly loss less that under {other.run.name}",
            "% of GDP", LOSSES, f"difference of each future's mean over the years, {EXPECTED}", "posture",
            other.run.name,
        )  # fmt: skip

    def removed(self, base: Reading, lever: Lever) -> tuple[Simulated, float]:
        """Share of the base run's expected loss that this what-if removes, and share of futures with less loss."""
        before, after = base.mean_loss, self.mean_loss
        how = "one less the ratio of mean losses with and without, over futures and years; range: the same by future"
        label = f"share of the expected loss removed by {lever.words}"
        whole = 1.0 - float(after.mean(dtype=np.float64)) / max(float(before.mean(dtype=np.float64)), 1e-12)
        low, high = (float(x) for x in np.quantile(1.0 - after / np.maximum(before, 1e-12), (0.05, 0.95)))
        names = (lever.key, base.run.name)
        number = Simulated(f"what-if-{lever.key}", label, whole, low, high, "share", LOSSES, how, names)
        return number, float((after < before).mean())

    @cached_property
    def covered(self) -> NDArray[np.bool_]:
        """Where the guarantee covers the worst challenger, [Y, N]."""
        return np.asarray(self.measure("promise_true") > 0.0)

    def promises(self) -> Iterator[Simulated]:
        """Chance the promise is kept, true and as seen, now and when lowest; how often it does not apply."""
        yield _plain(
            float(1.0 - self.covered[0].mean()), "uncovered",
            "futures whose worst challenger the guarantee does not cover, such as a fellow ally", "share",
            ("promise_true",), "share of futures in which the chance is zero in the first year", "posture",
        )  # fmt: skip
        if not self.covered[0].any():
            return
        seen = {
            "ally": "as the ally estimates it",
            "adversary": "as its worst challenger estimates it",
            "true": "in the model",
        }
        path = [_median(values, mask) for values, mask in zip(self.measure("promise_ally"), self.covered, strict=True)]
        lowest = int(np.nanargmin(path))
        for key, words in seen.items():
            values = self.measure(f"promise_{key}")
            for when, year in (("now", 0), ("lowest", lowest)):
                mask = self.covered[year]
                label = f"chance that the guarantor fights, {words}, in {self.years[year]}"
                name, measure = f"promise-{key}-{when}", (f"promise_{key}",)
                where = "where its guarantee covers the worst challenger"
                if key == "true":
                    yield _plain(
                        float(values[year][mask].mean()), name, label, "chance", measure,
                        f"mean over futures {where}: the guarantor is of one type or the other in each", "posture",
                    )  # fmt: skip
                else:
                    yield _of(values[year][mask], name, label, "chance", measure, f"{OVER_FUTURES}, {where}", "posture")
        yield _plain(
            self.years[lowest], "promise-lowest-year", "year in which the ally's estimate is lowest", "year",
            ("promise_ally",), "year of the lowest median over futures", "posture",
        )  # fmt: skip

    def doings(self, run: str) -> Iterator[Simulated]:
        """What the ally does: spending, bomb, ground given, resolve of its pool, strength without the guarantor."""
        prefix = "" if run == "posture" else f"{run}-"
        title = "" if run == "posture" else f" under {run} support"
        spending = 100.0 * self.measure("spending")
        peak = int(np.argmax(np.median(spending, axis=1)))
        how = f"spending in a year, {OVER_FUTURES}"
        for name, year in (("spending-now", 0), ("spending-peak", peak), ("spending-end", len(self.years) - 1)):
            label = f"military spending in {self.years[year]}{title}"
            yield _of(spending[year], f"{prefix}{name}", label, "% of GDP", ("spending",), how, run)
        yield _plain(
            self.years[peak], f"{prefix}spending-peak-year", f"year of highest spending{title}", "year", ("spending",),
            "year of the highest median over futures", run,
        )  # fmt: skip
        nuclear = self.measure("nuclear")
        for name, level, words in (
            ("programme", NuclearStatus.PURSUES, "ran a weapons programme"),
            ("armed", NuclearStatus.ARMED, "was armed"),
        ):
            yield _plain(
                float((nuclear >= level).any(axis=0).mean()), f"{prefix}bomb-{name}",
                f"futures in which the ally {words} by {self.years[-1]}{title}", "share", ("nuclear",),
                f"share of futures whose status passed {level} in any year", run,
            )  # fmt: skip
        conceded = self.measure("conceded")
        yield _plain(
            float((conceded > GROUND).any(axis=0).mean()), f"{prefix}gave-ground",
            f"futures in which the ally gave up more than {100 * GROUND:.0f} % of an issue{title}", "share",
            ("conceded",), "share of futures in which ground conceded to the worst challenger passed it", run,
        )  # fmt: skip
        alone = self.measure("win_alone")
        yield _of(
            alone[-1] - alone[0], f"{prefix}alone-change",
            "change in the worst challenger's chance of winning if the guarantor stays out, "
            f"{self.years[0]} to {self.years[-1]}{title}", "chance", ("win_alone",),
            f"last year less the first, {OVER_FUTURES}", run,
        )  # fmt: skip
        yield _of(
            self.measure("pool_resolve")[0], f"{prefix}pool-resolve",
            f"chance that a member of its pool helps, {self.years[0]}{title}", "chance", ("pool_resolve",),
            f"first year, {OVER_FUTURES}", run,
        )  # fmt: skip
        if run == "posture":
            yield self._most_borne()
            yield self._no_room()

    def _most_borne(self) -> Simulated:
        states, row = self.run.study.world.states, self.run.study.world.index(self.ally)
        parameters = self.run.results.parameters()
        most = parameters["most_share"].to_numpy()
        habit = max(float(states.habit[row]), float(states.defence_share[row]))
        borne = 100.0 * np.asarray(ceiling(1.0, habit, most, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0))
        return _of(
            borne, "ceiling", "share of GDP that the ally's public bears for defence in a neutral mood",
            "% of GDP", ("most_share",), "ceiling of eq. 20 at a neutral mood, by future's parameters", "posture",
        )  # fmt: skip

    def _no_room(self) -> Simulated:
        states, row = self.run.study.world.states, self.run.study.world.index(self.ally)
        limit = self.run.results.parameters()["debt_limit"].to_numpy()
        room = fiscal_space(float(states.debt[row]), limit, 0.0, 0.0)
        return _plain(
            float((np.asarray(room) <= 0.0).mean()), "no-fiscal-room",
            "futures in which the ally's debt leaves no room to borrow for defence at the start", "share",
            ("debt_limit",), "share of futures whose debt limit (eq. 20) lies below the ally's debt", "posture",
        )  # fmt: skip


def _median(values: Values, mask: NDArray[np.bool_]) -> float:
    return float(np.median(values[mask])) if mask.any() else float("nan")
