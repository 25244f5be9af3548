"""Bills and dates: bottom up, monotone where they must be, and never cheaper for standing alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.bibliography import source_keys
from foedus.errors import FactError, InputError, LedgerError, UnknownName
from foedus.exposure import Account, Leaf, Unit, account, parameters_set
from foedus.exposure.holdings import FACTS
from foedus.exposure.replacement import published, schedule
from foedus.exposure.replacement.burden import RULES, shares
from foedus.exposure.replacement.money import in_euros
from foedus.exposure.replacement.price import among, contract_price
from foedus.exposure.replacement.published import as_published, beside
from foedus.exposure.replacement.tables import TABLES, items, leaf, preset, presets
from foedus.world import World
from foedus.world.facttable import read_facts

POSITIVE = st.floats(0.05, 500.0)


@cache
def of(code: str) -> Account:
    return account(World.load(), code)


# -- when ------------------------------------------------------------------------------------------------------


@given(POSITIVE, POSITIVE, st.floats(0.05, 1), st.floats(0, 0.5), st.floats(1, 8), st.floats(1, 3))
def test_more_industry_never_delays(
    quantity: float, output: float, share: float, growth: float, ceiling: float, more: float
) -> None:
    years = schedule.years_to_build(quantity, output, share, growth, ceiling)
    assert schedule.years_to_build(quantity, output * more, share, growth, ceiling) <= years + 1e-9
    assert schedule.years_to_build(quantity, output, min(share * more, 1.0), growth, ceiling) <= years + 1e-9
    assert schedule.years_to_build(quantity, output, share, growth * more, ceiling) <= years + 1e-9
    assert schedule.years_to_build(quantity, output, share, growth, ceiling * more) <= years + 1e-9


@given(POSITIVE, POSITIVE, st.floats(0.05, 1), st.floats(0.01, 0.5), st.floats(1, 8))
def test_the_years_to_build_make_exactly_the_quantity(
    quantity: float, output: float, share: float, growth: float, ceiling: float
) -> None:
    years = float(schedule.years_to_build(quantity, output, share, growth, ceiling))
    assume(years < 200.0)
    edges = np.linspace(0.0, years, 20001)
    middles = (edges[1:] + edges[:-1]) / 2.0
    made = np.sum(output * share * np.minimum(np.exp(growth * middles), ceiling) * np.diff(edges))
    assert made == pytest.approx(quantity, rel=1e-3)


def test_nobody_to_add_takes_no_time_and_no_forces_to_grow_from_take_centuries() -> None:
    assert schedule.years_to_man(0.0, 0.0, 0.03) == 0.0
    assert schedule.years_to_man(1000.0, 0.0, 0.03) > 500.0
    assert schedule.years_to_man(100.0, 100.0, 1.0) == pytest.approx(1.0)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(sorted(items())), st.floats(1.0, 5.0))
def test_more_output_of_any_item_never_delays_any_preset(item: str, more: float) -> None:
    rate = leaf("items.csv", (item,), "output", "output")
    for key in presets():
        bill = as_published(key)
        assert bill.closes.given({rate.name: rate.value * more}) <= bill.closes.value + 1e-9


def test_without_growth_output_is_a_plain_division() -> None:
    assert schedule.years_to_build(100.0, 10.0, 0.5, 0.0, 3.0) == pytest.approx(20.0, rel=1e-6)


def test_a_force_that_fills_in_ten_years_serves_half_of_them() -> None:
    assert schedule.years_served(10.0, 10.0) == 5.0
    assert schedule.years_served(10.0, 20.0) == 2.5
    assert schedule.years_served(10.0, 0.0) == pytest.approx(10.0)


def test_learning_takes_the_slope_off_when_the_middle_of_the_batch_doubles_output() -> None:
    assert schedule.learning_factor(0.8, 100.0, 200.0) == pytest.approx(0.8)
    assert schedule.learning_factor(1.0, 100.0, 200.0) == 1.0


# -- what it costs ---------------------------------------------------------------------------------------------


def test_a_total_is_the_sum_of_its_lines_on_every_draw() -> None:
    for key in presets():
        bill = as_published(key)
        assert sum(line.buy.draws for line in bill.lines) == pytest.approx(bill.buy.draws)
        people = 0.0 if bill.people is None else bill.people.cost.draws
        running = sum(line.upkeep.draws + line.renewal.draws for line in bill.lines) + people
        assert running + bill.buy.draws == pytest.approx(bill.cost.draws)


def test_four_hundred_combat_aircraft_cost_their_number_times_their_price() -> None:
    line = next(line for line in as_published("contribution").lines if line.item.key == "combat_aircraft")
    assert line.quantity.value == 400.0
    assert line.buy.value == pytest.approx(400.0 * line.unit.value / 1e3)


def test_no_bill_reads_a_published_total() -> None:
    for key in presets():
        for figure in as_published(key).named.values():
            assert not any(found.name.startswith("published.csv") for found in figure.leaves)


def test_every_published_line_stands_beside_one_of_ours() -> None:
    rows = {key: {row.line: row for row in beside(key)} for key in presets()}
    assert set(rows["contribution"]) >= {"buy", "life cycle", "combat aircraft", "destroyers"}
    assert set(rows["enablers"]) == {"to 2030", "ten years"}
    assert set(rows["mass"]) == {"a year"}
    assert rows["contribution"]["life cycle"].theirs.value == 1000.0
    assert rows["mass"]["a year"].theirs.value == 250.0


def test_the_price_of_an_item_lies_among_its_contracts_on_every_draw() -> None:
    tank = contract_price(items()["tank"])
    cases = np.stack([case.draws for case in tank.parents[1:]])
    assert np.all(tank.draws >= cases.min(axis=0) - 1e-9)
    assert np.all(tank.draws <= cases.max(axis=0) + 1e-9)


def test_the_middle_of_three_cases_is_the_second() -> None:
    assert among(0.5, 3.0, 1.0, 2.0) == 2.0
    assert among(0.0, 3.0, 1.0, 2.0) == 1.0
    assert among(0.5, 7.0) == 7.0


def test_a_price_in_dollars_of_2022_becomes_euros_of_2025_in_two_steps_with_sources() -> None:
    then = Leaf("then", "then", Unit.parse("million USD", 2022), 119.0)
    now = in_euros(then)
    assert str(now.unit) == "million EUR 2025"
    assert now.value == pytest.approx(119.0 * 110.0 / 101.0 / 1.19)
    assert {"price_levels2026"} < set(now.source.split(";"))


def test_a_wrong_unit_in_a_price_table_stops_the_load_and_names_the_row(tmp_path: Path) -> None:
    lines = (FACTS / "prices.csv").read_text(encoding="utf-8").splitlines()
    place = next(i for i, line in enumerate(lines) if "million EUR/piece" in line)
    lines[place] = lines[place].replace("million EUR/piece", "million USD/piece")
    (tmp_path / "prices.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    keys, variables = TABLES["prices.csv"]
    with pytest.raises(FactError, match=rf'prices.csv:{place + 1}  package_eur is in "million USD/piece"'):
        read_facts(tmp_path / "prices.csv", keys, variables, source_keys(FACTS / "sources.bib"))


def test_parameters_can_be_set_for_a_while_and_more_output_closes_sooner() -> None:
    before = as_published("contribution").closes.value
    with parameters_set(output_growth=0.3, output_open=0.6):
        during = as_published("contribution").closes.value
    assert during < before
    assert as_published("contribution").closes.value == before


def test_a_parameter_outside_its_range_is_refused() -> None:
    with pytest.raises(LedgerError, match=r"range is 0\.05 to 0\.3"), parameters_set(output_growth=3.0):
        pass


# -- who pays, and with whom -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["gdp", "threat", "capability", "equal"])
def test_burden_shares_sum_to_one_by_every_rule(rule: str) -> None:
    plan = of("POL").replace("enablers", rule)
    assert sum(payer.share for payer in plan.payers) == pytest.approx(1.0)
    assert sum(payer.cost.value for payer in plan.payers) == pytest.approx(plan.bill.cost.value)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(("POL", "DEU", "EST", "FRA", "NOR", "FIN")), min_size=1), st.sampled_from(tuple(RULES)))
def test_burden_shares_of_any_members_are_positive_and_sum_to_one(members: set[str], rule: str) -> None:
    world, muster = World.load(), of("POL").muster
    held = shares([world.index(code) for code in sorted(members)], rule, muster)
    assert sum(held.values()) == pytest.approx(1.0)
    assert min(held.values()) > 0.0


def test_who_has_nobody_to_fear_pays_nothing_by_threat_and_cannot_share_by_it_alone() -> None:
    world, muster = World.load(), of("POL").muster
    albania, poland = world.index("ALB"), world.index("POL")
    assert shares([albania, poland], "threat", muster) == {albania: 0.0, poland: 1.0}
    with pytest.raises(InputError, match="no member has any weight"):
        shares([albania], "threat", muster)


def test_custom_shares_are_taken_as_given() -> None:
    plan = of("POL").replace("mass", "POL=0.5,DEU=0.3,CZE=0.2", "POL,DEU,CZE")
    assert plan.payer("POL").share == 0.5
    assert plan.payer("POL").cost.value == pytest.approx(plan.bill.cost.value / 2.0)


def test_members_without_a_custom_share_pay_the_rest_by_product() -> None:
    world = World.load()
    paid = {payer.iso3: payer.share for payer in of("POL").replace("mass", "POL=0.3,DEU=0.5").payers}
    gdp = dict(zip(world.states.iso3, world.states.gdp, strict=True))
    assert (paid["POL"], paid["DEU"]) == (0.3, 0.5)
    assert sum(paid.values()) == pytest.approx(1.0)
    assert paid["FRA"] / paid["EST"] == pytest.approx(gdp["FRA"] / gdp["EST"])
    with pytest.raises(InputError, match="name USA; the members are"):
        of("POL").replace("mass", "POL=0.3,USA=0.5")
    with pytest.raises(InputError, match=r"sum to 1\.2"):
        of("POL").replace("mass", "POL=0.7,DEU=0.5")


def test_custom_shares_that_do_not_sum_to_one_are_refused() -> None:
    with pytest.raises(InputError, match=r"sum to 0\.9"):
        of("POL").replace("mass", "POL=0.5,DEU=0.4", "POL,DEU")


def test_the_frontline_pays_more_by_threat_than_by_product() -> None:
    by_product, by_threat = (of("EST").replace("enablers", rule).payer("EST").share for rule in ("gdp", "threat"))
    assert by_threat > 2.0 * by_product


@pytest.mark.parametrize("key", ["enablers", "contribution", "mass"])
@pytest.mark.parametrize("members", [("POL", "DEU"), ("POL", "EST", "FIN", "SWE"), ("DEU", "GBR", "NOR")])
def test_a_pool_with_perfect_interoperability_never_costs_more_than_its_members_alone(
    key: str, members: tuple[str, ...]
) -> None:
    together = of(members[0]).replace(key, pool=members, interoperability=1.0).bill
    alone = [of(code).replace(key, pool="alone").bill for code in members]
    for name in ("buy", "full"):
        whole, parts = together.named[name], [bill.named[name] for bill in alone]
        assert whole.value <= sum(part.value for part in parts) * (1.0 + 1e-9)
        assert np.all(whole.draws <= sum(part.draws for part in parts) * (1.0 + 1e-9))


def test_friction_makes_a_pool_buy_more() -> None:
    smooth, rough = (of("POL").replace("contribution", interoperability=fit).bill.buy.value for fit in (1.0, 0.2))
    assert rough > smooth


def test_an_ally_that_outweighs_its_challenger_has_nothing_to_replace() -> None:
    assert of("KOR").index.value == 0.0
    assert of("KOR").replace("contribution").bill.cost.value == 0.0


def test_an_unknown_preset_pool_or_rule_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="enablers"):
        preset("enabler")
    with pytest.raises(UnknownName, match="capability"):
        of("POL").replace("mass", "capabilities")
    with pytest.raises(InputError, match="POL is no member"):
        of("POL").replace("mass", "gdp", "DEU,FRA")


def test_every_item_has_a_price_a_life_an_output_and_a_lead_time() -> None:
    for item in items().values():
        assert contract_price(item).value > 0.0
        for variable in ("service_life", "output", "first_delivery", "built"):
            assert leaf("items.csv", (item.key,), variable, variable).value > 0.0


def test_published_figures_are_read_by_the_comparison_alone() -> None:
    folder = Path(published.__file__).parent
    readers = [p.name for p in folder.glob("*.py") if 'facts("published.csv")' in p.read_text(encoding="utf-8")]
    assert readers == ["published.py"]
