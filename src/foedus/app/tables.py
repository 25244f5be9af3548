"""Tables: exercises that a page plays, in memory. Who knows a seat's code sits there; nobody else sees what it sees."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException
from fastapi import Path as InPath
from fastapi.responses import Response, StreamingResponse
from pydantic import Field

from foedus.app.asking import Document, Told, event
from foedus.app.crew import Crew
from foedus.app.tabling import FILES
from foedus.tabletop.teams import FACILITATOR

MOST_TABLES = 8
"""Exercises at a time; the one that was left alone longest gives way to a new one."""

MOST_TEAMS = 12
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters of a code: none that is taken for another when it is read out."""

TEAM_CODE, FACILITATOR_CODE = 6, 12
"""Letters of a team's code, and of the facilitator's, which nobody has to type."""

BEAT = 1.0
"""Seconds between two signs of life to a seat that waits, and after which it hears that the server stops."""

Code = Annotated[str, InPath(pattern=r"^[A-Za-z2-9]{6,12}$")]
Short = Annotated[str, Field(max_length=2000)]


class NewTable(Told):
    """What an exercise begins with."""

    document: Document
    years: Annotated[list[Annotated[int, Field(ge=1950, le=9999)]], Field(min_length=2, max_length=2)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**53)] | None = None
    analysts: Annotated[int, Field(ge=16, le=512)] = 64
    teams: Annotated[list[Annotated[str, Field(max_length=120)]], Field(max_length=MOST_TEAMS, default_factory=list)]


class KeptTable(Told):
    """The record of an exercise that goes on."""

    record: Annotated[str, Field(max_length=240_000)]


class SealedMove(Told):
    """Lines that a team seals, and why."""

    lines: Short = ""
    why: Short = ""


class Saying(Told):
    """A message to a team, or to all."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]
    to: Annotated[str, Field(max_length=40)] = ""


class PutIn(Told):
    """An inject of the list with its blanks, or one of the facilitator's own."""

    name: Annotated[str, Field(max_length=40)]
    given: Annotated[dict[str, Annotated[str, Field(max_length=40)]], Field(max_length=4, default_factory=dict)]
    words: Short = ""
    lines: Short = ""
    lasts: Annotated[int, Field(ge=1, le=60)] | None = None


class Closing(Told):
    """Whether teams that have not moved pass."""

    at_once: bool = False


@dataclass
class Hosted:
    """An exercise that is played: its record, seats by code, and what each seat sees of this version."""

    record: str
    codes: dict[str, str]
    version: int = 1
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def name(self) -> str:
        """What the crew calls it, so that one worker keeps its years."""
        return f"table-{next(iter(self.codes))[:4]}"


@dataclass
class Ending:
    """Whether the server is about to stop: who listens for changes then hears no more, and does not hold it up."""

    near: bool = False


