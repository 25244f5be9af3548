"""The site: every page has its place, every command on it is one, and it builds without a warning or a request."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from cyclopts import MissingArgumentError

from axe import violations
from browsing import chromium
from build_site import HOME, LINK, ROOT, lay_out, linked, places, sections
from foedus.cli.app import app
from foedus.ledger import load_ledger
from foedus.version import __version__
from foedus.world import World
from site_docstrings import restructured
from site_notebooks import notebook
from site_pages import MADE

WHERE = places(sections())
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def test_every_page_of_the_docs_has_one_place_on_the_site() -> None:
    pages = {str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")}
    assert pages == {page for page in WHERE if page.startswith("docs/")}
    assert len(set(WHERE.values())) == len(WHERE)
    assert [name for section in sections() for name in section.made] == list(MADE)


def test_links_lead_from_the_place_of_a_page_to_the_place_of_another(tmp_path: Path) -> None:
    text = "[a](../glossary.md) [b](1-crisis.md#x) [`year.py`](../../src/foedus/engine/year.py) [c](https://x.org)\n"
    found = linked(text + f"```md\n{text}```\n", "docs/equations/2-belief.md", WHERE, tmp_path)
    head, _, code = found.partition("\n")
    assert head == "[a](../project/glossary.md) [b](1-crisis.md#x) `year.py` [c](https://x.org)"
    assert text in code


def test_a_picture_comes_with_its_page(tmp_path: Path) -> None:
    assert linked("![m](model.svg)", "docs/model.md", WHERE, tmp_path) == "![m](model.svg)"
    assert (tmp_path / "explanation" / "model.svg").exists()


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"docs/model.md: the link to gone.md leads nowhere"):
        linked("[x](gone.md)", "docs/model.md", WHERE, tmp_path)


def test_docstrings_become_definition_lists_and_code_and_signs_stay_signs() -> None:
    given = [
        "A `b` of *c_.",
        "",
        "one, two   what they are,",
        "           in stakes",
        "three      a_",
        "",
        "    x = 1",
        "Done.",
    ]
    assert restructured(given) == [
        r"A ``b``\  of \*c\_.", "", "``one, two``", "    what they are,", "    in stakes", "``three``", r"    a\_", "",
        "", "::", "", "    x = 1", "", "Done.", "",
    ]  # fmt: skip


def commands() -> list[tuple[str, str]]:
    """Page and line of every command that the site shows."""
    found = []
    for page in WHERE:
        text = (ROOT / page).read_text(encoding="utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL):
            lines = re.split(r"\n|;|&&|\|", re.sub(r" #.*$", "", block.replace("\\\n", " "), flags=re.MULTILINE))
            told = [line.partition(" > ")[0].strip().removeprefix("uv run ") for line in lines]
            found += [(page, line) for line in told if line.startswith("foedus ")]
    return found


def test_every_command_on_the_site_is_one_that_the_parser_takes() -> None:
    shown = commands()
    assert len(shown) > 50
    for page, line in shown:
        _, *words = shlex.split(line)
        try:
            app.parse_args(words, exit_on_error=False, print_error=False)
        except Exception as error:  # noqa: BLE001 - whatever the parser raises, the page and the line are what is wrong
            pytest.fail(f"{page}: {line}: {error}")


def test_every_command_named_in_a_sentence_is_one_too() -> None:
    named = []
    for page in (*WHERE, "README.md"):
        text = re.sub(r"^```.*?^```$", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        named += [(page, " ".join(span.split())) for span in re.findall(r"`(?:uv run )?foedus ([^`]+)`", text)]
    assert len(named) > 80
    for page, line in named:
        words = [re.sub(r"^N$", "16", word) for word in shlex.split(line)]
        try:
            app.parse_args(words, exit_on_error=False, print_error=False)
        except MissingArgumentError:  # a command named without what it is about
            continue
        except Exception as error:  # noqa: BLE001 - as above
            pytest.fail(f"{page}: foedus {line}: {error}")


def test_a_tutorial_is_a_notebook_with_the_same_code_in_the_same_order() -> None:
    for page in sorted((ROOT / "docs" / "tutorials").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        held = json.loads(notebook(text, page.stem))
        cells = [cell for cell in held["cells"] if cell["cell_type"] == "code"]
        blocks = re.findall(r"^```(python|sh|toml)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
        assert len(cells) == len(blocks)
        for cell, (language, body) in zip(cells, blocks, strict=True):
            if language == "python":
                assert cell["source"] == body.rstrip("\n")
            else:
                assert cell["source"].startswith({"sh": "!foedus ", "toml": "%%writefile "}[language])
        assert len({cell["id"] for cell in held["cells"]}) == len(held["cells"])
        assert "```" not in "".join(cell["source"] for cell in held["cells"])


def test_every_typeset_equation_is_what_the_code_computes() -> None:
    page = ROOT / "docs" / "site" / "crisis-typeset.md"
    blocks = re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert len(blocks) == 5
    place: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(page), "exec"), place)


def test_forms_ask_for_what_an_answer_needs() -> None:
    asked = {}
    for path in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")):
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "body" in held:
            required = {x["id"] for x in held["body"] if x.get("validations", {}).get("required")}
            asked[path.stem] = required
    assert asked == {
        "question": {"question"},
        "wrong-fact": {"row", "value", "source", "kind"},
        "wrong-number": {"command", "figure", "expected", "version"},
    }


def test_what_runs_before_a_commit_is_what_ci_runs() -> None:
    held = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    entries = [hook["entry"].replace(" --fix", "") for repo in held["repos"] for hook in repo["hooks"]]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert len(entries) == 4
    assert [entry for entry in entries if entry not in ci] == []


def test_sources_are_laid_out_with_a_table_of_contents_for_every_section(tmp_path: Path) -> None:
    lay_out(tmp_path)
    for section in sections():
        assert f"{section.folder}/{section.opens}\n" in (tmp_path / "index.md").read_text(encoding="utf-8")
        if len(section.pages) > 1:
            contents = (tmp_path / section.folder / "index.md").read_text(encoding="utf-8")
            assert all(Path(WHERE[page]).stem in contents for page in section.pages)
    for place in WHERE.values():
        text = re.sub(
            r"^```.*?^```$", "", (tmp_path / place).read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
        )
        for target, _ in LINK.findall(text):
            if target and not re.match(r"[a-z]+:", target):
                assert (tmp_path / place).parent.joinpath(target).exists(), (place, target)
    assert HOME in WHERE


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as CI builds it; skipped, visibly, where Sphinx is not installed."""
    if find_spec("sphinx") is None:
        pytest.skip("the group docs is not installed")
    out = tmp_path_factory.mktemp("built") / "site"
    subprocess.run([sys.executable, ROOT / "tools" / "build_site.py", "--out", out], check=True)
    return out


