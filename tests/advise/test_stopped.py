"""A search that is stopped by a signal ends at once, with its workers, whichever of them the signal reaches."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

SEARCH = """
import os, sys, time
from foedus.advise.crew import crew
from foedus.cli.output import ready
from foedus.study import Stopped

class Slow:
    def run(self, trial):
        os.write(1, b"running\\n")
        time.sleep(60)
    def kept(self, trial):
        return None

with ready():
    try:
        with crew(Slow(), 2) as trials:
            trials([1, 2, 3], lambda done: None)
    except Stopped:
        sys.exit(130)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("whom", ["all", "parent"])
def test_a_search_that_is_told_to_end_ends_at_once_with_its_workers(whom: str) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SEARCH]
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    assert [process.stdout.readline(), process.stdout.readline()] == ["running\n"] * 2
    (os.killpg if whom == "all" else os.kill)(process.pid, signal.SIGTERM)
    _, said = process.communicate(timeout=50)
    assert (process.returncode, said) == (130, "")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
