"""How a command is to run and to tell its results: what every command that runs futures is asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.compile.named import AUTO
from foedus.files import place

if TYPE_CHECKING:
    from foedus.cli.until import Until
    from foedus.posture import Scenario


@dataclass(frozen=True)
class Asked:
    """What a command is asked besides what it runs.

    as_json  print JSON instead of tables
    allies   words of `--ally`: states, regions or groups that tables are narrowed to; all when empty
    force    replace the run folder that is there
    engine   what runs the year (docs/compiled.md)
    models   of who fights, by name; several are run side by side, none is equation (14)
    control  larger run of the baseline alone, with whose help losses are told; none without it
    """

    as_json: bool = False
    allies: tuple[str, ...] = ()
    force: bool = False
    engine: str = AUTO
    models: tuple[str, ...] = ()
    control: Path | None = None


@dataclass(frozen=True)
class Way:
    """Where a run is written, and what computes it.

    out        run folder; by the scenario's name where None
    threads    chunks side by side
    until      when there are futures enough; as many as the scenario has where None
    shard      the share of a run that is computed here, like 3/20; the whole when empty
    scheduler  address of a Dask cluster; this machine when empty
    """

    out: Path | None = None
    threads: int = 2
    until: Until | None = None
    shard: str = ""
    scheduler: str = ""

    def folder(self, scenario: Scenario) -> Path:
        """The run folder of a scenario."""
        return place(self.out or f"foedus-{scenario.name}")
