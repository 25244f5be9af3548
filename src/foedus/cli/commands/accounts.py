"""Commands on one ally."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from foedus.cli.commands.options import Json, Out, Whole, whole


def exposure(
    ally: str = "",
    *,
    channel: Annotated[str, Parameter(help="Show one of the eleven channels only.")] = "",
    against: Annotated[str, Parameter(help="Challenger to measure against; default: the worst.")] = "",
    replace: Annotated[
        str, Parameter(help="Cost and date of replacing a preset: enablers, contribution or mass.")
    ] = "",
    share: Annotated[
        str,
        Parameter(
            help="Who pays: gdp (default), threat, capability, equal, or POL=0.3,DEU=0.5 with others sharing the rest."
        ),
    ] = "",
    pool: Annotated[
        str, Parameter(help="Who buys together: region (default), alone, a pool, a group, or codes with commas.")
    ] = "",
    explain: Annotated[str, Parameter(help="Trace a figure down to its sources.")] = "",
    given: Annotated[
        list[str] | None, Parameter(name="--set", help="Set a parameter, such as output_growth=0.3.", negative="")
    ] = None,
    json: Json = False,
) -> None:
    """Show how much of an ally's defence depends on the guarantor. ALLY: code, name, region or group; all without."""
    from foedus.cli.applies import not_with
    from foedus.cli.exposure import parameters_given

    if explain:
        not_with("--explain", channel=channel)
    with parameters_given(given or []):
        if replace:
            from foedus.cli.replacing import show_replacement

            not_with("--replace", channel=channel)
            show_replacement(ally, replace, share or "gdp", pool, against=against, explain=explain, as_json=json)
        else:
            from foedus.cli.exposure import show_exposure

            not_with("the account alone; it is of --replace", share=share, pool=pool)
            show_exposure(ally, channel=channel, against=against, explain=explain, as_json=json)


def brief(
    ally: str,
    *,
    posture: Annotated[str, Parameter(help="A preset or a posture file.")] = "limited-support",
    against: Annotated[str, Parameter(help="Challenger to measure against; default: the worst.")] = "",
    html: Annotated[Path | None, Parameter(help="Write the page as one HTML file that prints on one A4 page.")] = None,
    explain: Annotated[str, Parameter(help="Trace a figure down to its sources or its run.")] = "",
    futures: Whole = 192,
    seed: Whole = 1,
    threads: Whole = 2,
    json: Json = False,
) -> None:
    """Write one page on one ally: what depends on the guarantor, the risk, what would help, what it costs."""
    from foedus.cli.brief import show_brief

    show_brief(ally, posture, futures, seed, threads, against=against, html=html, explain=explain, as_json=json)


def advise(
    *ally: str,
    posture: Annotated[
        list[str] | None,
        Parameter(
            help="A preset or a posture file; repeat for more. Default: steady, limited-support, retrench.", negative=""
        ),
    ] = None,
    portfolios: Annotated[
        int | None, Parameter(converter=whole, help="How many the search tries; default: 200.")
    ] = None,
    futures: Whole = 500,
    years: Annotated[str, Parameter(help="First and last year.")] = "2026:2045",
    at_most: Annotated[
        list[str] | None, Parameter(help="Most of an objective that is accepted, like loss=0.5; repeat.", negative="")
    ] = None,
    aim: Annotated[
        str,
        Parameter(help="For a guarantor: cost, loss, ground, entrapment, proliferation or leaning is kept small."),
    ] = "",
    without_nuclear: Annotated[bool, Parameter(help="Leave nuclear programmes out.", negative="")] = False,
    seed: Whole = 1,
    threads: Whole = 2,
    out: Out = None,
    json: Json = False,
) -> None:
    """Search for portfolios of an ally that hold up. ALLY: code, name, region or group; several are one group.

    With --aim, ALLY is a guarantor, and its own postures are searched. The same command continues a stopped search.
    """
    from foedus.cli.advise import show_advice, show_counsel
    from foedus.cli.applies import not_with, once

    once(ally)
    if aim:
        not_with("--aim", posture=posture, portfolios=portfolios, at_most=at_most, without_nuclear=without_nuclear)
        show_counsel(ally, aim, futures, years, seed, threads, out, as_json=json)
        return
    tried = 200 if portfolios is None else portfolios
    show_advice(
        ally, posture or [], tried, futures, years, seed, threads, at_most or [], out,
        nuclear=not without_nuclear, as_json=json,
    )  # fmt: skip


COMMANDS = (
    exposure,
    brief,
    advise,
)
