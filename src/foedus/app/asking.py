"""What a request may say, and the stream of answers to one question."""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from foedus.app.crew import Cancelled, Crew
from foedus.app.document import MOST_FUTURES, asked, stages
from foedus.app.problems import status_of, told
from foedus.errors import FoedusError

BEAT = 0.3
"""Seconds between two words on what is being waited for."""

SINGLE = 2
"""Stages that are computed one after the other, before the rest are side by side."""

MOST_CLIENTS = 200
"""Clients that are remembered; of those without a question the one that asked longest ago is forgotten."""

Client = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Document = Annotated[dict[str, Any], Field(max_length=40)]


class Told(BaseModel):
    """Base of what a request says: nothing beyond what is declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Wanted(Told):
    """A picture: its kind, and of whom."""

    kind: Annotated[str, Field(max_length=40)]
    ally: Annotated[str, Field(max_length=3)] = ""
    allies: Annotated[list[Annotated[str, Field(max_length=3)]], Field(max_length=40)] = []


class Question(Told):
    """A scenario, who asks, the number of the question, and the pictures to draw."""

    client: Client
    number: Annotated[int, Field(ge=0, le=2**53)]
    document: Document
    pictures: Annotated[list[Wanted], Field(max_length=6)] = []
    most: Annotated[int, Field(ge=16, le=MOST_FUTURES)] = MOST_FUTURES


class Plain(Told):
    """A scenario at a number of futures."""

    client: Client
    document: Document
    futures: Annotated[int, Field(ge=1, le=MOST_FUTURES)] = 64


class Redrawn(Plain):
    """A scenario at a number of futures, and the pictures to draw."""

    pictures: Annotated[list[Wanted], Field(max_length=6)]


class Clients:
    """The question that each client waits for; a newer one takes its place."""

    def __init__(self) -> None:
        """Start with none."""
        self._asked: OrderedDict[str, tuple[int, list[asyncio.Task[Any]]]] = OrderedDict()

    def newest(self, client: str, number: int) -> bool:
        """Whether a question is the client's newest; if so the one before it is dropped."""
        before, tasks = self._asked.get(client, (-1, []))
        if number < before:
            return False
        if number > before:
            for task in tasks:
                task.cancel()
            tasks = []
        self._asked[client] = (number, tasks)
        self._asked.move_to_end(client)
        while len(self._asked) > MOST_CLIENTS:
            self._asked.popitem(last=False)
        return True

    def on(self, client: str, number: int, task: asyncio.Task[Any]) -> None:
        """Remember what a client waits for; drop it where a newer question has come meanwhile."""
        newest, tasks = self._asked.setdefault(client, (number, []))
        if newest > number:
            task.cancel()
        else:
            tasks.append(task)
            tasks[:] = [one for one in tasks if not one.done()]


def event(kind: str, said: Any) -> bytes:
    """One server-sent event."""
    return f"event: {kind}\ndata: {json.dumps(said, separators=(',', ':'), allow_nan=False)}\n\n".encode()


@dataclass(eq=False)
class Stage:
    """One stage of an answer: its futures, the job, and whether a worker has begun it."""

    futures: int
    urgency: int
    task: asyncio.Task[Any]
    running: asyncio.Event


async def answers(crew: Crew, clients: Clients, question: Question) -> AsyncIterator[bytes]:
    """Answers to a question at 16, 64, 256 and 1,000 futures, each as soon as it is there.

    The first two come one after the other; those after them are computed side by side where there are workers, and one
    of fewer futures that comes late is left out. Events: `waiting` (what is being computed, and how many jobs come
    first), `answer`, `settled`, `superseded`, `problem`.
    """
    document, began = question.document, time.monotonic()
    most = min(asked(document).futures, question.most)
    counts = list(enumerate(stages(asked(document).but(futures=most))))
    rounds = [[stage] for stage in counts[:SINGLE]] + ([counts[SINGLE:]] if counts[SINGLE:] else [])
    shown = 0
    going: list[Stage] = []
    try:
        for together in rounds:
            going = [_begun(crew, clients, question, futures, urgency) for urgency, futures in together]
            while going:
                await asyncio.wait([stage.task for stage in going], timeout=BEAT, return_when=asyncio.FIRST_COMPLETED)
                ended = [stage for stage in going if stage.task.done()]
                going = [stage for stage in going if not stage.task.done()]
                for stage in ended:
                    made = stage.task.result()
                    if stage.futures > shown:
                        shown = stage.futures
                        seconds = round(time.monotonic() - began, 3)
                        yield event("answer", {**made, "number": question.number, "seconds": seconds})
                if going and not ended:
                    yield event("waiting", _waiting(crew, going[0]))
        yield event("settled", {"number": question.number})
    except (asyncio.CancelledError, Cancelled):
        with suppress(RuntimeError):
            yield event("superseded", {"number": question.number})
    except FoedusError as error:
        yield event("problem", told(status_of(error), str(error)))
    finally:
        for stage in going:
            stage.task.cancel()


def _begun(crew: Crew, clients: Clients, question: Question, futures: int, urgency: int) -> Stage:
    """A stage on its way to a worker."""
    running = asyncio.Event()
    task = asyncio.create_task(
        crew.do(
            "answer", question.client, urgency, running.set, document=question.document, futures=futures,
            pictures=[picture.model_dump() for picture in question.pictures], small=urgency > 0,
        )
    )  # fmt: skip
    clients.on(question.client, question.number, task)
    return Stage(futures, urgency, task, running)


def _waiting(crew: Crew, stage: Stage) -> dict[str, Any]:
    """What a client that waits is told."""
    ahead = 0 if stage.running.is_set() else crew.ahead_of(stage.urgency)
    return {"futures": stage.futures, "ahead": ahead, "ready": crew.ready > 0}
