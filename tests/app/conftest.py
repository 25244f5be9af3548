"""One application for all tests of the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from client import TestClient
from here import Here

from foedus.app.server import Settings, create


@pytest.fixture(scope="session")
def page() -> Iterator[TestClient]:
    """A client of the page, whose workers are in this process."""
    with TestClient(create(Settings(hosts=("testserver",)), Here())) as client:  # type: ignore[arg-type]
        yield client
