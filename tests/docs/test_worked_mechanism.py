"""The mechanism that CONTRIBUTING works through runs as printed, can be switched off, and its homes exist."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
SECTION = PAGE[PAGE.index("## A mechanism worked through") : PAGE.index("## Add or correct a fact")]

RUN = """
import json, sys
from studies import scenario

asked, out = scenario(futures=16, against=None, last=2040), sys.argv[1]
tired = fd.run(asked, out=f"{out}/tired", bar=False, blocks=blocks)
names = tired.manifest["blocks"]
WEARINESS = 0.0
rested = fd.run(asked, out=f"{out}/rested", bar=False, blocks=blocks)
plain = fd.run(asked, out=f"{out}/plain", bar=False)
spent = [float(run.ally("spending").mean()) for run in (tired, rested, plain)]
print(json.dumps([names[11].split()[0], len(names), *spent]))
"""


def test_the_worked_mechanism_lowers_spending_and_at_a_weariness_of_nought_changes_nothing(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", SECTION, flags=re.DOTALL)
    script = tmp_path / "weariness.py"
    script.write_text(code + RUN, encoding="utf-8")
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    found = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    name, count, tired, rested, plain = json.loads(found.stdout)
    assert (name, count) == ("tire", 15)
    assert tired < plain
    assert rested == pytest.approx(plain, abs=0.0)


def test_every_home_that_the_table_names_exists() -> None:
    homes = re.findall(r"`((?:src|tests|benchmarks|docs)/[\w/.]+)`", SECTION)
    assert len(homes) >= 14
    assert [home for home in homes if not (ROOT / home).exists()] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_file_and_name_that_the_pages_for_engineers_point_to_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    rooms = (ROOT / "src" / "foedus").iterdir()
    own = {room.name for room in rooms if room.is_dir()} if page == "docs/architecture.md" else set()
    paths = re.findall(r"`([a-z_]+(?:/[\w.-]+)+)/?`", text)
    homes = {path: ROOT / ("src/foedus" if path.split("/")[0] in own else ".") / path for path in paths}
    assert len(homes) > 20
    assert [path for path, home in homes.items() if not home.exists()] == []
    named = re.findall(r"`(\w+)` in `((?:src|tests|tools)/[\w/.-]+\.py)`", text)
    assert [
        (name, path) for name, path in named if not re.search(rf"\b{name}\b", (ROOT / path).read_text(encoding="utf-8"))
    ] == []