@pytest.mark.slow
def test_the_site_builds_strictly_names_its_version_and_world_and_asks_nothing_of_the_network(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > len(WHERE)
    made = f"Made for Foedus {__version__}, ledger {load_ledger().digest}, facts {World.load().tables.digest}"
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert made in text, page
        asked = re.findall(r"<(?:script|img|link|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", text)
        assert asked == [], page
    assert "<math" in (site / "explanation" / "crisis-typeset.html").read_text(encoding="utf-8")
    assert "% of GDP a year on average" in " ".join((site / "gallery" / "gallery.html").read_text("utf-8").split())
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", sheet.read_text(encoding="utf-8")), sheet


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no headless browser")
def test_search_works_from_disk_with_every_host_blocked(site: Path) -> None:
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=4000", "--dump-dom",
        f"{(site / 'search.html').as_uri()}?q=hostility",
    ]  # fmt: skip
    found = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    assert re.search(r"found \d+ pages? matching", found)
    assert "explanation/1-crisis.html" in found


LOOKED_AT = (
    "index.html",
    "start/five-minutes.html",
    "tutorials/first-question.html",
    "gallery/gallery.html",
    "how-to/tabletop.html",
    "explanation/crisis-typeset.html",
    "reference/scenarios.html",
    "reference/command-line.html",
    "evidence/validation.html",
    "readers/facilitators-pack.html",
)
"""Pages of every kind: prose, gallery, formulas, long tables, generated ones."""


@pytest.mark.slow
@pytest.mark.browser
def test_axe_finds_nothing_serious_on_ten_pages(site: Path) -> None:
    found: dict[str, list[str]] = {}
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for name in LOOKED_AT:
            page.goto((site / name).as_uri())
            if wrong := violations(page):
                found[name] = wrong
        page.set_content("<html lang=en><title>x</title><main><h1>x</h1><button></button></main>")
        assert [line.partition(":")[0] for line in violations(page)] == ["button-name"]
    assert found == {}
