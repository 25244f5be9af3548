"""Why a text cannot be traced, told with the name of the equation or block in which the question is asked."""

from __future__ import annotations

import inspect

from foedus.errors import FoedusError

OWN = ("foedus.compile", "numpy", "scipy", "dataclasses", "functools")
"""Where the tracer itself works: the asker is whoever called these."""


class Untraceable(FoedusError):
    """An equation, a block or a policy that cannot be traced: it must be written otherwise, or run by `eager`."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(f"{asker()}: {what} cannot be traced. {cure} Or run it with --engine eager.")


def asker() -> str:
    """Function and line that asked the tracer."""
    frame = inspect.currentframe()
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if not module.startswith(OWN) and not frame.f_code.co_name.startswith("<"):
            return f"{module.removeprefix('foedus.')}.{frame.f_code.co_name}, line {frame.f_lineno}"
        frame = frame.f_back
    return "the model"
