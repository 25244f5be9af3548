"""Units: currencies carry their base year, kinds never mix, scales convert."""

from __future__ import annotations

import pytest

from foedus.exposure import Leaf, Unit, UnitError


def leaf(unit: str, value: float, year: int | None = None) -> Leaf:
    return Leaf(f"{value} {unit}", "a figure", Unit.parse(unit, year), value)


def test_dollars_and_euros_do_not_add() -> None:
    with pytest.raises(UnitError, match="do not fit"):
        _ = leaf("million USD 2025", 1.0) + leaf("million EUR 2025", 1.0)


def test_dollars_of_two_years_do_not_add() -> None:
    with pytest.raises(UnitError, match="USD 2024"):
        _ = leaf("million USD 2025", 1.0) + leaf("million USD 2024", 1.0)


def test_market_dollars_and_dollars_at_purchasing_power_do_not_add() -> None:
    with pytest.raises(UnitError, match="USDppp 2024"):
        _ = leaf("billion USD 2024", 1.0) + leaf("billion USDppp 2024", 1.0)


def test_people_and_money_do_not_add() -> None:
    with pytest.raises(UnitError, match="person"):
        _ = leaf("person", 1.0) + leaf("million EUR 2025", 1.0)


def test_a_currency_without_a_year_is_refused_and_says_what_to_write() -> None:
    with pytest.raises(UnitError, match="Write USD 2025"):
        Unit.parse("million USD")


def test_the_year_of_a_row_is_the_base_year_of_its_currency() -> None:
    assert Unit.parse("million USD", 2023) == Unit.parse("million USD 2023")


def test_scales_convert_in_sums() -> None:
    both = leaf("billion EUR 2025", 1.5) + leaf("million EUR 2025", 250.0)
    assert both.value == pytest.approx(1.75)
    assert str(both.unit) == "billion EUR 2025"


def test_price_times_quantity_is_money_and_an_exchange_rate_changes_its_currency() -> None:
    bill = leaf("million USD 2025/tank", 20.0) * leaf("tank", 600.0) * leaf("EUR 2025/USD 2025", 0.85)
    assert bill.to("billion EUR 2025").value == pytest.approx(10.2)


def test_a_person_year_costs_money_by_the_year() -> None:
    yearly = leaf("EUR 2025/person/year", 80_000.0) * leaf("person", 1_000.0)
    assert yearly.to("million EUR 2025/year").value == pytest.approx(80.0)


def test_money_is_not_turned_into_another_scale_of_something_else() -> None:
    with pytest.raises(UnitError):
        leaf("million USD 2025", 1.0).to("billion EUR 2025")
