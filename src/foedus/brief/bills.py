"""The bills behind a brief: what replacing the guarantor's contribution costs an ally, alone and in its pool."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.exposure import Account
from foedus.exposure.replacement.plan import Replacement

PRESET, RULE = "contribution", "gdp"


@dataclass(frozen=True)
class Bills:
    """The same bill drawn up for the ally alone and for its pool, when it has one."""

    alone: Replacement
    pool: Replacement | None


def bills(account: Account) -> Bills:
    """Draw up an ally's bills."""
    alone = account.replace(PRESET, RULE, "alone")
    pooled = account.replace(PRESET, RULE, None)
    return Bills(alone, None if pooled.alone else pooled)


def named(both: Bills, ally: str) -> dict[str, tuple[Replacement, str]]:
    """By the name `--explain` takes: a bill, and the name of its figure."""
    found: dict[str, tuple[Replacement, str]] = {}
    for prefix, plan in (("alone", both.alone), ("pool", both.pool)):
        if plan is not None:
            found |= {f"cost-{prefix}": (plan, f"{ally.lower()}-of-gdp"), f"closes-{prefix}": (plan, "closes")}
    return found
