"""Every public equation says what it takes: a line for each argument, its range, and what lies outside."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, get_type_hints

import numpy as np
import pytest

from foedus import equations
from foedus.equations import crisis

Equation = Callable[..., Any]


def public_equations() -> Iterator[tuple[str, Equation]]:
    """Every public function defined in a file of equations, with its name."""
    for info in pkgutil.iter_modules(equations.__path__):
        module = import_module(f"foedus.equations.{info.name}")
        for name, found in inspect.getmembers(module, inspect.isfunction):
            if found.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{info.name}.{name}", found


EQUATIONS = dict(public_equations())
every_equation = pytest.mark.parametrize("equation", EQUATIONS.values(), ids=EQUATIONS)


def described(equation: Equation) -> list[str]:
    """Names that open a line of a docstring and are followed by two spaces and a meaning."""
    return re.findall(r"^(\w+) {2,}\S", inspect.getdoc(equation) or "", flags=re.MULTILINE)


def test_all_equations_are_looked_at() -> None:
    assert len(EQUATIONS) > 80


@every_equation
def test_every_argument_has_a_line_in_the_order_of_the_call_and_no_line_is_left_over(equation: Equation) -> None:
    assert described(equation) == list(inspect.signature(equation).parameters)


@every_equation
def test_every_equation_says_what_comes_of_leaving_its_ranges(equation: Equation) -> None:
    assert re.search(r"Unchecked:\s|NaN stays NaN\.", inspect.getdoc(equation) or "")


@every_equation
def test_every_equation_that_another_docstring_points_to_exists(equation: Equation) -> None:
    home = import_module(equation.__module__)
    arguments = {name for found in EQUATIONS.values() for name in inspect.signature(found).parameters}
    fields = set(crisis.Crisis._fields)
    for name in re.findall(r"`([a-z_.0-9]+)`", inspect.getdoc(equation) or ""):
        assert name in arguments | fields or hasattr(home, name) or name in EQUATIONS or hasattr(np, name), name


@every_equation
def test_no_equation_takes_or_returns_just_anything(equation: Equation) -> None:
    assert [name for name, hint in get_type_hints(equation).items() if hint is Any] == []
