"""Our reading of what each mechanism adds, and what must hold of it for the prose to stay true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stored import Effects

PROSE = """## What hardly matters

Read the two tables for what they leave out. With everything else on, many mechanisms move the loss of a typical ally
by less than one per cent: shared enablers (R12), the guarantor's gain (R14), its answer to burdens (R16), balancing
by neighbours (R20), contagion of the bomb (R22), overstretch (R26), alignment (R28), debt and opinion (R03, R13), and
the exposure of the guarantor's homeland (R17, R18), since it is felt in a promise that is seldom called. Intelligence
and home production (R05, R08) change forces by several per cent and losses by little: the record of disputes gives
the balance of forces little weight in who challenges and who yields, and so does the model. Belief (R02) moves
spending, and loss by little more than one per cent. Order (R24) is an outcome and changes nothing by construction,
and the remedies (R30) are levers that neither posture pulls. Under limited support nothing adds two per cent. What
decides once support is withdrawn is what a patron no longer restrains (R21), the hostility that force leaves behind
(R19), whether others stand beside an ally (R29), and how wars and lesser force go on (R32, R34)."""
"""Read the tables again when a claim below no longer holds, then rewrite it with its claims."""

LITTLE, MUCH = 1.0, 2.0
"""Per cent of a typical ally's loss: at most what the prose calls little, at least what it says decides."""
WITHDRAWN = "retrench"


@dataclass(frozen=True)
class Claim:
    """What the prose says of some rows.

    rows      mechanisms
    measure   column of the tables
    low       least size of the effect
    high      greatest size
    postures  tables it speaks of; all when empty
    """

    rows: tuple[str, ...]
    measure: str
    low: float = 0.0
    high: float = float("inf")
    postures: tuple[str, ...] = ()


CLAIMS = (
    Claim(
        ("R12", "R14", "R16", "R20", "R22", "R26", "R28", "R03", "R13", "R17", "R18", "R05", "R08"),
        "typical",
        high=LITTLE,
    ),
    Claim(("R24", "R30"), "typical", high=0.0),
    Claim(("R02",), "spending", low=0.01),
    Claim(("R02",), "typical", high=1.5),
    Claim(("R05", "R08"), "forces", low=2.0),
    Claim(("R21", "R19", "R29", "R32", "R34"), "typical", high=MUCH, postures=("limited-support",)),
    Claim(("R21", "R19", "R29", "R32", "R34"), "typical", low=MUCH, postures=(WITHDRAWN,)),
)


def unheld(tables: Mapping[str, Effects]) -> list[str]:
    """Return what the prose says that the tables, by posture, no longer show."""
    found = []
    for claim in CLAIMS:
        for posture, table in tables.items():
            if claim.postures and posture not in claim.postures:
                continue
            for row in claim.rows:
                size = abs(table[row][claim.measure] or 0.0)
                if not claim.low <= size <= claim.high:
                    bound = f"at least {claim.low:g}" if size < claim.low else f"at most {claim.high:g}"
                    found.append(f"{row} under {posture}: {claim.measure} {size:.2g}, where the prose needs {bound}")
    return found


def prose(tables: Mapping[str, Effects]) -> str:
    """Return the prose, or, when the tables do not bear it out, a notice of what it got wrong."""
    wrong = unheld(tables)
    if not wrong:
        return PROSE
    return "\n".join(
        [
            "## What hardly matters",
            "",
            "Our reading of the tables above is out of date:",
            "",
            *(f"- {w}" for w in wrong),
        ]
    )
