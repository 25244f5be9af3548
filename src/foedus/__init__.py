"""Foedus: a security order whose guarantor is no longer certain, as software.

    import foedus as fd

    world = fd.World.load()
    slow = fd.Scenario.read("scenarios/limited-support-slow.toml")
    results = fd.run(slow, world)
    results.headline()                       # a Polars frame
    results.chart()                          # an Altair chart
    with fd.swap("crisis.chance_of_concession", mine):
        other = fd.run(slow, world)

Everything named in `__all__` is loaded when first used, so importing Foedus costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from foedus.version import __version__ as __version__

_HOME = {
    "BLOCKS": "foedus.engine.year",
    "FoedusError": "foedus.errors",
    "InputError": "foedus.errors",
    "Ledger": "foedus.ledger",
    "Posture": "foedus.posture",
    "Results": "foedus.results",
    "Scenario": "foedus.posture",
    "Study": "foedus.study",
    "UnknownName": "foedus.errors",
    "World": "foedus.world",
    "calibration": "",
    "charts": "",
    "compute": "foedus.verbs",
    "equations": "",
    "errors": "",
    "estimators": "",
    "exposure": "",
    "hindcasts": "",
    "load_ledger": "foedus.ledger",
    "measures": "foedus.results.tidy",
    "models": "",
    "open_run": "foedus.verbs",
    "panels": "",
    "past": "",
    "prepare": "foedus.study",
    "preset": "foedus.verbs",
    "preset_names": "foedus.posture",
    "run": "foedus.verbs",
    "swap": "foedus.study.swap",
    "write_report": "foedus.verbs",
}
"""Room of each name; a room itself where empty."""

__all__ = [
    "BLOCKS",
    "FoedusError",
    "InputError",
    "Ledger",
    "Posture",
    "Results",
    "Scenario",
    "Study",
    "UnknownName",
    "World",
    "calibration",
    "charts",
    "compute",
    "equations",
    "errors",
    "estimators",
    "exposure",
    "hindcasts",
    "load_ledger",
    "measures",
    "models",
    "open_run",
    "panels",
    "past",
    "prepare",
    "preset",
    "preset_names",
    "run",
    "swap",
    "write_report",
]

if TYPE_CHECKING:
    from foedus import calibration, charts, equations, errors, estimators, exposure, hindcasts, models, panels, past
    from foedus.engine.year import BLOCKS
    from foedus.errors import FoedusError, InputError, UnknownName
    from foedus.ledger import Ledger, load_ledger
    from foedus.posture import Posture, Scenario, preset_names
    from foedus.results import Results
    from foedus.results.tidy import measures
    from foedus.study import Study, prepare
    from foedus.study.swap import swap
    from foedus.verbs import compute, open_run, preset, run, write_report
    from foedus.world import World


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name == "history":  # old names, for one release
        return import_module("foedus.history")
    if name not in _HOME:
        from foedus.errors import nearest

        near = nearest(name, _HOME)
        msg = f"foedus has no {name!r}." + (f" Did you mean {near!r}?" if near else "")
        raise AttributeError(msg)
    home = _HOME[name]
    found = getattr(import_module(home), name) if home else import_module(f"foedus.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
