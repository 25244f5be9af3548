"""The panel command: state-years, dyad-years and dispute-dyad-years from the user's own data files, to a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import cast, get_args

import polars as pl

from foedus.cli.console import console, said
from foedus.cli.output import print_json
from foedus.errors import InputError, UnknownName
from foedus.files import place
from foedus.frames import scan_parquet
from foedus.given import years_of
from foedus.panels import VARIABLES, build_panel
from foedus.panels.data import status
from foedus.panels.files import ENVIRONMENT, DataFolder
from foedus.panels.panel import Kind
from foedus.panels.systems import System
from foedus.panels.writing import STREAM, check_frame, ending_of
from foedus.tables import grid


def run_panel(
    kind: str,
    years: str,
    add: Sequence[str],
    data: Path | None,
    out: Path | None,
    *,
    system: str,
    undirected: bool | None,
    relevant: bool,
    only_relevant: bool,
    as_json: bool,
) -> None:
    """Build a panel by names, write it, and say what is in it and what to cite."""
    for what, given, legal in (("kind of panel", kind, get_args(Kind)), ("state system", system, get_args(System))):
        if given not in legal:
            raise UnknownName(what, given, legal)
    if undirected is not None and kind != "dyad-year":
        option = "undirected" if undirected else "directed"
        msg = f"--{option}: a {kind} panel has no other order of a pair; it is for dyad-years"
        raise InputError(msg)
    if system != "cow" and kind == "dispute-dyad-year":
        msg = f"--system {system}: disputes are coded by COW states; it is for state-years and dyad-years"
        raise InputError(msg)
    if out is None:
        msg = (
            "panel: give --out FILE, ending in .parquet, .csv, .csv.gz or .dta. What can be added: foedus panel --list"
        )
        raise InputError(msg)
    check_frame(out)
    panel = build_panel(
        cast("Kind", kind),
        directed=not undirected,
        system=cast("System", system),
        years=_years(years),
        add=add,
        relevant=relevant,
        only=only_relevant,
        data=data,
        out=out,
        progress=_progress if sys.stderr.isatty() else None,
    )
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    for note in panel.notes:
        sys.stderr.write(f"{note}\n")
    if out == STREAM:
        sys.stderr.write("Cite:\n" + "".join(f"- {work}\n" for work in panel.citations()))
        return
    written = scan_parquet([place(out)]) if ending_of(out) == ".parquet" else panel.lazy
    rows = int(written.select(pl.len()).collect().item())
    if as_json:
        body = {
            "file": str(out),
            "kind": kind,
            "rows": rows,
            "columns": list(panel.columns),
            "citations": list(panel.citations()),
            "notes": list(panel.notes),
        }
        _json(body)
        return
    said(f"{out}: {rows:,} rows, {len(panel.columns)} columns")
    view = console()
    view.print(", ".join(panel.columns), markup=False)
    view.print("\nCite:", style="dim")
    for work in panel.citations():
        view.print(f"- {work}", markup=False)


def list_variables(*, as_json: bool) -> None:
    """What can be added, with years, columns and files."""
    if as_json:
        _json([asdict(v) | {"years": v.years, "licence": v.licence, "cites": v.cites} for v in VARIABLES.values()])
        return
    rows = [
        (
            v.name,
            "" if v.years is None else f"{v.years[0]}-{v.years[1]}",
            v.meaning + ("; pairs only" if v.pairs else ""),
        )
        for v in VARIABLES.values()
    ]
    title = f"{len(VARIABLES)} variables for --add"
    console().print(grid(("name", "years", "what it is"), rows, whole=("name", "years"), title=title).terminal())
    console().print("Columns, files and terms of each: foedus panel --list --json", style="dim")


def list_files(data: Path | None, *, as_json: bool) -> None:
    """Which research files the data folder holds, and where the others come from; without a folder, all of them."""
    folder = DataFolder.named(data)
    found = status(folder)
    if as_json:
        _json([asdict(s) for s in found])
        return
    ready = sum(s.state == "ready" for s in found)
    rows = [(s.name, s.state, f"{s.years[0]}-{s.years[1]}", ", ".join(s.feeds)) for s in found]
    ready_of = f"{ready} of {len(found)} research files ready"
    title = ready_of if folder else f"{len(found)} research files; no data folder"
    view = console()
    view.print(grid(("file", "state", "years", "feeds"), rows, whole=("state", "years"), title=title).terminal())
    for s in found:
        if s.state != "ready":
            view.print(f"{s.name}: {s.problem or s.state}. From {s.url}", markup=False)
        for note in s.notes:
            view.print(note, markup=False)
    if folder is None:
        view.print(f"To say where yours are: --data DIR, or set {ENVIRONMENT}.", style="dim")
    if ready < len(found):
        view.print("To fetch one that a public mirror has, or add one that you have: foedus data --help", style="dim")
    view.print("Licence and citation of each: foedus panel --files --json", style="dim")


def _progress(step: str) -> None:
    """Show the step under way in one line that the next replaces; for a terminal."""
    sys.stderr.write(f"\r\x1b[K{step} …")
    sys.stderr.flush()


def _years(text: str) -> tuple[int, int]:
    if (found := years_of(text)) is None:
        msg = f"--years {text}: is not like 1946:2010" if text else "panel: give --years, like 1946:2010"
        raise InputError(msg)
    return found


def _json(body: object) -> None:
    print_json(body)
