"""The page: asks nothing of the network, opens without a complaint, prints on one sheet of A4."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from foedus.brief import text
from foedus.brief.page import write
from foedus.errors import InputError
from report.test_report import CHROMIUM, QUIET, opened


@pytest.fixture(scope="module")
def pages(briefs, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    return {ally: write(briefs(ally, "retrench"), folder / f"{ally}.html") for ally in ("JPN", "ISR")}


def test_a_page_is_one_file_without_script_or_request(pages) -> None:
    for page in pages.values():
        said = page.read_text(encoding="utf-8")
        assert "<script" not in said
        assert not re.search(r"(src|href)=[\"']?(https?:)?//", said)
        assert not re.search(r"url\((?!['\"]?#)", said)


def test_a_page_says_what_the_terminal_says(briefs, pages) -> None:
    said = re.sub(r"&#x27;", "'", pages["JPN"].read_text(encoding="utf-8"))
    for section in text.sections(briefs("JPN", "retrench")):
        assert section.title in said or section.title == "In short"
        if section.title != text.HELP:
            for line in section.lines:
                assert line in said


def test_a_page_and_its_charts_say_of_which_futures_they_are(briefs, pages) -> None:
    said, origin = pages["JPN"].read_text(encoding="utf-8"), briefs("JPN", "retrench").results.origin
    assert origin in said.partition("</header>")[0]
    labels = re.findall(r"<svg [^>]*><desc>(.*?)</desc>", said)
    assert len(labels) == 2
    assert all(label.startswith(f"{origin}. Monte Carlo standard error of a mean: at most ±") for label in labels)


def test_a_page_that_cannot_be_written_says_so(briefs, tmp_path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write(briefs("JPN", "retrench"), tmp_path / "no" / "such" / "folder.html")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
def test_a_page_opens_without_a_complaint_and_prints_on_one_sheet(pages, tmp_path: Path) -> None:
    said, _, shot = opened(pages["JPN"].as_uri(), tmp_path / "page")
    assert "CONSOLE" not in said
    assert shot.stat().st_size > 50_000
    for ally, page in pages.items():
        paper = tmp_path / f"{ally}.pdf"
        command = [str(CHROMIUM), *QUIET, f"--user-data-dir={tmp_path / 'print'}", "--no-pdf-header-footer"]
        subprocess.run(
            [*command, f"--print-to-pdf={paper}", page.as_uri()], check=True, timeout=300, capture_output=True
        )
        sheets = PdfReader(paper).pages
        assert len(sheets) == 1
        width, height = (float(x) / 72 * 25.4 for x in (sheets[0].mediabox.width, sheets[0].mediabox.height))
        assert (width, height) == pytest.approx((210, 297), abs=1)


FRAME = """<!doctype html><body style="margin:0"><iframe src="{page}" style="width:{width}px;height:900px"></iframe>
<script>addEventListener("message", e => {{ document.body.dataset.width = e.data }})</script></body>"""


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
@pytest.mark.parametrize("width", [390, 1200])
def test_nothing_runs_off_the_edge_of_a_phone_or_of_a_desk(width: int, pages, tmp_path: Path) -> None:
    measure = "<script>parent.postMessage(`${innerWidth} ${document.documentElement.scrollWidth}`, '*')</script></body>"
    copy = tmp_path / "copy.html"
    copy.write_text(pages["JPN"].read_text(encoding="utf-8").replace("</body>", measure), encoding="utf-8")
    frame = tmp_path / "frame.html"
    frame.write_text(FRAME.format(page=copy.name, width=width), encoding="utf-8")
    command = [
        str(CHROMIUM),
        *QUIET,
        f"--user-data-dir={tmp_path / 'profile'}",
        "--hide-scrollbars",
        "--virtual-time-budget=5000",
    ]
    said = subprocess.run(
        [*command, "--dump-dom", frame.as_uri()], check=True, timeout=300, capture_output=True, text=True
    ).stdout
    found = re.search(r'data-width="(\d+) (\d+)"', said)
    assert found, said[-300:]
    assert int(found[1]) == width
    assert int(found[2]) <= width
