"""Reading a run back: one measure at a time over all parts, so memory stays small whatever the number of futures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from warnings import warn

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.engine.measure import Group
from foedus.engine.measures import MEASURES, measure_of
from foedus.errors import FoedusWarning, NotKept, RunFolderError, UnknownName
from foedus.posture import main_guarantor
from foedus.posture.naming import told_apart
from foedus.results.stamp import stamp
from foedus.study.apart import OTHER, apart, of_sides, said
from foedus.study.folder import RunFolder
from foedus.study.parts import Parts
from foedus.study.span import Span, spans_of, twin_count
from foedus.study.stores import store_at
from foedus.terms import REGIONS

Values = NDArray[np.float32]

NOT_RECORDED = "not recorded"
"""Ensemble of a run folder of a version whose manifests did not name it."""


@dataclass(frozen=True)
class Results:
    """A finished or partly finished run.

    parts   where it is kept
    other   another run on the same luck, whose posture stands in the role `against`
    """

    parts: Parts
    other: Results | None = None

    @staticmethod
    def open(path: Path | str) -> Results:
        """Open the run folder, or the URL, at `path`; raise RunFolderError when it holds no finished part."""
        return Results.of(store_at(path))

    @staticmethod
    def of(parts: Parts) -> Results:
        """Results of a run wherever it is kept.

        parts  such as `foedus.study.compute` returns, in memory

        Raises RunFolderError when no part is finished.
        """
        results = Results(parts)
        parts.manifest()
        if not results.spans:
            msg = f"{parts.name}: no part of the run is finished yet. Rerun the command that began it to continue."
            raise RunFolderError(msg)
        return results

    @property
    def folder(self) -> RunFolder:
        """The folder it was written to; raise RunFolderError for a run in memory."""
        if not isinstance(self.parts, RunFolder):
            msg = f"{self.parts.name}: has no run folder here. Run it into one: foedus.run(scenario, out=FOLDER)"
            raise RunFolderError(msg)
        return self.parts

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was run: scenario, digests, versions, seed, first and last year, axis names, as the folder has it."""
        return self.parts.manifest()

    def beside(self, other: Results) -> Results:
        """This run's posture compared with another run's posture, future by future.

        other  a finished run, whose posture takes the role `against`

        What else than the posture differs, mechanisms off or equations replaced for one, is told by a FoedusWarning
        and by `differences`.

        Raises RunFolderError when their futures are not paired: other luck (seed, years, number of futures), another
        model (its code, the ledger, the facts), other allies.
        """
        mine, its = self.manifest, other.manifest
        marks = [mark for mark in apart(mine, its) if mark.name != OTHER]
        if barring := [said(mark, mine, its) for mark in marks if mark.bars]:
            msg = (
                f"{self.parts.name} and {other.parts.name} differ in {', '.join(barring)}, so their futures are not "
                "paired. Run both with the same."
            )
            raise RunFolderError(msg)
        if self.spans != other.spans:
            unfinished = min((self, other), key=lambda run: len(run.spans)).parts.name
            msg = f"{unfinished}: is not finished. Rerun the command that began it to continue."
            raise RunFolderError(msg)
        both = Results(self.parts, other)
        if both.differences:
            warn(f"the two runs differ in more than the posture: {'; '.join(both.differences)}.", FoedusWarning, 2)
        return both

    compare = beside

    @property
    def differences(self) -> tuple[str, ...]:
        """What sets the two sides, or runs, apart besides their postures, in words; empty where nothing else does."""
        if self.other is None:
            mine, its = of_sides(self.manifest)
        else:
            (mine, _), (its, _) = of_sides(self.manifest), of_sides(self.other.manifest)
        return tuple(said(mark, mine, its) for mark in apart(mine, its))

    def headline(self) -> pl.DataFrame:
        """A row for each ally, most changed first: means and 90 per cent bands, losses in per cent of GDP a year.

        Chances and promises are 0-1; columns of differences only where two postures are compared. The last columns say
        of how many futures, which years, which ensemble and which seed.
        """
        from foedus.results.frame import headline_frame

        return headline_frame(self)

    def tidy(self, of: Sequence[str] = (), *, futures: bool = False, group: str = "ally") -> pl.DataFrame:
        """One long table, a row a posture, year, ally and measure, losses in per cent of GDP: `foedus.results.tidy`.

        of       names of measures, as in `foedus.measures()`; all when empty
        futures  a row for each future with its value, instead of mean and quantiles
        group    whose measures: "ally", "guarantor" or "region"

        Raises UnknownName for a measure or group nobody declared.
        """
        from foedus.results.tidy import tidy

        return tidy(self, of, futures=futures, group=group)

    def to_pandas(self, group: str = "ally", *, futures: bool = False) -> Any:
        """The long table as a pandas frame. Needs the extra explore.

        group    whose measures: "ally", "guarantor" or "region"
        futures  a row per future, not mean and quantiles
        """
        from foedus.results.export import to_pandas

        return to_pandas(self, group, futures=futures)

    def to_xarray(self, group: str = "ally") -> Any:
        """Every measure over posture, year, place and future, and parameters over future, as an xarray dataset.

        group  whose measures: "ally", "guarantor" or "region"

        Needs the extra explore.
        """
        from foedus.results.export import to_xarray

        return to_xarray(self, group)

    def to_iamc(self) -> Any:
        """Means and quantiles in the long format of the IAMC, as a pandas frame that pyam reads. Extra explore."""
        from foedus.results.export import to_iamc

        return to_iamc(self)

    def chart(self, most: int = 15) -> Any:
        """The paired difference by ally as an Altair chart, per cent of GDP a year; levels where nothing is compared.

        most  how many allies are shown, 1 or more, those that change most first
        """
        from foedus.results.frame import chart

        return chart(self, most)

    @property
    def roles(self) -> dict[str, str]:
        """Name of the posture in each role, no two the same.

        Where two runs of one posture are compared, the scenario's name, or the folder's, with as much of its path as
        tells the two apart.
        """
        held = {role: str(name) for role, name in self.manifest["roles"].items()}
        if self.other is None:
            if "against" not in held:
                return held
            return dict(zip(("posture", "against"), told_apart(held["posture"], held["against"]), strict=True))
        names = held["posture"], str(self.other.manifest["roles"]["posture"])
        if names[0] == names[1]:
            names = str(self.manifest["scenario"]["name"]), str(self.other.manifest["scenario"]["name"])
        return dict(
            zip(("posture", "against"), told_apart(*names, self.parts.path, self.other.parts.path), strict=True)
        )

    def _at(self, role: str) -> tuple[Parts, str]:
        """Parts that hold a role, and the role's name in it; raise UnknownName for a role the run lacks."""
        if role not in self.roles:
            raise UnknownName("role", role, self.roles)
        if self.other is not None and role == "against":
            return self.other.parts, "posture"
        return self.parts, role

    @property
    def allies(self) -> list[str]:
        """Codes (iso3) of the A allies in the record, in axis order."""
        return list(self.manifest["allies"])

    @property
    def guarantors(self) -> list[str]:
        """Codes (iso3) of the G guarantors in the record, in axis order."""
        return list(self.manifest["guarantors"])

    def rows(self, group: Group) -> list[str]:
        """Names on the axis of a group's measures, in order: allies, guarantors or regions."""
        return {Group.ALLY: self.allies, Group.GUARANTOR: self.guarantors, Group.REGION: list(REGIONS)}[group]

    @property
    def patrons(self) -> dict[str, str]:
        """Guarantor of each ally, both by iso3."""
        return dict(self.manifest["patrons"])

    @property
    def main_guarantor(self) -> str:
        """The guarantor of most allies, whose support a posture changes unless it names another."""
        return main_guarantor(list(self.patrons.values()))

    @property
    def seed(self) -> int:
        """Seed of all luck and all samples."""
        return int(self.manifest["seed"])

    @property
    def ensemble(self) -> str:
        """What the parameters of the record were drawn from: an ensemble's name, "prior", or `NOT_RECORDED`."""
        return str(self.manifest.get("ensemble", NOT_RECORDED))

    @property
    def origin(self) -> str:
        """What every table and chart of a run says of it: futures, years, ensemble, seed."""
        first, last = self.manifest["years"]
        return stamp(self.extent, (first, last), self.ensemble, self.seed, self.manifest.get("model", ""))

    def known(self, note: str = "") -> str:
        """What stands under one table or chart: `origin`, and how exact its figures are.

        note  a sentence of `foedus.results.stamp` on its Monte Carlo error
        """
        return f"{self.origin}. {note}".strip()

    @property
    def stamps(self) -> dict[str, int | str]:
        """The same as columns or attributes: futures, first_year, last_year, ensemble, seed."""
        first, last = self.manifest["years"]
        told = {"futures": self.futures, "first_year": int(first), "last_year": int(last)}
        return {**told, "ensemble": self.ensemble, "seed": self.seed}

    @property
    def points(self) -> int:
        """How many futures are drawn apart: twins, which share parameters, count once."""
        return self.futures - len(self.twins()[0])

    @property
    def years(self) -> list[int]:
        """Every year of the run, in axis order (Y)."""
        first, last = self.manifest["years"]
        return list(range(first, last + 1))

    @cached_property
    def spans(self) -> list[Span]:
        """Chunks that the manifest calls for and that are finished for every role."""
        places = [self._at(role) for role in self.roles]
        called_for = spans_of(int(self.manifest["futures"]), int(self.manifest["chunk"]))
        return [span for span in called_for if all(parts.done(held, span) for parts, held in places)]

    @property
    def futures(self) -> int:
        """How many futures are finished (N)."""
        return sum(span.size for span in self.spans)

    @property
    def extent(self) -> str:
        """How many futures there are, in words: `1,000 futures`, or `512 of 1,000 futures, unfinished`."""
        asked = int(self.manifest["futures"])
        if self.futures < asked:
            return f"{self.futures:,} of {asked:,} futures, unfinished"
        return f"{asked:,} future{'' if asked == 1 else 's'}"

    def ally(self, measure: str, role: str = "posture") -> Values:
        """One measure of the allies, [Y, A, N] over years, `allies` and finished futures, single precision.

        measure  one of docs/measures.md, which gives its unit, such as "loss_fought"
        role     "posture", or "against" where a run compares

        Raises UnknownName, with the nearest spelling, for a measure nobody declared or a role that the run lacks,
        NotKept for a measure that it did not keep.
        """
        return self.measure(Group.ALLY, measure, role)

    def loss(self, role: str = "posture") -> Values:
        """Expected yearly loss, conceded and fought together, [Y, A, N] in stakes; `role` as in `ally`."""
        return np.asarray(self.ally("loss_conceded", role) + self.ally("loss_fought", role))

    @cached_property
    def mean_losses(self) -> Values:
        """The answer, [A, N] in stakes, mean over years: the paired difference of two postures, else the loss."""
        from foedus.results.reduced import mean_loss

        return mean_loss(self)

    def guarantor(self, measure: str, role: str = "posture") -> Values:
        """One measure of the guarantors, [Y, G, N] over years, `guarantors` and futures.

        measure  one of docs/measures.md, which gives its unit, such as "cost"
        role     as in `ally`, and so are the errors
        """
        return self.measure(Group.GUARANTOR, measure, role)

    def region(self, measure: str, role: str = "posture") -> Values:
        """One measure of the regions, [Y, R, N] over years, `foedus.terms.REGIONS` and futures.

        measure  one of docs/measures.md, which gives its unit, such as "powers"
        role     as in `ally`, and so are the errors
        """
        return self.measure(Group.REGION, measure, role)

    def pairs(self, role: str = "posture") -> pl.DataFrame:
        """Counts by directed pair, a row each, summed over years and finished futures.

        role  as in `ally`, and so are the errors

        Columns: challenger and target (iso3), class, treaty, pair-years, and how many of them saw a challenge, a
        concession, limited force, a war, a promise fall due, the guarantor fight, the challenger win.
        """
        keys = ["challenger", "target", "class", "treaty"]
        return pl.concat(self._tables("pairs", role)).group_by(keys, maintain_order=True).sum()

    def classes(self, role: str = "posture") -> pl.DataFrame:
        """Counts by class of directed pair and finished future, a row each, summed over years.

        role  as in `ally`, and so are the errors

        Columns: class, future, and the measures of classes in docs/measures.md.
        """
        return pl.concat(self._tables("classes", role))

    def pair_years(self, role: str = "posture") -> pl.DataFrame:
        """Mean chances by directed pair and year over finished futures, a row each.

        role  as in `ally`, and so are the errors

        Columns: challenger and target (iso3), year, and the measures of pairs by year in docs/measures.md: challenge,
        force short of war, war and help in that year, and `war_by`, the chance of a war since the start.
        """
        keys = ["challenger", "target", "year"]
        summed = pl.concat(self._tables("pair_years", role)).group_by(keys, maintain_order=True).sum()
        return summed.with_columns(pl.all().exclude(keys) / self.futures)

    def options(self, role: str = "posture") -> pl.DataFrame:
        """Mean share, 0-1, of flexible money by option over years and futures; a row for each ally.

        role  as in `ally`, and so are the errors
        """
        frames = [
            frame.with_columns(pl.all().exclude("ally") * (span.size / self.futures))
            for frame, span in zip(self._tables("options", role), self.spans, strict=True)
        ]
        return pl.concat(frames).group_by("ally", maintain_order=True).sum()

    def parameters(self, names: Sequence[str] = ()) -> pl.DataFrame:
        """Value of every sampled parameter in each future, [N] rows; units are the ledger's.

        names  of those wanted; all, and the number of the future before them, when empty

        Raises RunFolderError where a part cannot be read.
        """
        return pl.concat(self._tables("parameters", "posture", list(names) or None))

    def twins(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Positions on the axis of futures of those that share parameters but not luck: two arrays of equal length.

        None in a run whose futures a design has chosen.
        """
        if "design" in self.manifest:
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        first: list[int] = []
        second: list[int] = []
        start = 0
        for span in self.spans:
            count = twin_count(span.size)
            first += range(start, start + count)
            second += range(start + span.size - count, start + span.size)
            start += span.size
        return np.array(first, dtype=np.intp), np.array(second, dtype=np.intp)

    def in_part(self, span: Span, group: Group, measure: str, role: str = "posture") -> Values:
        """One measure of one finished part, [Y, rows, F] over years, `rows(group)` and the futures of the part.

        span     one of `spans`
        group    whose measures
        measure  one of them, as in docs/measures.md
        role     as in `ally`, and so are the errors
        """
        name, parts = self._recorded(group, measure), self._at(role)
        shape = (len(self.years), len(self.rows(group)), span.size)
        return np.asarray(parts[0].values(parts[1], span, group, name, shape), dtype=np.float32)

    def scan(self, table: str, role: str = "posture") -> pl.LazyFrame:
        """A table of the record as a lazy Polars frame, for what is larger than memory.

        table  "allies", "guarantors" or "regions", a row a year, row and future; "pairs" and "pair_years", summed over
               the futures of each part; "classes", a row a class and future; "parameters", a row a future
        role   as in `ally`

        Raises UnknownName for a table or role that the run lacks.
        """
        legal = (*(group.value for group in Group), "parameters")
        if table not in legal:
            raise UnknownName("table of a run", table, legal)
        parts, held = self._at("posture" if table == "parameters" else role)
        return parts.scan(held, self.spans, table)

    def kept(self, group: Group) -> tuple[str, ...]:
        """Names of the measures of each future that the run kept of a `group`, in the order of a part's columns."""
        told = self.manifest.get("kept", {}).get(group.value)
        return tuple(MEASURES[group]) if told is None else tuple(told)

    def _recorded(self, group: Group, measure: str) -> str:
        """The name of a measure; raise UnknownName for none, NotKept for one that the run did not keep."""
        name, kept = measure_of(group, measure).name, self.kept(group)
        if name not in kept:
            other = ", ".join(kept) or "nothing"
            msg = (
                f"{self.parts.name}: did not keep {name}; of each {group.key} it kept {other}. Run it again into "
                f"another folder, with {name} under keep, or without keep for all."
            )
            raise NotKept(msg)
        return name

    def _tables(self, table: str, role: str, columns: list[str] | None = None) -> list[pl.DataFrame]:
        """One table of every finished part."""
        parts, held = self._at(role)
        return [parts.table(held, span, table, columns) for span in self.spans]

    def measure(self, group: Group, measure: str, role: str = "posture") -> Values:
        """One measure of a group, [Y, rows, N] over years, `rows(group)` and finished futures.

        group    whose measures
        measure  one of them, as in docs/measures.md
        role     as in `ally`, and so are the errors
        """
        return np.concatenate([self.in_part(span, group, measure, role) for span in self.spans], axis=2)
