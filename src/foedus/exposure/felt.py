"""How soon a loss is felt, how long reinforcement takes, and how much of the picture is the guarantor's."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.engine.support import CHANNEL_SPEED
from foedus.exposure.counterfactual import Counterfactual
from foedus.exposure.figure import Figure, Kind, Leaf, combine, defined
from foedus.exposure.muster import Muster
from foedus.exposure.shares import OFF
from foedus.exposure.units import Unit
from foedus.names import possessive


def felt_after(muster: Muster) -> Mapping[str, Figure]:
    """By channel: days until its loss is felt, soonest first.

    Intelligence, missile defence, training: declared. Sustainment: the ledger's lag. Forces, arms, technology and
    money: the time in which the model lets the channel be withdrawn.
    """
    given: dict[str, Figure] = {
        "intelligence": muster.parameter("intelligence_felt"),
        "missile_defence": muster.parameter("missile_defence_felt"),
        "training": muster.parameter("training_felt"),
    }
    year = defined("days in a year", "days in a year", Unit.parse("day/year"), 365.25)
    given["sustainment"] = muster.parameter("sustainment_lag") * year
    for channel in ("troops", "reinforcement", "arms", "technology", "money"):
        given[channel] = _withdrawn_after(channel, year)
    return {
        channel: held.called(f"{channel} felt after", f"days until the loss of {channel.replace('_', ' ')} is felt")
        for channel, held in sorted(given.items(), key=lambda pair: pair[1].value)
    }


def _withdrawn_after(channel: str, year: Leaf) -> Figure:
    speed = Leaf(
        f"speed of {channel}",
        f"share of {channel} that can be withdrawn in a year",
        Unit.parse("1/year"),
        CHANNEL_SPEED[channel],
        source="foedus_model",
        grade="A",
        kind=Kind.ASSUMPTION,
    )
    return combine(
        f"{channel} felt", f"days to withdraw {channel}", "day", (year, speed), lambda d, s: d / s, "quotient"
    )


def picture(muster: Muster, ally: int) -> tuple[Figure, Figure]:
    """How complete the ally's picture and command are, 0-1, with what the guarantor gives and without."""
    whole, name = muster.completeness(ally), possessive(muster.name(ally))
    without = Counterfactual(
        f"{muster.code(ally)} picture without",
        f"completeness of {name} picture and command without {muster.name(muster.guarantor)}",
        Unit(),
        (whole,),
        lambda evaluate: evaluate(whole, OFF, muster.memos),
        "worked out with every channel withdrawn",
    )
    return whole, without


def arrival(muster: Muster, ally: int) -> Figure:
    """Days until reinforcement is there: mobilisation, and the distance at the speed of sealift."""
    code, name = muster.code(ally), muster.name(ally)
    moved = muster.way(ally) / muster.parameter("sealift_speed")
    return (muster.parameter("mobilisation_days") + moved).called(
        f"{code} arrival", f"days until reinforcement reaches {name}"
    )
