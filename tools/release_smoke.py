"""Install what was built where nothing is, and do the main job there."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

VERSIONS = "3.11", "3.12", "3.13", "3.14"
ROOT = Path(__file__).parents[1]


def tried(out: Path, version: str, futures: int) -> Iterator[str]:
    """Install wheel and source archive into empty environments, run the demo in each; say what was tried and what not.

    out      folder with the built files
    version  that must be installed
    futures  ensemble size of the demo

    Raises CalledProcessError when an installation or a run fails.
    """
    for python in VERSIONS:
        found = subprocess.run(
            ["uv", "python", "find", "-q", "--no-python-downloads", python], capture_output=True, text=True, check=False
        )
        if found.returncode:
            yield f"Python {python}: not on this machine, not tried"
            continue
        for pattern in ("*.whl", "*.tar.gz"):
            archive = next(path for path in sorted(out.glob(pattern)) if path.name.startswith(f"foedus-{version}"))
            yield f"Python {python}, {archive.name}: {_smoke(found.stdout.strip(), archive, version, futures)}"
    yield from _container(out, futures)
    yield from _recipe()


def _smoke(python: str, archive: Path, version: str, futures: int) -> str:
    """What one empty environment took: seconds, packages, bytes."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        began = time.monotonic()
        subprocess.run(["uv", "venv", "-q", "--python", python, str(place / "env")], check=True)
        told = ["uv", "pip", "install", "-q", "--python", str(place / "env" / "bin" / "python"), str(archive)]
        subprocess.run(told, check=True)
        installed = time.monotonic() - began
        foedus = str(place / "env" / "bin" / "foedus")
        said = subprocess.run([foedus, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        if said != version:
            msg = f"{archive.name} installs version {said}, not {version}"
            raise SystemExit(msg)
        for words in (("demo", "--futures", str(futures), "--out", str(place / "demo")), ("exposure", "POL")):
            subprocess.run([foedus, *words], cwd=place, stdout=subprocess.DEVNULL, check=True)
        packages = list((place / "env").glob("lib/python*/site-packages/*.dist-info"))
        size = sum(
            path.stat().st_size for path in (place / "env").rglob("*") if path.is_file() and not path.is_symlink()
        )
        return f"installed in {installed:.0f} s, {len(packages)} packages, {size / 1e6:.0f} MB; demo and exposure ran"


def _container(out: Path, futures: int) -> Iterator[str]:
    """The container, where a tool for containers is at work."""
    works = (tool for tool in ("podman", "docker") if shutil.which(tool) and _answers(tool))
    if (tool := next(works, None)) is None:
        yield "container: neither podman nor docker at work on this machine, not tried"
        return
    recipe = ROOT / "packaging" / "Containerfile"
    base = next(line.split()[1] for line in recipe.read_text(encoding="utf-8").splitlines() if line.startswith("FROM "))
    held = subprocess.run([tool, "image", "inspect", base], capture_output=True, check=False).returncode == 0
    if not held and subprocess.run([tool, "pull", "-q", base], capture_output=True, check=False).returncode:
        yield f"container: {base} cannot be fetched by {tool} from here, not tried"
        return
    subprocess.run([tool, "build", "-t", "foedus", "-f", str(recipe), str(out)], cwd=ROOT, check=True)
    told = [tool, "run", "--rm", "--network", "none", "foedus", "demo", "--futures", str(futures), "--out", "/tmp/demo"]
    subprocess.run(told, stdout=subprocess.DEVNULL, check=True)
    yield "container: built, and the demo ran in it without a network"


def _answers(tool: str) -> bool:
    return subprocess.run([tool, "info"], capture_output=True, check=False).returncode == 0


def _recipe() -> Iterator[str]:
    """The conda recipe, where a tool that builds one is."""
    tool = shutil.which("rattler-build")
    if tool is None:
        yield "conda recipe: no rattler-build on this machine, not tried"
        return
    subprocess.run([tool, "build", "--recipe", "packaging/recipe.yaml"], cwd=ROOT, check=True)
    yield "conda recipe: built, and its tests passed"
