"""Workers that compute in the test's own process, so that an everyday test starts none; and a small question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foedus.app.crew import Refused
from foedus.app.held import Memory
from foedus.app.tasks import TASKS
from foedus.errors import FoedusError

SMALL: dict[str, Any] = {
    "name": "small",
    "states": ["USA", "RUS", "POL", "EST", "DEU"],
    "years": [2026, 2028],
    "futures": 32,
    "posture": {"base": "limited-support", "Europe": {"troops": {"2026": 1.0, "2028": 0.5}}},
    "against": "steady",
}
"""Five states and three years: a question answered in some hundredths of a second."""


class Here:
    """What a crew does, in this process."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.ready, self.waiting, self.pids = 1, 0, [0]

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    def ahead_of(self, _urgency: int) -> int:
        """Nothing waits."""
        return 0

    async def do(
        self, task: str, _client: str, _urgency: int, begun: Callable[[], None] | None = None, **arguments: Any
    ) -> Any:
        """What the task returns."""
        if begun:
            begun()
        try:
            return TASKS[task](self.memory, lambda: False, **arguments)
        except FoedusError as error:
            raise Refused(str(error)) from error


def events(text: str) -> list[tuple[str, Any]]:
    """Events of a stream, kind and what is said."""
    import json

    parts = [part.split("\n") for part in text.strip().split("\n\n")]
    return [(kind.removeprefix("event: "), json.loads(said.removeprefix("data: "))) for kind, said in parts]
