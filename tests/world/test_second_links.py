"""Second guarantors: kept beside the links, so that they change no ally's principal one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.engine.layout import principal_links
from foedus.errors import FactError, FoedusError, UnknownName
from foedus.terms import Channel
from foedus.world import World
from foedus.world.tables import FACTS


def overlay(folder: Path, *rows: str) -> World:
    head = (FACTS / "second_links.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "second_links.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return World.load(folder)


def row(
    guarantor: str, ally: str, variable: str = "channel_pledge", value: str = "0.5", unit: str = "level 0-1"
) -> str:
    return f"{guarantor},{ally},{variable},2026,{value},,,{unit},foedus_judgement,A,a promise"


def test_poland_has_france_and_the_united_states_and_the_engine_still_takes_the_second() -> None:
    world = World.load()
    poland, names = world.index("POL"), world.states.iso3
    assert [names[i] for i in world.second.guarantor[world.second.ally == poland]] == ["FRA"]
    chosen = principal_links(world.links, len(names))[poland]
    assert names[world.links.guarantor[chosen]] == "USA"


def test_what_no_row_says_a_second_guarantor_does_not_give(tmp_path: Path) -> None:
    world = overlay(tmp_path, row("DEU", "EST"), row("DEU", "EST", "stakes", "0.4", "0-1"))
    at = np.flatnonzero((world.second.guarantor == world.index("DEU")) & (world.second.ally == world.index("EST")))
    channels = world.second.channels[at[0]]
    assert channels[Channel.PLEDGE] == 0.5
    assert channels.sum() == 0.5
    assert world.second.troops[at[0]] == 0.0
    assert 1000 < world.second.distance[at[0]] < 1100


def test_a_smaller_world_keeps_second_links_among_its_states() -> None:
    world = World.load().subset(["USA", "FRA", "POL", "RUS"])
    assert [(world.states.iso3[g], world.states.iso3[a]) for g, a in _ends(world)] == [("FRA", "POL")]


def _ends(world: World) -> list[tuple[int, int]]:
    return [(int(g), int(a)) for g, a in zip(world.second.guarantor, world.second.ally, strict=True)]


@pytest.mark.parametrize(
    ("rows", "error", "message"),
    [
        ([row("FRAN", "POL")], UnknownName, "second_links.csv:2  FRAN: no such state"),
        ([row("DEU", "DEU")], FactError, "second_links.csv:2  DEU, DEU is a link of a state to itself"),
        ([row("USA", "EST")], FactError, "second_links.csv:2  USA, EST is in links.csv too"),
        ([row("DEU", "EST")], FactError, "second_links.csv:2  DEU, EST lacks stakes"),
        ([row("DEU", "EST", "channel_arms")], FactError, "DEU, EST lacks channel_pledge, stakes"),
        (
            [row("DEU", "EST", value="1.5")],
            FactError,
            "second_links.csv:2  channel_pledge is 1.5; legal values are 0 to 1",
        ),
        ([row("DEU", "EST", "access", "0.5", "0-1")], UnknownName, "second_links.csv:2  access: no such variable"),
    ],
)
def test_a_second_link_that_cannot_be_is_named_by_file_and_line(
    tmp_path: Path, rows: list[str], error: type[FoedusError], message: str
) -> None:
    with pytest.raises(error) as caught:
        overlay(tmp_path, *rows)
    assert message in str(caught.value)
