"""The manual command: the pages of `docs`, which come with the package, so that a message can name one offline."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from foedus.cli.console import console, said
from foedus.cli.output import print_json
from foedus.errors import InputError, UnknownName
from foedus.tables import grid

FOLDERS = (Path(__file__).parents[1] / "docs", Path(__file__).parents[3] / "docs")
"""Where the pages lie: in an installed package, and in a checkout."""

FACE = "index"
"""The face of the site, which only links."""


@cache
def pages() -> dict[str, Path]:
    """Files of the pages by name, tutorials first. Raises InputError where they did not come along."""
    folder = next((folder for folder in FOLDERS if folder.is_dir()), None)
    if folder is None:
        msg = "the pages of the manual did not come with this copy of Foedus: they are the folder docs of its source"
        raise InputError(msg)
    found = sorted(folder.rglob("*.md"), key=lambda path: (path.parent.name != "tutorials", path.stem))
    return {path.stem: path for path in found if path.stem != FACE}


def show(page: str, *, as_json: bool) -> None:
    """Print one page as its source has it, or list all."""
    if not page:
        _list(pages(), as_json=as_json)
        return
    name = Path(page).name.removesuffix(".md")
    if name not in pages():
        raise UnknownName("page", page, pages())
    if as_json:
        _list({name: pages()[name]}, as_json=True)
    else:
        said(pages()[name].read_text(encoding="utf-8").rstrip())


def _list(chosen: dict[str, Path], *, as_json: bool) -> None:
    titles = {name: _title(path) for name, path in chosen.items()}
    if as_json:
        print_json([{"name": name, "title": titles[name], "path": str(path)} for name, path in chosen.items()])
        return
    title = "pages; read one with foedus manual PAGE"
    console().print(grid(("page", "title"), list(titles.items()), whole=("page",), title=title).terminal())


def _title(path: Path) -> str:
    with path.open(encoding="utf-8") as lines:
        return next(lines).removeprefix("# ").strip()
