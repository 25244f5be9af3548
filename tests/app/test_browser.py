"""The page as somebody uses it: a real browser, a real server, real workers."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from axe import violations
from browsing import PATIENCE, Watched, chromium, served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SMALL = """
name     = "small"
title    = "Small"
question = "What if forces leave?"
years    = [2026, 2030]
futures  = 64
states   = ["USA", "RUS", "CHN", "POL", "EST", "DEU", "UKR", "JPN", "TWN", "KOR", "PRK"]
against  = "steady"

[posture]
base = "limited-support"
"""
"""A scenario that settles in a second or two, with allies in two regions."""


def small(folder: Path) -> str:
    """The file of SMALL."""
    scenario = folder / "small.toml"
    scenario.write_text(SMALL)
    return str(scenario)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(small(tmp_path_factory.mktemp("served")), "--workers", "2") as found:
        yield found.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def watched(browser: Any, address: str) -> Iterator[Watched]:
    found = Watched(browser, address)
    yield found
    found.close()


def moved(page: Any, key: str, value: int) -> None:
    """Set a lever by its number entry."""
    page.fill(f".lever:has(#lever-{key}) input[type=number]", str(value))
    page.press(f".lever:has(#lever-{key}) input[type=number]", "Enter")


def changes(page: Any) -> str:
    return str(page.locator("#sheet section").first.inner_text())


def test_a_lever_brings_a_first_answer_then_refines_and_can_be_undone_replayed_and_redone(watched: Watched) -> None:
    page = watched.open()
    assert page.locator("#first svg").count() == 1
    before = page.locator("#sheet table").inner_text()
    moved(page, "troops", 0)
    page.get_by_text("troops to 0 % of today").wait_for()
    watched.settled()
    assert "64 futures" in page.locator("#status").inner_text()
    assert page.locator("#sheet table").inner_text() != before
    page.click("#undo")
    page.get_by_text("troops to 0 % of today").wait_for(state="detached")
    watched.settled()
    assert page.locator("#sheet table").inner_text() == before
    page.click("#redo")
    page.get_by_text("troops to 0 % of today").wait_for()
    watched.settled()
    page.click("#replay")
    page.get_by_text("troops to 0 % of today").wait_for(state="detached")
    page.get_by_text("troops to 0 % of today").wait_for()
    watched.settled()


def test_a_stored_answer_stands_in_until_the_live_one_has_as_many_futures(browser: Any, address: str) -> None:
    watched = Watched(browser, address)
    document = watched.page.request.get(f"{address}/api/start").json()["document"]
    question = {"client": "stored", "number": 1, "document": document, "pictures": [{"kind": "risks"}, {"kind": "map"}]}
    told = watched.page.request.post(f"{address}/api/answers", data=question).text()
    made = [json.loads(line[6:]) for line in told.split("\n") if line.startswith('data: {"futures":64,"asked"')]
    stored = json.dumps({"digest": "", "document": document, "answer": {**made[-1], "sentences": ["Stored."]}})
    watched.page.route("**/static/stored.json", lambda route: route.fulfill(body=stored))
    watched.page.route("**/api/answers", lambda _: None)
    page = watched.page
    page.goto(address)
    page.locator("#strip .draw svg").last.wait_for()
    assert page.inner_text("#status").startswith("stored answer of 64 futures")
    assert page.inner_text("#lead") == "Stored."
    assert page.locator("#first .draw svg, #second .draw svg").count() == 2
    watched.page.unroute("**/api/answers")
    page.reload()
    watched.settled()
    assert page.inner_text("#status") == "64 futures · settled"
    assert page.inner_text("#lead") != "Stored."
    watched.close()


def numbered(page: Any, lever: str, value: str) -> None:
    """Set any lever by its number entry."""
    page.fill(f".lever:has(#lever-{lever}) > .move input[type=number]", value)
    page.press(f".lever:has(#lever-{lever}) > .move input[type=number]", "Enter")


def test_conditions_parameters_and_mechanisms_are_moved_said_explained_and_shared(browser: Any, address: str) -> None:
    watched = Watched(browser, address, bypass_csp=True, viewport={"width": 360, "height": 780})
    page = watched.open()
    for part in ("conditions", "hedges", "parameters", "mechanisms"):
        page.click(f"#section-{part} > summary")
    numbered(page, "conditional", "50")
    page.fill("#parameter-word", "homeland exposure")
    page.get_by_role("button", name="Set Weight of homeland exposure").click()
    numbered(page, "parameter-homeland_exposure_weight", "2.5")
    page.uncheck("#mechanism-R29")
    page.get_by_text("Switched off, R29").wait_for()
    said = changes(page)
    assert "Support depends on the ally's spending: 50 %." in said
    assert "Assumed: Weight of homeland exposure is 2.50 instead of 0 to 3.0." in said
    for drawer in ("conditional", "parameter-homeland_exposure_weight", "hedge-option", "hedge-spending"):
        page.click(f"#lever-{drawer}-why")
        terms = page.locator(f".drawer:below(#lever-{drawer}-why)").first.locator("dt").all_inner_texts()
        assert {"Unit", "Range", "Grade"} <= set(terms)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(page) == []
    watched.settled()
    page.wait_for_timeout(400)
    page.reload()
    watched.settled()
    assert changes(page) == said
    page.click("#section-mechanisms > summary")
    page.check("#alone-without")
    page.get_by_text("Switched off on this side only, R29").wait_for()
    watched.close()


def test_the_brief_of_an_ally_is_saved_and_prints_on_one_page(watched: Watched, tmp_path: Path) -> None:
    page = watched.open()
    page.click("#tab-ally")
    page.select_option("#view-ally", "EST")
    page.get_by_role("heading", name="Estonia").wait_for()
    with page.expect_download() as saved:
        page.locator("#view button.brief").click()
    saved.value.save_as(tmp_path / "brief.html")
    text = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "<h1>Estonia under small</h1>" in text
    page.goto("about:blank")
    page.set_content(text)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    watched.close()


def test_answers_are_pinned_compared_and_gone_back_to(watched: Watched) -> None:
    page = watched.open()
    page.click("#pin")
    page.locator("#dialog").get_by_role("button", name="Close").click()
    moved(page, "nuclear", 0)
    page.locator("#sheet").get_by_text("nuclear to 0 % of today").wait_for()
    watched.settled()
    page.click("#pin")
    assert page.locator("#dialog h3").first.inner_text().startswith("A:")
    page.get_by_role("button", name="Go back to A").click()
    page.locator("#sheet").get_by_text("nuclear to 0 % of today").wait_for(state="detached")


def test_an_ally_a_pair_and_the_parents_of_a_number_open(watched: Watched) -> None:
    page = watched.open()
    page.locator("#sheet button.figure").first.click()
    page.locator("#dialog").get_by_text("By these mechanisms").wait_for()
    page.get_by_role("button", name="What rests on the guarantor").click()
    page.locator("#dialog pre").get_by_text("Sources").wait_for()
    page.locator("#dialog").get_by_role("button", name="Close").click()
    page.locator("#sheet button.link").first.click()
    page.locator("#view").get_by_text("Replacing it").wait_for()
    page.click("#tab-pairs")
    page.locator("#view table button.link").first.click()
    page.locator("#view").get_by_text("chance of a war since the start").wait_for()


@pytest.mark.parametrize("view", ["drivers", "evidence", "anchors", "scores", "scenarios"])
def test_every_other_view_shows_something(watched: Watched, view: str) -> None:
    page = watched.open()
    page.click(f"#tab-{view}")
    page.locator("#view table, #view .grid").first.wait_for()
    assert page.locator("#view [role=alert]").count() == 0


def test_a_scenario_goes_out_and_comes_back_by_file_and_by_address(watched: Watched, tmp_path: Path) -> None:
    page = watched.open()
    moved(page, "arms", 150)
    page.get_by_text("arms to 150 % of today").wait_for()
    page.click("#share")
    page.get_by_text("Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    page.click("#export")
    with page.expect_download() as got:
        page.get_by_role("button", name="Save TOML").click()
    file = tmp_path / "out.toml"
    got.value.save_as(file)
    assert "arms = { 2026 = 1.0, 2030 = 1.5 }" in file.read_text()
    page.locator("#dialog").get_by_role("button", name="Close").click()
    page.click("#undo")
    page.get_by_text("arms to 150 % of today").wait_for(state="detached")
    page.click("#export")
    page.set_input_files("#dialog input[type=file]", str(file))
    page.get_by_text("arms to 150 % of today").wait_for()
    page.goto("about:blank")
    page.goto(link)
    watched.settled()
    assert "arms to 150 % of today" in changes(page)


def test_a_wrong_file_is_refused_with_its_line(watched: Watched) -> None:
    page = watched.open()
    page.click("#export")
    page.fill("#dialog textarea", "[posture]\ntrops = 0.5")
    page.get_by_role("button", name="Open what is pasted").click()
    page.get_by_text('Did you mean "troops"').wait_for()
    watched.wrong = [said for said in watched.wrong if "422" not in said]


def test_the_keyboard_alone_moves_a_lever_and_takes_it_back(watched: Watched) -> None:
    page = watched.open()
    page.focus("#lever-pledge")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.get_by_text(re.compile("pledge to 65 % of today")).wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "lever-pledge-why"
    page.keyboard.press("Enter")
    page.get_by_role("group", name="About pledge").wait_for()
    for _ in range(6):
        page.keyboard.press("Control+z")
    page.get_by_text("pledge to 65 % of today").wait_for(state="detached")


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_is_wider_than_the_window_in_either_look(browser: Any, address: str, look: str, width: int) -> None:
    watched = Watched(browser, address, viewport={"width": width, "height": 800}, color_scheme=look)
    page = watched.open()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    drawn = page.locator("#first svg").bounding_box()
    assert drawn["width"] <= width
    watched.close()


def test_every_picture_has_its_table(watched: Watched) -> None:
    page = watched.open()
    for figure in ("#first", "#second"):
        page.locator(f"{figure} summary").click()
        assert page.locator(f"{figure} tbody tr").count() > 0


@pytest.mark.parametrize("figure", ["first", "second"])
def test_a_saved_picture_says_of_which_futures_it_is_and_how_exact(watched: Watched, figure: str) -> None:
    page = watched.open()
    caption = page.locator(f"#{figure} figcaption").inner_text()
    assert re.search(r"\d+ futures, 2026-2030, ensemble record-2010, seed 1. Monte Carlo standard error", caption)
    for kind in ("svg", "png", "csv"):
        with page.expect_download() as got:
            page.locator(f"#{figure}").get_by_label("Save this picture").select_option(kind)
        saved = Path(got.value.path()).read_bytes()
        if kind == "png":
            assert saved.startswith(b"\x89PNG")
            continue
        text = " ".join(re.sub(r"<[^>]*>", " ", saved.decode()).split())
        assert re.search(r"\d+ futures, 2026-2030, ensemble record-2010, seed 1", text)
        assert "Monte Carlo standard error" in text


def test_a_target_is_sought_and_set(watched: Watched) -> None:
    page = watched.open()
    page.get_by_text("Target", exact=True).click()
    page.fill("#target-chance", "99")
    page.press("#target-chance", "Tab")
    page.click("#target-find")
    page.get_by_text("is within the target at").wait_for()
    page.get_by_role("button", name="Set the lever there").click()
    page.get_by_text("Estonia: spends 1.0 % of GDP").wait_for()


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("view", ["workbench", "ally", "evidence", "scores"])
def test_axe_finds_no_serious_violation(browser: Any, address: str, look: str, view: str) -> None:
    watched = Watched(browser, address, color_scheme=look, bypass_csp=True)
    page = watched.open()
    page.click(f"#tab-{view}")
    if view != "workbench":
        page.locator("#view table").first.wait_for()
    assert violations(page) == []
    watched.close()


def children(pid: int) -> list[int]:
    """Processes that a process has begun, from whichever of its threads."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            found += [int(path.parent.name)] if parent == pid else []
    return found


