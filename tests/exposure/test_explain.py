"""The chain of a figure: at most 80 columns, every leaf with source and grade, figures opened once."""

from __future__ import annotations

import pytest

from foedus.errors import UnknownName
from foedus.exposure import account
from foedus.exposure.figure import Kind
from foedus.exposure.sources import known
from foedus.exposure.statement import Account
from foedus.world import World


@pytest.fixture(scope="module")
def poland() -> Account:
    return account(World.load(), "POL")


def test_a_chain_fits_eighty_columns_and_reaches_sources(poland: Account) -> None:
    text = poland.explain("air-defence")
    assert max(map(len, text.splitlines())) <= 80
    assert "troopdata" in text or "foedus_judgement" in text
    assert "cow_nmc: Singer et al., Capability Distribution" in text
    assert "foedus ledger --grep reach_air" in text


def test_every_leaf_of_every_figure_has_a_grade_and_a_source_or_is_a_count(poland: Account) -> None:
    for figure in poland.named.values():
        for leaf in figure.leaves:
            assert leaf.grade in "VCRA"
            assert leaf.source or leaf.kind is Kind.DEFINITION or leaf.kind.chosen, leaf.name


def test_a_parameter_of_the_account_says_how_to_set_it(poland: Account) -> None:
    text = poland.replace("mass").explain("tank-ready")
    assert "--set" in text
    assert "output_growth=…" in text


def test_a_part_is_opened_once(poland: Account) -> None:
    text = poland.explain("air")
    numbers = [line for line in text.splitlines() if line.startswith("[") and line.endswith("]")]
    assert len(numbers) == len(set(numbers)) > 3


def test_the_sources_of_a_figure_are_known_to_a_bibliography(poland: Account) -> None:
    for figure in poland.named.values():
        assert set(figure.source.split(";")) - {""} <= set(known())


def test_an_unknown_figure_is_answered_with_the_nearest(poland: Account) -> None:
    with pytest.raises(UnknownName, match="sustainment"):
        poland.explain("sustanment")


def test_a_figure_deep_in_the_chain_opens_by_its_label(poland: Account) -> None:
    assert "robertson2025" in poland.explain("POL: what a market dollar buys for defence")
