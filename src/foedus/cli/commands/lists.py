"""Commands that list what the model holds."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from foedus.cli.commands.options import Json


def world(place: str = "", *, json: Json = False) -> None:
    """List the states of the model: code, name, region, guarantor, pool, challengers. PLACE: a region or a group."""
    from foedus.cli.lists import list_states

    list_states(place, as_json=json)


def groups(*, json: Json = False) -> None:
    """List the groups of states, such as NATO or Baltics, that go wherever an ally can be named."""
    from foedus.cli.lists import list_groups

    list_groups(as_json=json)


def ledger(
    *,
    grep: str = "",
    grade: str = "",
    record: Annotated[
        str, Parameter(help="Prior and posterior from a stored record of disputes, such as record-2010.")
    ] = "",
    json: Json = False,
) -> None:
    """List the model's parameters: default, range, grade, source; with --record, prior and posterior."""
    if record:
        from foedus.cli.applies import not_with
        from foedus.cli.posterior import list_learnt

        not_with("--record", grade=grade)
        list_learnt(record, grep, as_json=json)
        return
    from foedus.cli.lists import list_ledger

    list_ledger(grep, grade, as_json=json)


def sources(
    state: str = "", *, missing: bool = False, assumed: bool = False, grade: str = "", json: Json = False
) -> None:
    """List the facts of a state with source and grade; or those missing, or assumed instead."""
    from foedus.cli.applies import not_with
    from foedus.cli.lists import list_sources

    if missing:
        not_with("--missing", assumed=assumed, grade=grade)
    if assumed:
        not_with("--assumed, whose defaults all bear grade A", grade=grade)
    list_sources(state, missing=missing, assumed=assumed, grade=grade, as_json=json)


def postures(*, json: Json = False) -> None:
    """List the postures that ship with Foedus and the question each asks."""
    from foedus.cli.lists import list_postures

    list_postures(as_json=json)


def scenarios(*, json: Json = False) -> None:
    """List the scenarios that ship with Foedus: question, years, and what the two sides differ in."""
    from foedus.cli.lists import list_scenarios

    list_scenarios(as_json=json)


def mechanisms(*, json: Json = False) -> None:
    """List the mechanisms and how each is switched off."""
    from foedus.cli.lists import list_mechanisms

    list_mechanisms(as_json=json)


def manual(page: str = "", *, json: Json = False) -> None:
    """Print a page of the manual, tutorials among them, as Markdown. PAGE: such as first-question; all without."""
    from foedus.cli.manual import show

    show(page, as_json=json)


COMMANDS = (
    world,
    groups,
    ledger,
    sources,
    postures,
    scenarios,
    mechanisms,
    manual,
)
