"""The version is written once, in `foedus/version.py`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import foedus
from foedus.version import __version__

ROOT = Path(__file__).parents[1]


def test_the_package_and_the_citation_have_the_version_of_the_code() -> None:
    assert foedus.__version__ == __version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == Path(*Path(foedus.version.__file__).parts[-3:]).as_posix()
    cited = re.findall(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert cited == [__version__]
