"""Running a study with a bar a posture."""

from __future__ import annotations

import sys
from pathlib import Path

from foedus.study import Stopped, Study, run
from foedus.study.progress import Bars
from foedus.study.shard import Shard


def run_with_progress(study: Study, out: Path, threads: int, shard: Shard | None = None) -> None:
    """Run a study with a bar a posture; say how to continue on Ctrl-C."""
    with Bars(study, shard=shard) as bars:
        try:
            run(study, out, threads, bars.done, shard=shard)
        except Stopped:
            bars.stop()
            sys.stderr.write(f"\nstopped; finished parts are in {out}. The same command continues from there.\n")
            sys.exit(130)
