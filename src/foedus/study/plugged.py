"""A model of who fights as a study has it: told apart in digests and manifests."""

from __future__ import annotations

from foedus.engine.models import InterventionModel
from foedus.study.fingerprint import Untold, fingerprint


def described_model(model: InterventionModel, once: str) -> str:
    """Name of a model, what it holds and a fingerprint of its function with all that the function reads.

    once  stands for the fingerprint of a function that has none: a word that no other study shares
    """
    try:
        told = fingerprint(model.chance)
    except Untold:
        told = once
    return f"{model.name} {told} {sorted(model.fixes.items())!r}"


def untold_model(model: InterventionModel | None) -> dict[str, str]:
    """Why a model cannot be told from others, by its name; empty where it can, or where there is none."""
    if model is None:
        return {}
    try:
        fingerprint(model.chance)
    except Untold as why:
        return {model.name: str(why)}
    return {}
