"""The command `foedus app`: which scenario the page opens with, and the extra that it needs."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from foedus.errors import InputError, RunFolderError, ScenarioError, UnknownName
from foedus.files import place
from foedus.given import wrong_whole, years_of
from foedus.posture import preset_names
from foedus.posture.shipped import names, shipped_files
from foedus.posture.tomlfile import read_toml
from foedus.results import Results

NEEDED = ("fastapi", "uvicorn")
MOST_WORKERS = 32
OPTIONS = {"--futures": "futures", "--years": "years", "--seed": "seed", "--ensemble": "ensemble"}
"""Options of `foedus run` that a scenario file says by a key."""


def open_page(name: str, host: str, port: int | None, workers: int | None, *, browser: bool) -> None:
    """Serve the page with a scenario."""
    if missing := [package for package in NEEDED if find_spec(package) is None]:
        msg = f'the workbench needs {" and ".join(missing)}: pip install "foedus[web]"'
        raise InputError(msg)
    for option, given, most in (("--workers", workers, MOST_WORKERS), ("--port", port, 65535)):
        if given is not None and (wrong := wrong_whole(given, 1, most)):
            msg = f"{option}: {wrong}"
            raise InputError(msg)
    from foedus.app.launch import serve
    from foedus.app.server import Settings

    document, note = opened(name)
    serve(Settings(document, note, workers=workers), host, port, print, browser=browser)


def write_static(folder: Path) -> None:
    """Write the static edition and say where it is."""
    from rich.console import Console

    from foedus.app.edition.writing import runs, write_edition

    total, done = runs(preset_names()), 0
    with Console(stderr=True).status(f"0 of {total} runs") as status:

        def count() -> None:
            nonlocal done
            done += 1
            status.update(f"{done} of {total} runs")

        page = write_edition(folder, done=count)
    print(f"{page}: opens from disk; the folder can be copied to any website")


def opened(name: str) -> tuple[dict[str, Any], str]:
    """The scenario that a word names, as the page holds it, and where it comes from.

    Raises UnknownName, ScenarioError or RunFolderError for a word that names none, or one that a page cannot hold.
    """
    from foedus.app.document import imported, shipped_document

    if name in preset_names() or (name in shipped_files() and not Path(name).exists()):
        return shipped_document(name), ""
    if place(name).is_dir():
        return _of_run(name)
    if not name.endswith(".toml") and not place(name).is_file():
        raise UnknownName("scenario, preset, file or run folder", name, names())
    file = read_toml(place(name))
    document = {"name": Path(name).stem, **imported(file.text)}
    return document, f"From {Path(name).name}."


def _of_run(folder: str) -> tuple[dict[str, Any], str]:
    """The scenario of a run folder, by the command that made it."""
    command = [str(word) for word in Results.open(folder).manifest.get("command", [])]
    if len(command) < 3 or command[1] != "run":
        said = " ".join(command) or "a program"
        msg = f"{folder}: was made by {said}, and the page opens what `foedus run` made. Open its scenario file"
        raise RunFolderError(msg)
    if place(command[2]).is_dir():
        msg = f"{folder}: its command names a folder, {command[2]}"
        raise ScenarioError(msg)
    document, _ = opened(command[2])
    for option, value in pairwise(command[3:]):
        if option in OPTIONS:
            document[OPTIONS[option]] = int(value) if value.isdecimal() else value
        elif option == "--without":
            document["without"] = [*document.get("without", []), value]
    if "--without-plans" in command:
        document["plans"] = False
    if isinstance(document.get("years"), str):
        document["years"] = list(years_of(document["years"]) or ())
    return document, f"From the run folder {Path(folder).name}: {' '.join(command)}."
