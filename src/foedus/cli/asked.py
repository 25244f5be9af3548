"""How a command is to tell its results and where it may write: what every command that runs futures is asked."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.compile.named import AUTO


@dataclass(frozen=True)
class Asked:
    """What a command is asked besides what it runs.

    as_json  print JSON instead of tables
    allies   words of `--ally`: states, regions or groups that tables are narrowed to; all when empty
    force    replace the run folder that is there
    engine   what runs the year (docs/compiled.md)
    """

    as_json: bool = False
    allies: tuple[str, ...] = ()
    force: bool = False
    engine: str = AUTO
