"""Old names: everything of `foedus.history` has a room of its own now. Each still works for one release, and warns."""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

MOVED = {
    "baselines": "foedus.hindcasts.baselines",
    "covariance": "foedus.estimators.covariance",
    "data": "foedus.panels.data",
    "estimate": "foedus.calibration",
    "estimators": "foedus.estimators",
    "hindcast": "foedus.hindcasts",
    "panel": "foedus.panels",
    "scores": "foedus.estimators.scores",
    "strategic": "foedus.estimators.strategic",
    "worlds": "foedus.past",
}
"""New home of each module that `foedus.history` held."""


def _home(name: str) -> str | None:
    """Name today of a module of `foedus.history`; None for any other."""
    room, _, rest = name.removeprefix(f"{__name__}.").partition(".")
    if not name.startswith(f"{__name__}.") or room not in MOVED:
        return None
    return f"{MOVED[room]}.{rest}" if rest else MOVED[room]


class _Moved(MetaPathFinder, Loader):
    """Answers an import by an old name with the module of the new one."""

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        return ModuleSpec(fullname, self) if _home(fullname) else None

    def create_module(self, spec: ModuleSpec) -> None:  # noqa: ARG002
        """Let the import system make an empty module, which `exec_module` replaces."""
        return

    def exec_module(self, module: ModuleType) -> None:
        home = _home(module.__name__)
        if home:
            warnings.warn(f"{module.__name__} is now {home}", DeprecationWarning, stacklevel=2)
            sys.modules[module.__name__] = import_module(home)


if not any(type(finder).__qualname__ == _Moved.__qualname__ for finder in sys.meta_path):
    sys.meta_path.append(_Moved())


def __getattr__(name: str) -> ModuleType:
    """Load an old module when it is asked for as an attribute."""
    if name not in MOVED:
        msg = f"foedus.history has no {name!r}"
        raise AttributeError(msg)
    warnings.warn(f"foedus.history.{name} is now {MOVED[name]}", DeprecationWarning, stacklevel=2)
    return import_module(MOVED[name])
