"""A posture by the word a user gives: the name of a preset, or the path of a posture file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.errors import ScenarioError
from foedus.posture.posture import Posture, preset, preset_names, read_posture
from foedus.posture.reading import KEYS
from foedus.posture.tomlfile import read_toml

OF_POSTURES = ("title", "question", "posture")
"""Parts that a posture file shares with a scenario file."""


def told_apart(posture: str, against: str, at: Path | None = None, beside: Path | None = None) -> tuple[str, str]:
    """Names of two postures, the second changed where both are the same, so that every row bears one that is its own.

    posture, against  the names they bear
    at, beside        file or run folder each comes from, if it does; the shortest endings that differ are the names,
                      `a/pose` and `b/pose`

    Where there is no such ending the second is marked: `retrench (against)`.
    """
    if posture != against:
        return posture, against
    one = (posture,) if at is None else at.resolve().parts
    other = (against,) if beside is None else beside.resolve().parts
    for depth in range(1, max(len(one), len(other)) + 1):
        names = "/".join(one[-depth:]), "/".join(other[-depth:])
        if names[0] != names[1]:
            return names
    return posture, f"{against} (against)"


def is_file(name: str) -> bool:
    """Whether a word names a file rather than a preset, whatever slashes it has."""
    return name not in preset_names() and (name.endswith(".toml") or Path(name).is_file())


def named_posture(name: str, states: Sequence[str]) -> Posture:
    """Read a preset by name or a posture file by path.

    Raises UnknownName with the nearest spelling, ScenarioError for a scenario file, saying how that is run.
    """
    if not is_file(name):
        return preset(name, states)
    data = read_toml(Path(name)).data
    own = [key for key in data if key in KEYS and key not in OF_POSTURES]
    if own or isinstance(data.get("posture"), str):
        said = own[0] if own else "a posture by name"
        msg = (
            f"{name}: a scenario file (it gives {said}), where a posture is wanted. Run it: foedus run {name}. "
            f"A posture file holds {', '.join(OF_POSTURES)} only; a preset is one of {', '.join(preset_names())}"
        )
        raise ScenarioError(msg)
    return read_posture(Path(name), states)
