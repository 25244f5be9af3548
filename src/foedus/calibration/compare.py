"""All declared estimates, made again from a folder of data and held against ledger, base rates and documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from foedus.calibration import aid, burdens, guarantee, hostility, nuclear, rates, sponsorship, ties
from foedus.calibration.declare import DeclaredEstimate, Finding, verdict
from foedus.calibration.evidence import Evidence
from foedus.errors import DataError, EstimationError, UnknownName
from foedus.ledger import load_ledger
from foedus.panels import DataFolder

NOT_ESTIMATED: Mapping[str, str] = {
    "precision": "only ratios to it are identified: it sets the scale on which the costs of the posterior are measured",
    "demand_share": "disputes record what was demanded by kind, not by share; the posterior holds it at its default",
    "war_cost_scaling": "disputes do not identify it apart from the stake; the posterior holds it at its default",
    "doubt_weight": "no data say how far trust fell; the rises it was set by are the figures on NATO's near allies "
    "and on Korea and Taiwan",
}
"""Assumptions that a reader may expect to see computed, and why no data make them."""


def every_estimate() -> tuple[DeclaredEstimate, ...]:
    """Return all declared estimates: parameters first, then base rates, then figures that documents state."""
    rooms = (hostility, guarantee, burdens, nuclear, ties, aid, sponsorship, rates)
    found = [e for room in rooms for e in room.ESTIMATES]
    return tuple(e for kind in ("parameter", "base rate", "figure") for e in found if e.kind == kind)


def chosen(names: Iterable[str]) -> tuple[DeclaredEstimate, ...]:
    """Return declared estimates by name, in the order asked for, none twice.

    names  of estimates, or of the parameters and base rates they support

    Raises UnknownName for a name that is neither.
    """
    every = every_estimate()
    picked: list[DeclaredEstimate] = []
    for name in names:
        mine = [e for e in every if name in (e.name, e.stands)]
        if not mine:
            raise UnknownName("estimate", name, dict.fromkeys(n for e in every for n in (e.name, e.stands)))
        picked += [e for e in mine if e not in picked]
    return tuple(picked)


def estimate(
    data: DataFolder | Path | str | None = None,
    estimates: Iterable[DeclaredEstimate] | None = None,
    told: Callable[[str], None] = lambda _: None,
) -> tuple[Finding, ...]:
    """Make estimates again and hold each against its figure.

    data       folder of research files; without it the one FOEDUS_DATA names
    estimates  which; all when None, and then also what cannot be estimated, with the reason
    told       called with each name when its estimate starts

    An estimate whose files are missing, or that does not settle, is "not re-estimated" with the reason.
    Raises DataError when there is no data folder.
    """
    evidence = Evidence.open(data)
    found = []
    for one in every_estimate() if estimates is None else estimates:
        told(one.name)
        found.append(_compared(one, evidence))
    if estimates is None:
        found += [_not_estimated(name, reason) for name, reason in NOT_ESTIMATED.items()]
    return tuple(sorted(found, key=lambda f: ("parameter", "base rate", "figure").index(f.kind)))


def _compared(one: DeclaredEstimate, evidence: Evidence) -> Finding:
    held, low, high = _held(one)
    try:
        measured = one.measure(evidence)
    except (DataError, EstimationError) as error:
        return Finding(
            one.name, one.kind, one.stands, one.recipe, held, low, high, None, "not re-estimated", str(error)
        )
    judged = verdict(held, low, high, measured)
    return Finding(one.name, one.kind, one.stands, one.recipe, held, low, high, measured, judged)


def _held(one: DeclaredEstimate) -> tuple[float, float | None, float | None]:
    """Return the figure an estimate supports, and its range."""
    if one.kind == "parameter":
        parameter = load_ledger()[one.stands]
        return parameter.default, parameter.low, parameter.high
    if one.kind == "base rate":
        from foedus.world import World

        pair_class, _, rate = one.stands.partition(" ")
        fact = World.load().tables.latest("base_rates.csv")[(pair_class,), rate]
        return fact.value, fact.low, fact.high
    if one.stated is None:
        msg = f"{one.name} is a figure that states nothing"
        raise ValueError(msg)
    return one.stated, None, None


def _not_estimated(name: str, reason: str) -> Finding:
    p = load_ledger()[name]
    return Finding(p.label.lower(), "parameter", name, "", p.default, p.low, p.high, None, "not re-estimated", reason)
