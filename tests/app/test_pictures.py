"""Pictures: a specification without data fits the rows of every answer of its key."""

from __future__ import annotations

import pytest
from here import SMALL

from foedus.app.document import asked
from foedus.app.held import Memory
from foedus.app.picture import split
from foedus.app.pictures import PICTURES, Ask, Sight, draw
from foedus.app.small import strip
from foedus.errors import UnknownName
from foedus.results import headlines
from foedus.study import prepare


@pytest.fixture(scope="module")
def seen() -> Sight:
    study = prepare(asked({**SMALL, "futures": 16}))
    results = Memory().results(study)
    return Sight.of(results, headlines(results), study.world)


def named(part: object) -> list[str]:
    """Names of the data sets of a specification, in order."""
    if isinstance(part, list):
        return [name for member in part for name in named(member)]
    if not isinstance(part, dict):
        return []
    own = [part["data"]["name"]] if "data" in part else []
    return [*own, *(name for key, value in part.items() if key != "data" for name in named(value))]


@pytest.mark.parametrize("kind", PICTURES)
def test_each_picture_has_rows_for_every_data_set_of_its_specification_and_a_table(kind: str, seen: Sight) -> None:
    picture = draw(seen, Ask(kind))
    assert sorted(named(picture.spec)) == [f"rows{place}" for place in range(len(picture.rows))]
    assert "datasets" not in picture.spec
    assert picture.table
    assert all(len(row) == len(picture.heads) for row in picture.table)


@pytest.mark.parametrize("kind", PICTURES)
def test_each_picture_says_of_which_futures_it_is_and_how_exact(kind: str, seen: Sight) -> None:
    picture = draw(seen, Ask(kind))
    assert picture.known.startswith(f"{seen.results.origin}. Monte Carlo standard error of a ")
    assert any("±" in head for head in picture.heads) or kind == "pairs"


def test_data_sets_that_happen_to_be_alike_stay_apart() -> None:
    spec = {"layer": [{"data": {"name": "a"}}, {"data": {"name": "a"}}], "datasets": {"a": "[]"}}
    assert split(spec) == ({"layer": [{"data": {"name": "rows0"}}, {"data": {"name": "rows1"}}]}, [[], []])


def test_every_small_picture_leads_to_a_large_one(seen: Sight) -> None:
    assert {small["key"] for small in strip(seen)} <= set(PICTURES)
    assert all(small["error"].startswith("±") for small in strip(seen))


def test_a_picture_that_there_is_not_is_refused_with_the_nearest(seen: Sight) -> None:
    with pytest.raises(UnknownName, match='Did you mean "risks"'):
        draw(seen, Ask("risk"))