def workers(process: subprocess.Popen[str]) -> list[int]:
    """Process ids of the workers: the children of the process that forks them, itself a child of the server."""
    return [pid for child in children(process.pid) for pid in children(child)]


def test_a_killed_worker_is_told_of_and_the_next_answer_comes(browser: Any, tmp_path: Path) -> None:
    with served(small(tmp_path), "--workers", "1") as found:
        process, watched = found.process, Watched(browser, found.address)
        page = watched.open()
        os.kill(workers(process)[0], signal.SIGSTOP)
        moved(page, "troops", 10)
        time.sleep(1.0)
        os.kill(workers(process)[0], signal.SIGKILL)
        page.get_by_text("A worker process was ended from outside").wait_for()
        moved(page, "troops", 20)
        page.get_by_text("troops to 20 % of today").wait_for(timeout=PATIENCE)
        watched.settled()
        watched.wrong = [said for said in watched.wrong if "503" not in said]
        watched.close()


def test_the_server_stops_cleanly_at_an_interrupt(tmp_path: Path) -> None:
    with served(small(tmp_path), "--workers", "1") as found:
        process = found.process
        below = workers(process)
        assert len(below) == 1
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 0
        assert said.splitlines()[-1] == "Stopped."
        time.sleep(0.5)
        assert not any(Path(f"/proc/{pid}").exists() for pid in below)
