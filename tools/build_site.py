"""Build the documentation site, which needs no network and can be opened from disk.

Usage: python tools/build_site.py [--out FOLDER]

--out  where the site is written; default: site

Pages stay where they are in the repository. They are copied into the sections that docs/site/navigation.toml names,
with their links rewritten; pages made from the program are written beside them; then Sphinx builds it all, and stops at
any warning: a link that leads nowhere, a page that no section names.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from foedus.ledger import load_ledger
from foedus.version import __version__
from foedus.world import World
from site_notebooks import notebook
from site_pages import MADE

ROOT = Path(__file__).parents[1]
SITE = ROOT / "docs" / "site"
HOME = "docs/site/index.md"
LINK = re.compile(r"\]\(([^)\s#]+)?(#[^)\s]*)?\)")
FENCE = re.compile(r"(^```.*?^```\n)", re.MULTILINE | re.DOTALL)
PICTURES = (".svg", ".png")


@dataclass(frozen=True)
class Section:
    """A section of the site: its folder, its title, files of the repository, and pages that are made.

    notebooks  whether each page can be taken as a notebook too
    """

    folder: str
    title: str
    pages: tuple[str, ...]
    made: tuple[str, ...] = ()
    notebooks: bool = False

    @property
    def opens(self) -> str:
        """Name of the page that opens it: a table of contents, or its page if it has only one."""
        return "index" if len(self.pages) + len(self.made) > 1 else PurePosixPath(self.pages[0]).stem


def sections() -> list[Section]:
    """What docs/site/navigation.toml names."""
    with (SITE / "navigation.toml").open("rb") as file:
        found = tomllib.load(file)["section"]
    return [Section(**{**s, "pages": tuple(s["pages"]), "made": tuple(s.get("made", ()))}) for s in found]


def places(named: list[Section]) -> dict[str, str]:
    """Where on the site each file of the repository stands."""
    return {HOME: "index.md"} | {
        page: f"{section.folder}/{PurePosixPath(page).name.lower()}" for section in named for page in section.pages
    }


def lay_out(source: Path) -> None:
    """Write everything that Sphinx reads into a folder."""
    named = sections()
    where = places(named)
    for page, place in where.items():
        write(source / place, linked((ROOT / page).read_text(encoding="utf-8"), page, where, source))
    for section in named:
        for page in section.pages if section.notebooks else ():
            offer_notebook(source / where[page])
        made = [MADE[name]() for name in section.made]
        for pages in made:
            for name, text in pages.items():
                write(source / section.folder / name, text)
        if section.opens == "index":
            stems = [PurePosixPath(where[page]).stem for page in section.pages]
            write(source / section.folder / "index.md", contents(section, [*stems, *section.made]))
    with (source / "index.md").open("a", encoding="utf-8") as home:
        home.write(toctree([f"{section.folder}/{section.opens}" for section in named], hidden=True))
    shutil.copy(SITE / "conf.py", source)
    shutil.copytree(SITE / "static", source / "_static")


def offer_notebook(page: Path) -> None:
    """Write a page as a notebook beside it, and say so under its title."""
    text = page.read_text(encoding="utf-8")
    write(page.with_suffix(".ipynb"), notebook(text, page.stem))
    title, _, rest = text.partition("\n")
    write(page, f"{title}\n\n[This page as a Jupyter notebook]({page.stem}.ipynb)\n{rest}")


def contents(section: Section, stems: list[str]) -> str:
    """The page that opens a section: its title and its pages."""
    return f"# {section.title}\n{toctree(stems)}"


def toctree(pages: list[str], *, hidden: bool = False) -> str:
    """A table of contents in MyST."""
    options = ":hidden:" if hidden else ":maxdepth: 1"
    return "\n".join(["", "```{toctree}", options, "", *pages, "```", ""])


def linked(text: str, page: str, where: Mapping[str, str], source: Path) -> str:
    """Text of a page whose links lead to places on the site; a link to a file that is not on the site loses its target.

    page    the file it is from, relative to the repository
    where   place of each file that is on the site
    source  folder of Sphinx, into which pictures are copied beside the page
    Raises ValueError for a link to a file that is not there.
    """

    def led(match: re.Match[str]) -> str:
        target, anchor = match[1] or "", match[2] or ""
        if not target or re.match(r"[a-z]+:", target):
            return match[0]
        file = os.path.normpath(PurePosixPath(page).parent / target)
        if file in where:
            there = os.path.relpath(where[file], PurePosixPath(where[page]).parent)
            return f"]({there}{anchor})"
        if not (ROOT / file).exists():
            msg = f"{page}: the link to {target} leads nowhere"
            raise ValueError(msg)
        if file.endswith(PICTURES):
            copied = (source / where[page]).parent / PurePosixPath(file).name
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, copied)
            return f"]({copied.name})"
        return "]{unlinked}"

    parts = FENCE.split(text)
    prose = [part if part.startswith("```") else LINK.sub(led, part) for part in parts]
    return re.sub(r"\[([^\[\]]*)\]\{unlinked\}", r"\1", "".join(prose))


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def made_for() -> str:
    """For which version and world the site is made."""
    return (
        f"Made for Foedus {__version__}, ledger {load_ledger().digest}, facts {World.load().tables.digest}: "
        "the world as of 2026."
    )


def build(out: Path) -> None:
    """Build the site into a folder, in place of what was there. Raises CalledProcessError at any warning of Sphinx."""
    with tempfile.TemporaryDirectory() as folder:
        source, html = Path(folder) / "source", Path(folder) / "html"
        lay_out(source)
        settings = {
            "FOEDUS_SITE_TOOLS": str(ROOT / "tools"),
            "FOEDUS_SITE_TEMPLATES": str(SITE / "templates"),
            "FOEDUS_SITE_MADE_FOR": made_for(),
        }
        command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going", str(source), str(html)]
        subprocess.run(command, check=True, env={**os.environ, **settings})
        shutil.rmtree(html / ".doctrees", ignore_errors=True)
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(html, out)


def main() -> None:
    """Build it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "site")
    out: Path = parser.parse_args().out
    try:
        build(out)
    except subprocess.CalledProcessError:
        sys.exit("the site was not built: mend the warnings above")
    print(f"{out}/index.html")


if __name__ == "__main__":
    main()
