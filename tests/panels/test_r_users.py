"""docs/r-users.md, run as a reader would: from an empty folder, on files served in the mirrors' own shape."""

from __future__ import annotations

import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest

from foedus.cli import main
from foedus.panels import DataFolder
from foedus.panels.route.sources import origins

PAGE = (Path(__file__).parents[2] / "docs" / "r-users.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```\n", PAGE, flags=re.DOTALL)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


def as_r_has_it(frame: pl.DataFrame) -> pl.DataFrame:
    """Numbers as doubles, and dates as days since 1970, which is what an R object comes to without its class."""
    return frame.with_columns(pl.col(pl.Date).to_physical().cast(pl.Float64), pl.selectors.numeric().cast(pl.Float64))


@pytest.mark.data
def test_the_page_leads_from_an_empty_folder_to_the_published_table(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pandas, rdata = pytest.importorskip("pandas"), pytest.importorskip("rdata")
    pytest.importorskip("pooch")
    command = re.search(r"foedus (data get --yes .*?)\nfoedus panel", PAGE, flags=re.DOTALL)
    assert command is not None
    words = command[1].replace("\\\n", " ").split()
    (served := tmp_path / "served").mkdir()
    for name in words[3:]:
        frame = as_r_has_it(DataFolder(data).read(name))
        table = pandas.DataFrame({column: frame[column].to_numpy() for column in frame.columns})
        rdata.write_rda(served / origins()[name].file, {name: table})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(served)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "ir-data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    try:
        main([*words, "--mirror", f"http://127.0.0.1:{server.server_port}"])
    finally:
        server.shutdown()
        server.server_close()
    capsys.readouterr()
    names: dict[str, object] = {}
    for code, shown in EXAMPLES:
        exec(compile(code, "r-users.md", "exec"), names)
        assert capsys.readouterr().out == shown
    fit = names["fit"]
    assert (fit.log_likelihood, fit.rows) == (pytest.approx(-9801.391625, abs=5e-7), 106_031)  # type: ignore[attr-defined]
    # R: glm of the vignette of peacesciencer on the same columns, to the digits that both print.
    assert len(fit.terms) == 11  # type: ignore[attr-defined]


@pytest.mark.data
def test_the_closest_contiguity_gives_the_other_likelihood_that_the_page_names(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOEDUS_DATA", str(data))
    code = EXAMPLES[0][0].replace('.contiguity(rule="first")', ".contiguity()")
    names: dict[str, object] = {}
    exec(compile(code, "r-users.md", "exec"), names)
    assert f"{names['fit'].log_likelihood:.6f}" in PAGE  # type: ignore[attr-defined]
    capsys.readouterr()
