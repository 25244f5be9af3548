"""A release refuses what is not fit, and what it describes is what there is."""

from __future__ import annotations

import io
import json
import re
import subprocess
import tarfile
import tomllib
from pathlib import Path

import pytest

from foedus.version import __version__
from release_checks import changelog, cited, scoreboard, tagged, tree
from release_products import declared, metadata, products

ROOT = Path(__file__).parents[2]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name, text in (
        ("CHANGELOG.md", "# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n"),
        ("CITATION.cff", "version: 9.9.9\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "Begin"),
        ("tag", "v1.0.0"),
    ):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def test_a_dirty_tree_is_refused_by_the_name_of_a_file(repository: Path) -> None:
    assert tree(repository) == []
    (repository / "new.py").write_text("", encoding="utf-8")
    assert tree(repository) == ["1 files are not committed, new.py among them: commit them first"]


def test_a_version_without_a_section_or_with_a_tag_is_refused(repository: Path) -> None:
    assert len(changelog(repository, "1.0.0")) == 2
    assert tagged(repository, "1.0.0") == ["v1.0.0 exists: raise the version in src/foedus/version.py"]
    assert tagged(repository, "1.1.0") == []
    (repository / "CHANGELOG.md").write_text(
        "# Changelog\n\n## Unreleased\n\n## 1.0.0\n\n### Added\n", encoding="utf-8"
    )
    assert changelog(repository, "1.0.0") == []


def test_a_citation_of_another_version_is_refused(repository: Path) -> None:
    assert cited(repository, "1.0.0") == ["CITATION.cff cites version 9.9.9, the package is 1.0.0"]
    assert cited(ROOT, __version__) == []


def test_a_hindcast_that_ran_on_another_ledger_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    import release_checks
    from foedus.hindcasts.results import lines_of, read_results

    lines = lines_of(read_results())
    name = lines[0].test.name
    monkeypatch.setattr(release_checks, "lines_of", lambda _: [replace(lines[0], moved=True, stale=False)])
    assert scoreboard() == [f"1 hindcasts ran on another ledger: foedus validate {name} --out RESULTS"]


def test_the_conda_recipe_names_the_version_and_the_packages_of_the_project() -> None:
    recipe = (ROOT / "packaging" / "recipe.yaml").read_text(encoding="utf-8")
    assert re.findall(r'^  version: "(.+)"$', recipe, flags=re.MULTILINE) == [__version__]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = recipe.split("  run:\n")[1].split("\n\n")[0]
    asked = [line.strip(" -").replace(" ", "") for line in run.splitlines()]
    assert asked == [f"python{project['requires-python']}", *project["dependencies"]]


def test_a_data_product_is_packed_to_the_same_bytes_with_its_description(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    ones, twos = products(ROOT, first, __version__), products(ROOT, second, __version__)
    assert [path.read_bytes() for path in ones] == [path.read_bytes() for path in twos]
    for product, path in zip(declared(ROOT), ones, strict=True):
        with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as tar:
            about = tar.extractfile(f"{product.name}-{product.version}/.zenodo.json")
            assert about is not None
            assert json.loads(about.read()) == metadata(product, __version__)
            assert len(tar.getnames()) > 1
