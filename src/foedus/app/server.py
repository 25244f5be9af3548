"""The application: the page, its files, and the routes by which it asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.responses import Response, StreamingResponse

from foedus.app import files
from foedus.app.asking import Clients, Plain, Question, Redrawn, Told, answers
from foedus.app.catalogue import start_page
from foedus.app.crew import Crew
from foedus.app.document import MOST_TEXT, Document, asked, imported, shipped_document, text_of
from foedus.app.guard import Guard
from foedus.app.problems import tell_problems
from foedus.app.stored import OPENED
from foedus.app.tables import Ending, table_routes
from foedus.app.views import looking
from foedus.version import __version__

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Settings:
    """How the page is served.

    document  the scenario that the page opens with
    note      a word on where it comes from, shown once
    hosts     names by which the page may be called; none for any
    token     what a client must show; empty for none
    workers   processes; as many as there are cores, at most four, without it
    """

    document: Document = field(default_factory=lambda: shipped_document(OPENED))
    note: str = ""
    hosts: tuple[str, ...] = LOOPBACK
    token: str = ""
    workers: int | None = None


class Text(Told):
    """The text of a scenario file."""

    text: str


def create(settings: Settings | None = None, crew: Crew | None = None) -> FastAPI:
    """The application, whose workers start and stop with it."""
    settings, clients = settings or Settings(), Clients()
    workers = crew or Crew(settings.workers)

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        await workers.start()
        try:
            yield
        finally:
            await workers.stop()

    app = FastAPI(
        title="Foedus workbench", version=__version__, lifespan=running, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json",
    )  # fmt: skip
    app.state.crew = workers
    tell_problems(app)
    app.include_router(_pages())
    app.include_router(_asking(workers, clients))
    app.include_router(_scenarios(settings))
    app.include_router(looking(workers))
    app.state.ending = Ending()
    app.include_router(table_routes(workers, app.state.ending))
    app.add_middleware(Guard, hosts=settings.hosts, token=settings.token)
    return app


def _pages() -> APIRouter:
    """The page and its files, which are read once and served from memory."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def page() -> Response:
        return files.served("index.html")

    @router.get("/table")
    def table() -> Response:
        return files.served("table.html")

    @router.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in files.names():
            raise HTTPException(404, f"{name[:60]!r}: no such file of the page")
        return files.served(name)

    return router


def _asking(crew: Crew, clients: Clients) -> APIRouter:
    """Routes by which the page has something computed."""
    router = APIRouter(prefix="/api")

    @router.get("/health")
    def health() -> dict[str, Any]:
        """Whether the workers are ready, and how much waits."""
        return {"status": "ok" if crew.ready else "starting", "workers": len(crew.pids), "waiting": crew.waiting}

    @router.post("/answers")
    async def ask(question: Question) -> StreamingResponse:
        """Answers to a question as server-sent events, from 16 futures to as many as it asks for."""
        asked(question.document)
        if not clients.newest(question.client, question.number):
            raise HTTPException(409, "a newer question of this client is being answered")
        return StreamingResponse(answers(crew, clients, question), media_type="text/event-stream")

    @router.post("/pictures")
    async def pictures(wanted: Redrawn) -> list[dict[str, Any]]:
        """Further pictures of a scenario at a number of futures."""
        asked(wanted.document)
        made = await crew.do(
            "answer", wanted.client, 0, document=wanted.document, futures=wanted.futures,
            pictures=[picture.model_dump() for picture in wanted.pictures], small=False,
        )  # fmt: skip
        found: list[dict[str, Any]] = made["pictures"]
        return found

    @router.post("/figures")
    async def figures(wanted: Plain) -> list[dict[str, Any]]:
        """Every figure of every ally, as `foedus run --json` has them."""
        asked(wanted.document)
        found: list[dict[str, Any]] = await crew.do(
            "figures", wanted.client, 1, document=wanted.document, futures=wanted.futures
        )
        return found

    return router


def _scenarios(settings: Settings) -> APIRouter:
    """Routes of scenarios as such: what the page opens with, and TOML in and out."""
    router = APIRouter(prefix="/api")

    @router.get("/start")
    def start() -> dict[str, Any]:
        """Levers, scopes, presets, scenarios, pictures, and the scenario that the page opens with."""
        return {**start_page(), "document": settings.document, "note": settings.note}

    @router.get("/scenarios/{name}")
    def scenario(name: str) -> Document:
        """The document of a preset or of a scenario that ships."""
        try:
            return shipped_document(name)
        except KeyError:
            raise HTTPException(404, f"{name[:60]!r}: no such preset or scenario") from None

    @router.post("/toml")
    def toml(wanted: Plain) -> dict[str, str]:
        """The scenario as the text of a file."""
        asked(wanted.document)
        return {"text": text_of(wanted.document)}

    @router.post("/import")
    def read(given: Text) -> Document:
        """The document of a scenario file's text."""
        if len(given.text) > MOST_TEXT:
            raise HTTPException(413, f"{len(given.text)} characters; at most {MOST_TEXT}")
        return imported(given.text)

    return router
