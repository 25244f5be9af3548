"""One experiment under several models of who fights: the same luck and parameters, and how far the models disagree.

In every future each model meets the same draws, so that what differs between its answers in one future is the model's
alone. The spread of all answers then falls into four parts: models, luck, what the record leaves open, and assumptions
that no record speaks of. The last three are those of a single run (`foedus.results.shares`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foedus.errors import InputError, RunFolderError
from foedus.models.own import NAME
from foedus.results.error import GROUPS, Twins, left_out_error
from foedus.results.ranks import ranks
from foedus.results.results import Results
from foedus.results.shares import LEAST_TWINS, Share, SpreadShares, learnt_columns, split
from foedus.study.apart import apart, said
from foedus.study.belonging import MANIFEST

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ModelSpread:
    """Shares of the spread of answers over futures and models, each model counted alike.

    alone     what the models' means differ by: the share that would go if it were known which model is right
    together  what answers of one future differ by between models, 0-1: `alone`, and the part that goes this way in one
              future and that way in another
    rest      of what is left beside `alone`: luck, posterior and prior, means over models; None where twins are too few
    """

    alone: Share
    together: Share
    rest: SpreadShares | None


@dataclass(frozen=True)
class ModelRuns:
    """Finished runs of one scenario, by the name of the model of who fights, the model's own first."""

    runs: Mapping[str, Results]

    @staticmethod
    def of(runs: Sequence[Results]) -> ModelRuns:
        """Put runs together.

        Raises InputError for fewer than two models or one twice, RunFolderError where futures are not paired: another
        seed, other years, facts, code or number of futures.
        """
        named = {model_of_run(run): run for run in runs}
        if len(named) < 2 or len(named) < len(runs):
            msg = f"models: {', '.join(map(model_of_run, runs))}; name two or more, each once"
            raise InputError(msg)
        first, *others = runs
        for other in others:
            marks = [mark for mark in apart(first.manifest, other.manifest) if mark.name not in ("model", "digest")]
            if barring := [said(mark, first.manifest, other.manifest) for mark in marks if mark.bars]:
                msg = (
                    f"{first.parts.name} and {other.parts.name} differ in {', '.join(barring)}. Run both with the same."
                )
                raise RunFolderError(msg)
            if first.spans != other.spans:
                msg = f"{other.parts.name}: has not the futures of {first.parts.name}. Rerun the command to continue."
                raise RunFolderError(msg)
        return ModelRuns(dict(sorted(named.items(), key=lambda item: item[0] != NAME)))

    @staticmethod
    def open(folder: Path | str) -> ModelRuns:
        """Open the run folders that lie in a folder, one a model; errors as `of`, and RunFolderError for none."""
        found = folders_in(Path(folder))
        if not found:
            msg = f"{folder}: holds no runs of several models. Make them: foedus run SCENARIO --model A --model B"
            raise RunFolderError(msg)
        return ModelRuns.of([Results.open(path) for path in found])

    @property
    def first(self) -> Results:
        """The run of the first model."""
        return next(iter(self.runs.values()))

    def headline(self) -> pl.DataFrame:
        """The headline of every model, a row for each ally, with a column `model` first; see `Results.headline`."""
        return _with_model({name: run.headline() for name, run in self.runs.items()})

    def tidy(self, of: Sequence[str] = (), *, futures: bool = False, group: str = "ally") -> pl.DataFrame:
        """The long table of every model with a column `model` first; arguments and errors of `Results.tidy`."""
        return _with_model({name: run.tidy(of, futures=futures, group=group) for name, run in self.runs.items()})

    def spread(self, answers: Mapping[str, Floats]) -> ModelSpread | None:
        """Where the spread of answers comes from, mean over those that vary; None where none does.

        answers  [A, N] by model: the same figures of the same futures
        """
        stacked = np.stack([answers[name] for name in self.runs])
        stacked = stacked[:, stacked.std(axis=(0, 2)) > 0.0]
        if not stacked.shape[1]:
            return None
        twins = self.first.twins()
        alone, together = between(stacked, twins)
        parts = [
            split(own[own.std(axis=1) > 0.0], run.twins(), learnt_columns(run))
            for own, run in zip(stacked, self.runs.values(), strict=True)
            if len(run.twins()[0]) >= LEAST_TWINS and (own.std(axis=1) > 0.0).any()
        ]
        rest = _mean(parts) if len(parts) == len(self.runs) else None
        return ModelSpread(alone, together, rest)


def model_of_run(results: Results) -> str:
    """Name of the model of who fights that a run was made with."""
    return str(results.manifest.get("model", NAME))


def folders_in(folder: Path) -> list[Path]:
    """Run folders that lie in a folder; none where it is one itself."""
    if not folder.is_dir() or (folder / MANIFEST).exists():
        return []
    return sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))


def between(answers: Floats, twins: Twins) -> tuple[Share, Share]:
    """Shares `alone` and `together` of answers [M, A, N] of M models, with 95 per cent intervals.

    Answers are ranked over models and futures first, as in `foedus.results.shares`. The variance of the models' means
    is freed of what chance adds to it: their Monte Carlo variance, from the paired differences. Intervals are of a
    jackknife over groups of futures, twins in one group.
    """
    models, rows, count = answers.shape
    flat = ranks(np.moveaxis(answers, 0, 1).reshape(rows, models * count))
    ranked = np.moveaxis(flat.reshape(rows, models, count), 0, 1)
    group = np.arange(count) % GROUPS
    group[twins[1]] = group[twins[0]]
    whole = _shares(ranked)
    parts = np.array([_shares(ranked[:, :, group != g]) for g in range(GROUPS) if (group != g).any()])
    alone, together = map(Share.around, whole.tolist(), left_out_error(parts).tolist())
    return alone, together


def _shares(ranked: Floats) -> Floats:
    """Both shares of ranks [M, A, N], means over answers, [2]."""
    models, _, count = ranked.shape
    spread = ranked.var(axis=(0, 2))
    apart_ = ranked - ranked.mean(axis=0)
    mean, noise = apart_.mean(axis=2), apart_.var(axis=2, ddof=1) / count
    alone = np.maximum((mean**2 - noise).sum(axis=0) / models, 0.0)
    together = (apart_**2).mean(axis=(0, 2))
    held = np.maximum(spread, 1e-12)
    return np.array([np.mean(alone / held), np.mean(together / held)])


def _mean(parts: Sequence[SpreadShares]) -> SpreadShares:
    """Mean of the shares of several models."""

    def mean(name: str) -> Share:
        held = [getattr(part, name) for part in parts]
        return Share(*(float(np.mean([getattr(one, end) for one in held])) for end in ("value", "low", "high")))

    return SpreadShares(mean("luck"), mean("posterior"), mean("prior"), min(part.answers for part in parts))


def _with_model(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(
        [frame.select(pl.lit(name).alias("model"), pl.all()) for name, frame in frames.items()], how="diagonal_relaxed"
    )
