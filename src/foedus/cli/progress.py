"""Running a study with a bar a posture."""

from __future__ import annotations

import sys
from pathlib import Path

from foedus.study import Stopped, Study, run
from foedus.study.progress import Bars
from foedus.study.shard import Shard


def run_with_progress(
    study: Study, out: Path, threads: int, shard: Shard | None = None, scheduler: str = "", *, stays: bool = True
) -> None:
    """Run a study with a bar a posture, here or on a Dask cluster; say how to continue on Ctrl-C where `out` stays."""
    if study.runs_by == "compiled" and study.machinery().compiles(study.setting(0, "posture")):
        sys.stderr.write("compiling the model for this world, once; it takes about ten seconds of one core\n")
    with Bars(study, shard=shard) as bars:
        try:
            if scheduler:
                from foedus.study.cluster import run_on_cluster

                run_on_cluster(study, out, scheduler, bars.done)
            else:
                run(study, out, threads, bars.done, shard=shard)
        except Stopped:
            bars.stop()
            kept = f"; finished parts are in {out}. The same command continues from there." if stays else ""
            sys.stderr.write(f"\nstopped{kept}\n")
            sys.exit(130)
