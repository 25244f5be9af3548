"""Studies: a scenario run over a thousand futures, into a folder, on any number of threads."""

from foedus.study.folder import RunFolder
from foedus.study.running import Progress, Stopped, run
from foedus.study.span import CHUNK, twin_count
from foedus.study.study import Study, prepare

__all__ = ["CHUNK", "Progress", "RunFolder", "Stopped", "Study", "prepare", "run", "twin_count"]
