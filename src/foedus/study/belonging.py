"""Manifests as text, and whether what a folder holds is the beginning of what is asked, wherever the folder is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from foedus.engine.keeping import EVERYTHING
from foedus.errors import RunFolderError
from foedus.study.apart import apart, said
from foedus.study.manifest import FORMAT
from foedus.study.swap import unrecognisable

MANIFEST = "manifest.json"


def sum_of(manifest: Mapping[str, Any]) -> str:
    """A hash of what a manifest says, by which an edited one is known."""
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()[:16]


def manifest_text(described: Mapping[str, Any]) -> str:
    """A manifest as the text of its file."""
    return json.dumps({**described, "sum": sum_of(described)}, indent=1, sort_keys=True)


def no_run(name: str) -> RunFolderError:
    """The error for a place that holds no run."""
    return RunFolderError(f"{name}: no readable run here. Make one with: foedus run SCENARIO --out {name}")


def read_manifest(name: str, text: str) -> dict[str, Any]:
    """A manifest from the text of its file.

    name  what messages call the run

    Raises RunFolderError for text that is none, for one of another format, and for one that was edited.
    """
    try:
        manifest: dict[str, Any] = json.loads(text)
        form = manifest.get("format")
    except (ValueError, AttributeError) as error:
        raise no_run(name) from error
    if form != FORMAT:
        msg = f"{name}: uses run-folder format {form}; this version reads format {FORMAT}. Rerun into a new folder."
        raise RunFolderError(msg)
    if manifest.pop("sum", None) != sum_of(manifest):
        msg = f"{name}: {MANIFEST} is not as the run wrote it. Rerun into a new folder."
        raise RunFolderError(msg)
    return manifest


def check_belongs(name: str, manifest: Mapping[str, Any], asked: Mapping[str, Any], blocks: Mapping[str, str]) -> None:
    """Raise RunFolderError unless what a folder holds is the beginning of what is asked.

    name    what messages call the run
    asked   the manifest of what is asked
    blocks  those that cannot be told from others, and why
    """
    if blocks:
        told = "; ".join(f"{block}: {reason}" for block, reason in blocks.items())
        msg = f"{name}: a finished run cannot be reloaded with a custom block ({told}). Use a new folder."
        raise RunFolderError(msg)
    if why := unrecognisable():
        told = "; ".join(f"{equation}: {reason}" for equation, reason in why.items())
        msg = (
            f"{name}: a finished run cannot be reloaded with an equation replaced by a function that its "
            f"source does not identify ({told}). Name its version, fd.swap(..., label=...), or use a new folder."
        )
        raise RunFolderError(msg)
    if manifest.get("digest") != asked["digest"]:
        held = manifest.get("scenario", {}).get("name", "unknown")
        differs = [said(mark, manifest, asked) for mark in apart(manifest, asked) if mark.name != "futures"]
        msg = (
            f"{name}: holds another run ({held}); what differs: {', '.join(differs) or 'the postures'}. "
            "Name another folder with --out, or replace this one with --force."
        )
        raise RunFolderError(msg)
    if manifest.get("kept", EVERYTHING.told()) != asked["kept"]:
        msg = (
            f"{name}: keeps other measures of this run ({', '.join(_named(manifest))}). Ask for the same with "
            "--keep, name another folder with --out, or replace this one with --force."
        )
        raise RunFolderError(msg)
    if manifest.get("futures", 0) > asked["futures"]:
        msg = (
            f"{name}: holds {manifest['futures']:,} futures of this run; {asked['futures']:,} were asked for. "
            f"Ask for {manifest['futures']} or more, or name another folder with --out."
        )
        raise RunFolderError(msg)


def _named(manifest: Mapping[str, Any]) -> list[str]:
    """Measures that a run keeps of allies, guarantors and regions; "all" where it keeps every one."""
    kept: Mapping[str, list[str]] = manifest.get("kept", EVERYTHING.told())
    return ["all"] if kept == EVERYTHING.told() else [name for names in kept.values() for name in names]
