"""Routes of the views: each has one task computed by a worker and hands its answer on."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from foedus.app.asking import Client, Plain, Told
from foedus.app.crew import Crew
from foedus.app.document import asked
from foedus.app.looking import TYPES
from foedus.results.headline import LEAST_FUTURES
from foedus.terms import CHANNELS

URGENCY = 1
"""A view waits for first answers, and goes before refinements."""

MOST_BRIEFED = 256
"""Futures of a brief at most: its what-ifs are many runs."""

Iso3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class OfState(Told):
    """A state, and who asks."""

    client: Client
    state: Iso3


class OfFigure(OfState):
    """A figure of the account of a state."""

    figure: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]


class OfEnsemble(Told):
    """An ensemble, and who asks."""

    client: Client
    ensemble: Annotated[str, Field(max_length=40)] = "record-2010"


class OfPairs(Plain):
    """A scenario, and the state whose pairs are wanted; all without."""

    state: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""


class OfOutcome(Plain):
    """A figure of the table of outcomes."""

    state: Iso3
    figure: Literal["war", "loss", "ground", "promise"]


class OfBrief(Plain):
    """A scenario, and the ally whose brief is wanted."""

    state: Iso3
    futures: Annotated[int, Field(ge=LEAST_FUTURES, le=MOST_BRIEFED)] = 64


class Target(Plain):
    """What is to be reached for an ally, and with which lever."""

    ally: Iso3
    chance: Annotated[float, Field(gt=0.0, lt=1.0)]
    spending: Annotated[float, Field(ge=0.01, le=0.5)] = 0.5
    lever: Literal["spending", *CHANNELS]  # type: ignore[valid-type]
    futures: Annotated[int, Field(ge=16, le=256)] = 64


def looking(crew: Crew) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix="/api")
    _of_runs(router, crew)
    _of_record(router, crew)
    return router


def _of_runs(router: APIRouter, crew: Crew) -> None:
    """Routes that look at the run of a scenario."""

    async def of_run(task: str, wanted: Plain, **further: Any) -> Any:
        asked(wanted.document)
        return await crew.do(task, wanted.client, URGENCY, document=wanted.document, futures=wanted.futures, **further)

    @router.post("/pairs")
    async def pairs(wanted: OfPairs) -> dict[str, Any]:
        """Who might fight whom, before and now."""
        found: dict[str, Any] = await of_run("pairs", wanted, state=wanted.state)
        return found

    @router.post("/drivers")
    async def drivers(wanted: Plain) -> dict[str, Any]:
        """What the answer hangs on."""
        found: dict[str, Any] = await of_run("drivers", wanted)
        return found

    @router.post("/anchors")
    async def anchors(wanted: Plain) -> dict[str, Any]:
        """What others say, beside the run."""
        found: dict[str, Any] = await of_run("anchors", wanted)
        return found

    @router.post("/parents")
    async def parents(wanted: OfOutcome) -> dict[str, Any]:
        """What a figure of the table was computed from."""
        found: dict[str, Any] = await of_run("parents", wanted, ally=wanted.state, figure=wanted.figure)
        return found

    @router.post("/target")
    async def target(wanted: Target) -> dict[str, Any]:
        """How far a lever has to be moved to reach a target."""
        found: dict[str, Any] = await of_run(
            "seek", wanted, ally=wanted.ally, chance=wanted.chance, spending=wanted.spending, lever=wanted.lever
        )
        return found

    @router.post("/brief")
    async def brief(wanted: OfBrief) -> Response:
        """The brief of an ally under the scenario: one page of HTML."""
        return Response(await of_run("brief", wanted, ally=wanted.state), media_type=TYPES["html"])

    @router.post("/data/{kind}")
    async def data(kind: Literal["csv", "parquet", "html"], wanted: Plain) -> Response:
        """Every measure of every ally and year as a file, or the report."""
        body: bytes = await of_run("data", wanted, kind=kind)
        return Response(body, media_type=TYPES[kind])


def _of_record(router: APIRouter, crew: Crew) -> None:
    """Routes that look at facts, assumptions and scores, whatever the scenario."""

    @router.post("/exposure")
    async def exposure(wanted: OfState) -> dict[str, Any]:
        """What rests on the guarantor."""
        found: dict[str, Any] = await crew.do("exposure", wanted.client, URGENCY, ally=wanted.state)
        return found

    @router.post("/explained")
    async def explained(wanted: OfFigure) -> dict[str, Any]:
        """The chain behind a figure of an account."""
        found: dict[str, Any] = await crew.do(
            "explained", wanted.client, URGENCY, ally=wanted.state, figure=wanted.figure
        )
        return found

    @router.post("/evidence")
    async def evidence(wanted: OfEnsemble) -> dict[str, Any]:
        """Every parameter, before and after the record."""
        found: dict[str, Any] = await crew.do("evidence", wanted.client, URGENCY, ensemble=wanted.ensemble)
        return found

    @router.post("/facts")
    async def facts(wanted: OfState) -> dict[str, Any]:
        """Every fact about a state."""
        found: dict[str, Any] = await crew.do("facts", wanted.client, URGENCY, state=wanted.state)
        return found

    @router.get("/scoreboard")
    async def scoreboard() -> dict[str, Any]:
        """How the model scores on history, failures first."""
        found: dict[str, Any] = await crew.do("scoreboard", "scoreboard", URGENCY)
        return found
