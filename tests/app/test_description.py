"""The interface by its own description: no request that the description allows, nor many that it does not, fails."""

from __future__ import annotations

import warnings
from contextlib import suppress
from typing import Any

import pytest
from client import TestClient
from here import SMALL, Here

from foedus.app.server import Settings, create

schemathesis = pytest.importorskip("schemathesis")

pytestmark = pytest.mark.slow

FEW = 6
"""Requests tried of each route."""


def test_no_request_makes_the_server_fail() -> None:
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis.errors import NoSuchExample

    app = create(Settings(hosts=()), Here())  # type: ignore[arg-type]
    failed: list[tuple[str, str, int, str]] = []
    told: set[str] = set()
    with TestClient(app, raise_server_exceptions=False) as client:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
        for result in schema.get_all_operations():
            operation = result.ok()

            def fails(case: Any) -> bool:
                kind, body = case.as_transport_kwargs(base_url="http://testserver"), case.body
                held = {"params": kind.get("params"), "headers": dict(kind.get("headers") or {})}
                if isinstance(body, dict | list | str | int | float | bool) or body is None:
                    if isinstance(body, dict) and "document" in body and len(str(body)) % 2:
                        body = {**body, "document": SMALL}  # half of them reach beyond the reader of scenarios
                    held["json"] = body
                answer = client.request(case.method, kind["url"].removeprefix("http://testserver"), **held)
                told.add(f"{case.method} {case.operation.path}")
                if answer.status_code >= 500:
                    failed.append((case.method, kind["url"], answer.status_code, answer.text[:300]))
                return bool(answer.status_code >= 500)

            wanted = settings(
                max_examples=FEW, database=None, deadline=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            with warnings.catch_warnings(), suppress(NoSuchExample):
                warnings.simplefilter("ignore")
                find(operation.as_strategy(), fails, settings=wanted)
    assert failed == []
    assert len(told) > 12, told
