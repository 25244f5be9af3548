"""The engine's form: short signatures, and no bare number where an axis has names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from named_axes import PACKAGE, bare_indices, declared_by_the_model

from foedus.equations.hedging import Option
from foedus.terms import Channel, Domain, Patron, Theatre

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
MOST_ARGUMENTS = 5

ROOMS = ["engine", "equations", "study", "results", "exposure", "world", "past", "posture", "hindcasts", "report"]
ROOMS += ["brief", "benchmarks"]
"""Rooms that hold arrays of the engine, and the agent-based check."""

DECLARED = declared_by_the_model()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and number of arguments of every function of a file, `self` left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            several = [x for x in (node.args.vararg, node.args.kwarg) if x is not None]
            named = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            arguments = [x.arg for x in (*named, *several)]
            yield f"{path.name}:{node.lineno} {node.name}", len([x for x in arguments if x not in ("self", "cls")])


def test_no_function_of_the_engine_takes_more_than_five_arguments() -> None:
    counted = dict(pair for path in (PACKAGE / "engine").glob("*.py") for pair in functions(path))
    assert len(counted) > 100
    assert {name: count for name, count in counted.items() if count > MOST_ARGUMENTS} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_no_bare_number_stands_where_an_axis_has_names(room: str) -> None:
    folder = BENCHMARKS if room == "benchmarks" else PACKAGE / room
    sources = {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.py")}
    assert sources
    assert {name: bare for name, text in sources.items() if (bare := bare_indices(text, DECLARED))} == {}


def test_declarations_give_the_arrays_of_every_named_axis() -> None:
    by_axis = {
        Domain: {"stock", "stocks", "bought", "made", "dependence", "effective", "lead_time", "reach"},
        Channel: {"relative", "level", "levels", "change", "channels", "drift", "CHANNELS"},
        Option: {"portfolio", "shares", "options", "option_shares", "_worth()", "OPTIONS"},
        Theatre: {"log_own", "log_pooled", "log_helped", "THEATRE_WEIGHTS"},
        Patron: {"alignment"},
    }
    assert {axis.__name__: lost for axis, names in by_axis.items() if (lost := names - DECLARED.along)} == {}
    assert {"nuclear", "pair_class", "region", "link_region", "theatre", "main_theatre"} <= DECLARED.places


@pytest.mark.parametrize(
    "old",
    [
        "support.relative[:, 3]", "layout.counts[2]", "zeros(14, count)", "np.zeros((14, count))", "state.stock[:, :3]",
        "setting.lead_time[3]", "state.alignment[1]", "year.before.alignment[1][link]", "effective[:, 1]",
        "layout.pair_class == 0", "terms.CHANNELS[-1]", "OPTIONS[:-1]", "state.nuclear > 1.5", "[0.0] * 4",
        "support.relative.take(3, axis=1)", "np.take(state.stock, [0, 3], axis=1)", "relative.take((3, 4), axis=1)",
        "np.take(relative, indices=3, axis=1)", "state.stock[:, (0, 1)]", "state.stock[:, [0, 3]]", "stock[(row, 3)]",
        "stock[row, 3, :]", "log_power(forces)[1]", "np.minimum(support.relative, 1.0)[:, 4]", "relative.copy()[:, 3]",
    ],
)  # fmt: skip
def test_the_search_finds_what_the_engine_used_to_write(old: str) -> None:
    assert bare_indices(f"x = {old}", DECLARED)


@pytest.mark.parametrize(
    "source",
    [
        "announced = policy.levels[year]\nx = announced[:, 3]",
        "share, bought = habits(state, setting)\nx = share[:, 3]",
        "status = state.nuclear\nx = status < 1.5",
        "usual = np.empty((len(Option), count))\nx = usual[13]",
        "reach = np.stack([p[domain.key] for domain in Domain])\nx = reach[0]",
        "self.lead = [p[name] for name in DOMAINS]\nx = self.lead[3]",
        'def f(habit):\n    """Share.\n\n    habit  [D, F] shares\n    """\n    return habit[3]',
        'class A:\n    likeness: list[float]\n    """[W] of patrons"""\n\nx = a.likeness[1]',
    ],
)
def test_the_search_follows_a_name_to_what_declares_it(source: str) -> None:
    assert bare_indices(source, DECLARED)


@pytest.mark.parametrize(
    "named",
    [
        "support.relative[:, Channel.ARMS]", "layout.counts.links", "zeros(len(Option), count)", "pipeline[0]",
        "state.stock[:, : Domain.C4ISR]", "state.stock[row]", "layout.aided[pair, 0]",
        "status >= NuclearStatus.PURSUES", "state.stock.take(rows, axis=0)", "names.take(3)", "[0.0] * len(Domain)",
        "support.relative.mean(axis=1)[0]", "state.stock[:, Domain.AIR][0]", "np.take(stock, Domain.AIR, axis=1)",
    ],
)  # fmt: skip
def test_the_search_lets_names_and_other_arrays_pass(named: str) -> None:
    assert bare_indices(f"x = {named}", DECLARED) == []
