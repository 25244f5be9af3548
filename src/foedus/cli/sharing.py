"""Runs in shares: one job computes one share of the chunks, and what several places hold is gathered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.cli.console import opening, said
from foedus.cli.progress import run_with_progress
from foedus.errors import InputError
from foedus.files import place
from foedus.study import Study
from foedus.study.shard import Shard
from foedus.study.stores import store_at


def run_share(study: Study, out: Path, threads: int, shard: Shard) -> None:
    """Run one share; say how much of the run there is, and how it is read once it is whole."""
    opening(study)
    run_with_progress(study, out, threads, shard)
    own, folder = shard.chunks(study.chunks()), store_at(out)
    futures = sum(study.size(chunk) for chunk in own)
    spans = [study.span(chunk) for chunk in range(study.chunks())]
    there = sum(span.size for span in spans if all(folder.done(role, span) for role in study.roles))
    said(f"share {shard}: {futures:,} futures in {len(own)} chunks; of the run {there:,} of {study.scenario.futures:,}")
    if there == study.scenario.futures:
        said(f"whole: foedus compare {out}, foedus report {out}")


def gather_runs(folders: Sequence[Path], out: Path | None) -> None:
    """Bring the parts of run folders into one, and say how much of the run there is."""
    from foedus.results import Results
    from foedus.study.gathering import gather

    if not folders or out is None:
        msg = "gather: name the run folders that hold the shares, and --out FOLDER for the whole"
        raise InputError(msg)
    folder, copied = gather([place(given) for given in folders], place(out))
    said(f"{folder.path}: {copied} parts copied; {Results(folder).extent}")
