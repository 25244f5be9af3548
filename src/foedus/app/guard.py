"""What stands before every request: size, type of body, token, origin; and the headers of every answer."""

from __future__ import annotations

import hmac
from http.cookies import SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.app.problems import problem

MOST_BODY = 256 << 10
"""Bytes of a request."""

COOKIE = "foedus"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}

OPEN = ("/api/health",)
"""Paths that need no token."""


class Guard:
    """Refuses what should not reach the application."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...], token: str = "") -> None:
        """Guard an application.

        hosts  names by which it may be called; none for any, where a token is asked for
        token  what a client must show once; empty for none
        """
        self.app, self.hosts, self.token = app, hosts, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    told[name] = value
                if "cache-control" not in told:
                    told["cache-control"] = "no-store"
            await send(message)

        refused = self._refused(scope, headers)
        if refused is not None:
            await problem(*refused)(scope, receive, answer)
        elif self.token and (given := self._given(scope)):
            response = RedirectResponse(scope["path"], 303)
            response.set_cookie(COOKIE, given, httponly=True, samesite="strict")
            await response(scope, receive, answer)
        else:
            await self.app(scope, _bounded(receive), answer)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Status and reason of a refusal; None where there is none."""
        host = headers.get("host", "").rpartition("@")[2]
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        if self.hosts and name not in self.hosts:
            return 400, f"host {host[:60]!r}: this workbench answers to {', '.join(self.hosts)}"
        if headers.get("sec-fetch-site") == "cross-site" and scope["method"] != "GET":
            return 400, "the request comes from another site"
        if scope["method"] == "POST":
            if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                return 415, "send application/json"
            length = headers.get("content-length", "")
            if length.isdecimal() and int(length) > MOST_BODY:
                return 413, f"{length} bytes; at most {MOST_BODY}"
        if self.token and scope["path"] not in OPEN and not self._shown(scope, headers):
            return 401, "open the address that the workbench printed when it started; it holds the token"
        return None

    def _given(self, scope: Scope) -> str:
        """The token in the address of a page, to be kept in a cookie instead."""
        found = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]
        return found if found and self._is_token(found) and scope["method"] == "GET" else ""

    def _shown(self, scope: Scope, headers: Headers) -> bool:
        cookies: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
        held = cookies[COOKIE].value if COOKIE in cookies else ""
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        return bool(self._given(scope)) or self._is_token(held) or self._is_token(bearer)

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self.token.encode())


def _bounded(receive: Receive) -> Receive:
    """The same source of a body, cut off beyond MOST_BODY whatever its header said."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BODY:
            return {"type": "http.disconnect"}
        return message

    return bounded
