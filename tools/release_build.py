"""Wheel, source archive and bill of materials, the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def built(root: Path, out: Path) -> list[Path]:
    """Build wheel and source archive twice from the last commit, compare the bytes, and write them to `out`.

    root  the repository
    out   where the files go; made if there is none

    Returns the files, the bill of materials and the digests among them. Stops when two builds differ.
    """
    when = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=True)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": when.stdout.strip()}
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        folders = Path(first), Path(second)
        for folder in folders:
            with tempfile.TemporaryDirectory() as copy:
                _committed(root, Path(copy))
                told = ["uv", "build", "-q", "--out-dir", str(folder), copy]
                subprocess.run(told, env=environment, check=True)
        digests = [{path.name: _digest(path) for path in _archives(folder)} for folder in folders]
        if digests[0] != digests[1]:
            names = sorted(name for name, digest in digests[0].items() if digests[1].get(name) != digest)
            sys.exit(f"no release: two builds of one commit differ in {', '.join(names)}")
        out.mkdir(parents=True, exist_ok=True)
        files = [out / path.name for path in _archives(folders[0])]
        for path in files:
            path.write_bytes((folders[0] / path.name).read_bytes())
    bill = out / "foedus.cdx.json"
    asked = ["uv", "export", "-q", "--format", "cyclonedx1.5", "--all-extras", "--no-dev", "-o", str(bill)]
    subprocess.run([*asked, "--preview-features", "sbom-export"], cwd=root, stdout=subprocess.DEVNULL, check=True)
    sums = out / "SHA256SUMS"
    sums.write_text("".join(f"{_digest(path)}  {path.name}\n" for path in [*files, bill]), encoding="utf-8")
    return [*files, bill, sums]


def _committed(root: Path, copy: Path) -> None:
    """The files of the last commit alone, so that nothing of the work tree is built in."""
    packed = subprocess.run(["git", "archive", "HEAD"], cwd=root, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(copy)], input=packed, check=True)


def _archives(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in {".whl", ".gz"})


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
