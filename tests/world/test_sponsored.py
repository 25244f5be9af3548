"""Sponsored fighters: who is in the table, what of the record is theirs, and which rows are refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foedus.errors import FactError, FoedusError, UnknownName
from foedus.study.laying import laid_out
from foedus.world import World
from foedus.world.checks import check_names
from foedus.world.facttable import Fact, read_facts
from foedus.world.sponsored import Fighters, fighters_of
from foedus.world.tables import FACTS
from foedus.world.variables import TABLES

HEZBOLLAH = ("Hezbollah", "IRN", "LBN", "ISR")
UNITS = {"campaign": "flag", "tied": "share"}


def written(folder: Path, *rows: str) -> Path:
    head = (FACTS / "sponsored.csv").read_text(encoding="utf-8").splitlines()[0]
    path = folder / "sponsored.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> Fighters:
    """The table alone, above the shipped one, by the doors through which a world reads it."""
    world = World.load()
    columns, variables = TABLES["sponsored.csv"]
    rows = tuple(read_facts(path, columns, variables, world.sources))
    tables = replace(world.tables, facts={**world.tables.facts, "sponsored.csv": world_rows() + rows})
    check_names(tables.facts, world.states.iso3)
    return fighters_of(tables, {iso: place for place, iso in enumerate(world.states.iso3)}, world.pairs)


def world_rows() -> tuple[Fact, ...]:
    return World.load().tables.facts["sponsored.csv"]


def row(key: tuple[str, ...], variable: str = "loss", value: str = "0.01", year: int = 2026) -> str:
    unit = UNITS.get(variable, "share of GDP")
    return f"{','.join(key)},{variable},{year},{value},,,{unit},foedus_judgement,A,a guess"


def test_iran_sponsors_five_campaigns_of_which_hezbollah_s_is_on_at_the_start() -> None:
    world = World.load()
    held, names = world.fighters, world.states.iso3
    assert {names[i] for i in held.sponsor} == {"IRN"}
    ends = list(zip(held.group, (names[i] for i in held.target), strict=True))
    assert sorted({group for group, _ in ends}) == ["Hamas and Islamic Jihad", "Hezbollah", "Houthis"]
    assert sorted(target for group, target in ends if group == "Houthis") == ["ARE", "ISR", "SAU"]
    assert [held.group[i] for i in np.flatnonzero(held.campaign[-1])] == ["Hezbollah"]
    assert held.host[held.group.index("Hamas and Islamic Jihad")] == -1
    assert (held.loss_low <= held.loss).all()
    assert (held.loss <= held.loss_high).all()


def test_a_year_of_campaign_is_the_group_s_and_no_dispute_or_war_of_target_and_host() -> None:
    world = World.load()
    with_groups, without = (laid_out(world, beside=True, sponsored=flag) for flag in (True, False))
    names = world.states.iso3
    for host, target, disputes, wars, left in (("LBN", "ISR", 30, 4, 18), ("YEM", "SAU", 14, 8, 6)):
        pair = [
            i
            for i, ends in enumerate(zip(without.challenger, without.target, strict=True))
            if (names[ends[0]], names[ends[1]]) == (host, target)
        ]
        before, after = (layout.pairs.past for layout in (without, with_groups))
        assert (before.dispute[:, pair].sum(), before.war[:, pair].sum()) == (disputes, wars)
        assert after.dispute[:, pair].sum() == left
        assert (without.pairs.rival[pair], with_groups.pairs.rival[pair]) == (1.0, 0.0)


def test_a_smaller_world_keeps_groups_whose_sponsor_and_target_it_has_and_forgets_a_host_that_it_lacks() -> None:
    held = World.load().subset(["USA", "ISR", "IRN", "SAU"]).fighters
    assert held.group == ("Hamas and Islamic Jihad", "Hezbollah", "Houthis", "Houthis")
    assert (held.host == -1).all()
    assert len(World.load().subset(["USA", "ISR", "LBN"]).fighters) == 0


def test_a_campaign_of_an_overlay_replaces_that_of_its_year_alone(tmp_path: Path) -> None:
    shipped = World.load().fighters
    held = World.load(written(tmp_path, row(HEZBOLLAH, "campaign", "0")).parent).fighters
    group = held.group.index("Hezbollah")
    assert held.campaign[-1, group] == 0.0
    assert held.campaign[:-1, group].sum() == shipped.campaign[:-1, group].sum() > 0.0


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ([row(("Kataib", "IRQN", "none", "ISR"))], UnknownName, "sponsored.csv:2  IRQN: no such state"),
        ([row(("Kataib", "IRN", "IRQA", "ISR"))], UnknownName, "sponsored.csv:2  IRQA: no such soil"),
        ([row(("Kataib", "ISR", "IRQ", "ISR"))], FactError, "ISR is sponsored by its target"),
        ([row(("Lashkar", "PAK", "PAK", "IND"))], FactError, "IND stands on its sponsor's soil"),
        ([row(("Rebels", "IRN", "SAU", "SAU"))], FactError, "SAU stands on its target's soil"),
        ([row(("Hezbollah", "SYR", "LBN", "ISR"))], FactError, "with another sponsor or soil too (Hezbollah, IRN"),
        ([row(("Kataib", "IRN", "IRQ", "ISR"))], FactError, "Kataib, IRN, IRQ, ISR lacks tied, host_loss"),
        (
            [row(("X", "IRN", "none", "JPN")), row(("X", "IRN", "none", "JPN"), "tied")],
            FactError,
            "IRN, JPN, sponsor and target, are no pair",
        ),
        ([row(HEZBOLLAH, "campaign", "1", 1950)], FactError, "is of 1950; legal years are 1976 to 2026"),
        ([row(HEZBOLLAH, "campaign", "0.5")], FactError, "0.5 is not a whole number"),
        ([row(HEZBOLLAH, value="1.2")], FactError, "loss is 1.2; legal values are 0 to 1 share of GDP"),
    ],
)
def test_a_group_that_cannot_be_is_named_by_file_and_line(
    tmp_path: Path, rows: list[str], error: type[FoedusError], message: str
) -> None:
    with pytest.raises(error) as caught:
        read(written(tmp_path, *rows))
    assert "sponsored.csv:2" in str(caught.value)
    assert message in str(caught.value)
