"""Studies: a scenario run over a thousand futures, into a folder, on any number of threads."""

from foedus.study.folder import RunFolder
from foedus.study.held import Held, compute, computing
from foedus.study.parts import Parts
from foedus.study.running import Progress, Stopped, run
from foedus.study.span import CHUNK, twin_count
from foedus.study.study import Study, prepare

__all__ = [
    "CHUNK",
    "Held",
    "Parts",
    "Progress",
    "RunFolder",
    "Stopped",
    "Study",
    "compute",
    "computing",
    "prepare",
    "run",
    "twin_count",
]
