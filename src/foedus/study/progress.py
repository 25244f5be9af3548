"""Progress in the terminal: a bar a posture. What else should show it passes a `Progress` of its own to `run`."""

from __future__ import annotations

import sys
import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from foedus.study.shard import Shard
from foedus.study.study import Study


class Bars(Progress):
    """A bar for each posture: futures done, rate, time left."""

    def __init__(self, study: Study, *, shown: bool = True, shard: Shard | None = None) -> None:
        """Make the bars; nothing is drawn where standard error is no terminal, or unless `shown`."""
        super().__init__(
            TextColumn("{task.description:<17.17}"),
            BarColumn(bar_width=20),
            TextColumn("{task.completed:>6,.0f} of {task.total:,.0f} futures  {task.fields[pace]}"),
            console=Console(stderr=True),
            disable=not (shown and sys.stderr.isatty()),
        )
        own = range(study.chunks()) if shard is None else shard.chunks(study.chunks())
        total = sum(study.size(chunk) for chunk in own)
        self.began = time.monotonic()
        self.kept: dict[str, int] = {}
        self.bars: dict[str, TaskID] = {
            role: self.add_task(posture.name, total=total, pace="") for role, posture in study.roles.items()
        }

    def done(self, role: str, count: int) -> None:
        """Count futures done; the first call tells what an earlier run left."""
        bar = self.bars[role]
        self.kept.setdefault(role, count)
        self.advance(bar, count)
        task = self.tasks[bar]
        new, spent = task.completed - self.kept[role], time.monotonic() - self.began
        if task.total is not None and task.completed >= task.total:
            self.update(bar, pace=f"{spent:.1f} s")
        elif new > 0:
            left = ((task.total or 0) - task.completed) * spent / new
            self.update(bar, pace=f"{new / spent:,.0f}/s, {left:.0f} s left")
