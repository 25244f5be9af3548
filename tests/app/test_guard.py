"""What the page refuses, and what every answer carries."""

from __future__ import annotations

import pytest
from client import TestClient
from here import Here

from foedus.app import files
from foedus.app.guard import MOST_BODY, POLICY
from foedus.app.launch import is_loopback
from foedus.app.server import Settings, create


def test_the_page_has_no_inline_script_or_style_and_names_no_other_host(page: TestClient) -> None:
    answer = page.get("/")
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "<style" not in answer.text
    assert "style=" not in answer.text
    for name in files.names() - set(files.MADE):
        text = page.get(f"/static/{name}").text.replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text, name
        assert "https://" not in text, name


@pytest.mark.parametrize("path", ["/static/..%2Fserver.py", "/static/%2Fetc%2Fpasswd", "/static/server.py", "/x"])
def test_no_path_reaches_the_file_system(page: TestClient, path: str) -> None:
    assert page.get(path).status_code == 404


def test_another_host_name_is_refused(page: TestClient) -> None:
    assert page.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_only_json_is_taken_and_not_too_much_of_it(page: TestClient) -> None:
    assert page.post("/api/import", content="text=1", headers={"content-type": "text/plain"}).status_code == 415
    big = page.post("/api/import", content=b" " * (MOST_BODY + 1), headers={"content-type": "application/json"})
    assert big.status_code == 413


def test_another_site_cannot_ask(page: TestClient) -> None:
    sent = page.post("/api/import", json={"text": ""}, headers={"sec-fetch-site": "cross-site"})
    assert sent.status_code == 400


def test_a_token_is_asked_for_once_and_kept_in_a_cookie() -> None:
    app = create(Settings(hosts=(), token="secret"), Here())  # type: ignore[arg-type]
    with TestClient(app) as client:
        assert client.get("/api/start").status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/api/health").status_code == 200
        assert client.get("/?token=secret", follow_redirects=False).headers["location"] == "/"
        assert client.get("/").status_code == 200
        assert "httponly" in client.get("/?token=secret", follow_redirects=False).headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("host", "ours"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False)]
)
def test_only_this_machine_goes_without_a_token(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours


def test_the_routes_are_described(page: TestClient) -> None:
    assert {"/api/answers", "/api/health"} <= set(page.get("/api/openapi.json").json()["paths"])
