"""What would go with the guarantor today, needed or not; and what denial of spares, software and data would stop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus import terms
from foedus.exposure.counterfactual import Counterfactual
from foedus.exposure.figure import Figure, FigureEvaluation, combine
from foedus.exposure.muster import Muster
from foedus.exposure.need import Need
from foedus.exposure.shares import OFF, ON, over_domains
from foedus.exposure.units import Unit
from foedus.names import DOMAIN_WORDS, possessive


def today(muster: Muster, ally: int, need: Need) -> Mapping[str, Figure]:
    """By domain: share of what would fight for the ally today that would go with the guarantor, needed or not."""
    return {domain: _today(muster, ally, need, row) for row, domain in enumerate(terms.DOMAINS)}


def _today(muster: Muster, ally: int, need: Need, row: int) -> Figure:
    whole, domain = muster.together(need.front, row), terms.DOMAINS[row]

    def lost(evaluate: FigureEvaluation) -> Any:
        return 1.0 - evaluate(whole, OFF, muster.memos) / evaluate(whole, ON, muster.memos)

    return Counterfactual(
        f"{muster.code(ally)} {domain} today",
        f"share of the {DOMAIN_WORDS[domain]} that would fight for {muster.name(need.front)} today and would go "
        f"with {muster.name(muster.guarantor)}",
        Unit(),
        (whole,),
        lost,
        "one less what remains with every channel withdrawn, over what there is",
    )


def today_overall(muster: Muster, ally: int, need: Need, parts: Mapping[str, Figure]) -> Figure:
    """The same over all domains, weighted as the theatre weighs them."""
    label = f"share of what would fight for {muster.name(need.front)} today that would go"
    return over_domains(
        f"{muster.code(ally)} today",
        f"{label} with {muster.name(muster.guarantor)}",
        tuple(parts.values()),
        need.weights,
    )


def denial(muster: Muster, ally: int, need: Need) -> Figure:
    """Share of the ally's own forces out of action once sustainment, software and mission data are denied."""
    parents = (
        muster.parameter("sustainment_need"),
        *(muster.dependence(ally, row) for row in range(len(terms.DOMAINS))),
    )
    return combine(
        f"{muster.code(ally)} denial",
        f"share of {possessive(muster.name(ally))} own forces put out of action by denial of spares, software and data",
        Unit(),
        parents,
        lambda bite, *shares: bite * sum(w * share for w, share in zip(need.weights, shares, strict=True)),
        "dependent share of each domain times how far lost sustainment bites, domains weighted by theatre",
    )
