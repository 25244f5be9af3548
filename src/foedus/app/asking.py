"""What a request may say, and the stream of answers to one question."""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from foedus.app.crew import Cancelled, Crew
from foedus.app.document import MOST_FUTURES, asked, stages
from foedus.app.problems import status_of, told
from foedus.errors import FoedusError

BEAT = 0.3
"""Seconds between two words on what is being waited for."""

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


class Drawn(Plain):
    """A scenario at a number of futures, and the pictures to draw."""

    pictures: Annotated[list[Wanted], Field(max_length=6)]


class Clients:
    """The question that each client waits for; a newer one takes its place."""

    def __init__(self) -> None:
        """Start with none."""
        self._asked: OrderedDict[str, tuple[int, asyncio.Task[Any] | None]] = OrderedDict()

    def newest(self, client: str, number: int) -> bool:
        """Whether a question is the client's newest; if so the one before it is dropped."""
        before, task = self._asked.get(client, (-1, None))
        if number < before:
            return False
        if task is not None and number > before:
            task.cancel()
        self._asked[client] = (number, task if number == before else None)
        self._asked.move_to_end(client)
        while len(self._asked) > MOST_CLIENTS:
            self._asked.popitem(last=False)
        return True

    def on(self, client: str, number: int, task: asyncio.Task[Any]) -> None:
        """Remember what a client waits for; drop it where a newer question has come meanwhile."""
        newest = self._asked.get(client, (number, None))[0]
        if newest > number:
            task.cancel()
        else:
            self._asked[client] = (number, task)


def event(kind: str, said: Any) -> bytes:
    """One server-sent event."""
    return f"event: {kind}\ndata: {json.dumps(said, separators=(',', ':'), allow_nan=False)}\n\n".encode()


async def answers(crew: Crew, clients: Clients, question: Question) -> AsyncIterator[bytes]:
    """Answers to a question at 16, 64, 256 and 1,000 futures, each as soon as it is there.

    Events: `waiting` (what is being computed, and how many jobs come first), `answer`, `settled`, `superseded`,
    `problem`.
    """
    document, pictures = question.document, [picture.model_dump() for picture in question.pictures]
    try:
        for urgency, futures in enumerate(
            stages(asked(document).but(futures=min(asked(document).futures, question.most)))
        ):
            began, running = time.monotonic(), asyncio.Event()
            task = asyncio.create_task(
                crew.do(
                    "answer", question.client, urgency, running.set,
                    document=document, futures=futures, pictures=pictures, small=urgency > 0,
                )
            )  # fmt: skip
            clients.on(question.client, question.number, task)
            try:
                while not task.done():
                    await asyncio.wait([task], timeout=BEAT)
                    if not task.done():
                        ahead = 0 if running.is_set() else crew.ahead_of(urgency)
                        yield event("waiting", {"futures": futures, "ahead": ahead, "ready": crew.ready > 0})
                made = task.result()
            finally:
                task.cancel()
            seconds = round(time.monotonic() - began, 3)
            yield event("answer", {**made, "number": question.number, "seconds": seconds})
        yield event("settled", {"number": question.number})
    except (asyncio.CancelledError, Cancelled):
        with suppress(RuntimeError):
            yield event("superseded", {"number": question.number})
    except FoedusError as error:
        yield event("problem", told(status_of(error), str(error)))
