"""Everything that can be refused, as problem+json (RFC 9457): what was got, what is legal, and what to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from foedus.app.crew import Killed, Overrun
from foedus.errors import FoedusError

TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "This seat may not do that",
    404: "There is no such page",
    405: "This address does not take that method",
    409: "A newer question has been asked",
    413: "The request is too large",
    415: "The request must be JSON",
    422: "The scenario cannot be used",
    429: "Too much at once",
    500: "The workbench failed",
    503: "The workbench is busy",
}

Handler = Callable[[Request, Exception], Awaitable[JSONResponse]]


def problem(status: int, detail: str) -> JSONResponse:
    """A refusal."""
    return JSONResponse(told(status, detail), status, media_type="application/problem+json")


def told(status: int, detail: str) -> dict[str, Any]:
    """What a refusal says."""
    return {"type": "about:blank", "title": TITLES.get(status, "Refused"), "status": status, "detail": detail}


def status_of(error: FoedusError) -> int:
    """The status of an error of the model or of the workers."""
    return 503 if isinstance(error, Overrun | Killed) else 422


def tell_problems(app: FastAPI) -> None:
    """Have an application tell every error as a problem."""

    async def of_model(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, FoedusError)
        return problem(status_of(error), str(error))

    async def of_shape(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        return problem(422, f"{'.'.join(map(str, first['loc']))}: {first['msg']}")

    async def of_http(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return problem(error.status_code, str(error.detail))

    app.add_exception_handler(FoedusError, of_model)
    app.add_exception_handler(RequestValidationError, of_shape)
    app.add_exception_handler(HTTPException, of_http)
