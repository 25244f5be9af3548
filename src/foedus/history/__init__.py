"""Old names: everything of `foedus.history` has a room of its own now. Each still works for one release, and warns."""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_SAMPLES, _FITS = "foedus.panels.samples", "foedus.estimators.specifications"
MOVED: dict[str, tuple[str, ...]] = {
    "baselines": ("foedus.hindcasts.baselines", _SAMPLES),
    "covariance": ("foedus.estimators.covariance",),
    "data": ("foedus.panels.data",),
    "estimate": ("foedus.calibration",),
    "estimators": ("foedus.estimators",),
    "estimators.burdens": (_SAMPLES, _FITS),
    "estimators.joiners": (_SAMPLES, _FITS),
    "estimators.logit": ("foedus.estimators.logits",),
    "estimators.outcomes": (_SAMPLES, _FITS),
    "estimators.proliferation": ("foedus.calibration.proliferation", _SAMPLES),
    "estimators.ties": (_SAMPLES, _FITS),
    "hindcast": ("foedus.hindcasts",),
    "hindcast.judge": ("foedus.hindcasts.verdict",),
    "hindcast.resample": ("foedus.estimators.resample",),
    "panel": ("foedus.panels",),
    "scores": ("foedus.estimators.scores",),
    "strategic": ("foedus.estimators.strategic",),
    "strategic.newton": ("foedus.estimators.newton",),
    "worlds": ("foedus.past",),
    "worlds.past": ("foedus.past.running",),
}
"""Homes of what each module of `foedus.history` held; one below a moved module moved with it."""


def _homes(name: str) -> tuple[str, ...]:
    """Names today of a module by its whole old name; none for a module that `foedus.history` never held."""
    old, below = name.removeprefix(f"{__name__}."), ""
    if old == name:
        return ()
    while old not in MOVED:
        old, _, last = old.rpartition(".")
        if not old:
            return ()
        below = f".{last}{below}"
    return tuple(home + below for home in MOVED[old])


def _warn(old: str, new: str, frames: int) -> None:
    """Tell the caller, `frames` above this function, what an old name is called now."""
    warnings.warn(f"{old} is now {new}", DeprecationWarning, stacklevel=frames + 1)


class _Parted(ModuleType):
    """A module whose names went to several homes."""

    def __getattr__(self, name: str) -> Any:
        for home in _homes(self.__name__):
            if not name.startswith("__") and hasattr(import_module(home), name):
                _warn(f"{self.__name__}.{name}", f"{home}.{name}", 2)
                return getattr(import_module(home), name)
        msg = f"module {self.__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)


class _Moved(MetaPathFinder, Loader):
    """Answers an import by an old name with the module of the new one."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        return ModuleSpec(fullname, self) if _homes(fullname) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Make a module for names that went several ways; otherwise an empty one, which `exec_module` replaces."""
        return _Parted(spec.name) if len(_homes(spec.name)) > 1 else None

    def exec_module(self, module: ModuleType) -> None:
        home, *others = _homes(module.__name__)
        if not others:
            _warn(module.__name__, home, 2)
            sys.modules[module.__name__] = import_module(home)


if not any(type(finder).__qualname__ == _Moved.__qualname__ for finder in sys.meta_path):
    # First, or the import system would find the files of a moved package again under the old name.
    sys.meta_path.insert(0, _Moved())


def __getattr__(name: str) -> ModuleType:
    """Load an old module when it is asked for as an attribute."""
    if name not in MOVED:
        msg = f"foedus.history has no {name!r}"
        raise AttributeError(msg)
    if len(MOVED[name]) > 1:
        return import_module(f"{__name__}.{name}")
    _warn(f"{__name__}.{name}", MOVED[name][0], 2)
    return import_module(MOVED[name][0])