class Hall:
    """The tables that are played."""

    def __init__(self, crew: Crew, ending: Ending) -> None:
        """A hall without tables, whose exercises are worked out by a crew, until its end is near."""
        self._crew, self._ending = crew, ending
        self._tables: list[Hosted] = []

    async def seat(self, record: str) -> dict[str, str]:
        """Host an exercise and return the code of every seat, the facilitator's first."""
        seen = await self._crew.do("table_seen", "table", 0, record=record, seat=FACILITATOR)
        codes = {_code(FACILITATOR_CODE): FACILITATOR}
        codes |= {_code(TEAM_CODE): team["name"] for team in seen["teams"]}
        self._tables = [*self._tables[-MOST_TABLES + 1 :], Hosted(record, codes)]
        return {seat: code for code, seat in codes.items()}

    def at(self, code: str) -> tuple[Hosted, str]:
        """The table and seat of a code; HTTPException 404 for none."""
        for table in self._tables:
            if seat := table.codes.get(code.upper()):
                self._tables.remove(table)
                self._tables.append(table)
                return table, seat
        raise HTTPException(404, "no exercise has this code. Ask the facilitator for yours")

    async def seen(self, code: str) -> dict[str, Any]:
        """What a seat sees, worked out once a version."""
        table, seat = self.at(code)
        if seat not in table.views:
            version = table.version
            made = await self._crew.do("table_seen", table.name, 0, record=table.record, seat=seat)
            made |= {"version": version, "codes": table.codes if seat == FACILITATOR else {}}
            if version != table.version:
                return await self.seen(code)
            table.views[seat] = made
        return table.views[seat]

    async def do(self, code: str, verb: str, given: dict[str, Any], *, facilitator: bool = False) -> dict[str, int]:
        """One thing that a seat does; HTTPException 403 for what is the facilitator's alone."""
        table, seat = self.at(code)
        if facilitator != (seat == FACILITATOR) and verb != "say":
            raise HTTPException(403, "that is for the facilitator" if facilitator else "the facilitator seals no move")
        async with table.lock:
            table.record = await self._crew.do(
                "table_done", table.name, 0, record=table.record, verb=verb, seat=seat, given=given
            )
            table.version += 1
            table.views = {}
        async with table.changed:
            table.changed.notify_all()
        return {"version": table.version}

    async def text(self, code: str, name: str) -> str:
        """A file of an exercise, for its facilitator."""
        table, seat = self.at(code)
        if seat != FACILITATOR:
            raise HTTPException(403, "files are for the facilitator")
        if name == "record.json":
            return table.record
        text: str = await self._crew.do("table_file", table.name, 1, record=table.record, name=name)
        return text

    async def changes(self, code: str) -> AsyncIterator[bytes]:
        """Events by which a seat hears that something has changed, for as long as it listens."""
        table, _ = self.at(code)
        told = 0
        while table in self._tables and not self._ending.near:
            async with table.changed:
                if told != table.version:
                    told = table.version
                    yield event("changed", {"version": told})
                    continue
                try:
                    await asyncio.wait_for(table.changed.wait(), BEAT)
                except TimeoutError:
                    yield b": still here\n\n"


def _code(letters: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(letters))


def table_routes(crew: Crew, ending: Ending) -> APIRouter:
    """Routes of table-top exercises; `ending` says when the server is about to stop."""
    router, hall = APIRouter(prefix="/api/tables"), Hall(crew, ending)

    @router.post("")
    async def begin(wanted: NewTable) -> dict[str, str]:
        """Begin an exercise: the code of every seat."""
        record = await crew.do("table_begun", "table", 0, **wanted.model_dump())
        return await hall.seat(record)

    @router.post("/record")
    async def go_on(wanted: KeptTable) -> dict[str, str]:
        """Go on with a record: new codes for its seats."""
        return await hall.seat(await crew.do("table_opened", "table", 0, record=wanted.record))

    @router.get("/{code}")
    async def seen(code: Code) -> dict[str, Any]:
        """The table as a seat sees it."""
        return await hall.seen(code)

    @router.get("/{code}/events")
    def events(code: Code) -> StreamingResponse:
        """Server-sent events: something has changed."""
        hall.at(code)
        return StreamingResponse(hall.changes(code), media_type="text/event-stream")

    @router.post("/{code}/move")
    async def move(code: Code, wanted: SealedMove) -> dict[str, int]:
        """Seal a team's move."""
        return await hall.do(code, "move", wanted.model_dump())

    @router.post("/{code}/say")
    async def say(code: Code, wanted: Saying) -> dict[str, int]:
        """Send a message."""
        return await hall.do(code, "say", wanted.model_dump())

    @router.post("/{code}/inject")
    async def inject(code: Code, wanted: PutIn) -> dict[str, int]:
        """Put an inject into the open year."""
        return await hall.do(code, "inject", wanted.model_dump(), facilitator=True)

    @router.post("/{code}/close")
    async def close(code: Code, wanted: Closing) -> dict[str, int]:
        """Close the open year: it happens."""
        return await hall.do(code, "close", wanted.model_dump(), facilitator=True)

    @router.get("/{code}/files/{name}")
    async def file(code: Code, name: str) -> Response:
        """The record, or a file of the after-action account."""
        if name != "record.json" and name not in FILES:
            raise HTTPException(404, f"{name[:60]!r}: one of record.json, {', '.join(FILES)}")
        kind = "application/json" if name == "record.json" else FILES[name][1]
        return Response(
            await hall.text(code, name),
            media_type=f"{kind}; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )

    return router
