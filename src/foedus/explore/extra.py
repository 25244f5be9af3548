"""The packages that exploring needs, which are installed with the extra `explore`."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from foedus.errors import InputError

PACKAGES = {
    "SALib": "SALib",
    "ema_workbench": "ema-workbench",
    "pandas": "pandas",
    "platypus": "platypus-opt",
    "pymoo": "pymoo",
    "xarray": "xarray",
}
"""Names on the registry by the module that is imported."""


def needs(*modules: str) -> None:
    """Raise InputError, naming the extra, where one of these modules is not installed."""
    if missing := [PACKAGES[name] for name in modules if find_spec(name) is None]:
        msg = f'this needs {" and ".join(missing)}: pip install "foedus[explore]"'
        raise InputError(msg)


@contextmanager
def quietly() -> Iterator[None]:
    """Within the block, what these packages warn of their own parts, and tell of their progress, is not shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger = logging.getLogger("EMA")
        before = logger.level
        logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            logger.setLevel(before)
