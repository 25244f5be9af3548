"""What specialists would say of the order of allies by danger: arguments by ally, beside the figures of a run.

An argument states no figure that a run gives; `danger_page.py` puts those beside it.
"""

from __future__ import annotations

ARGUED: dict[tuple[str, ...], str] = {
    ("UKR",): "at war when the run begins; ground and product, in every year in which the war is on",
    (
        "TWN",
    ): "the state is at issue and no treaty holds. Beside others' figures, [anchors](anchors.md), too low for a war",
    ("PRK", "KOR"): (
        "challenges in a third of years, nearly all short of war; the level is high for two that last fought in 2010"
    ),
    ("ISR",): (
        "by fighters whom Iran sponsors first (R36), then its own wars and strikes. War with Iran is too rare beside "
        "the two of 2025 and 2026: hostility is at its most already, and given a crisis the tree has rivals fight as "
        "those of 1950-2010 did; nothing in that record tells a pair that has begun to"
    ),
    ("SAU", "ARE", "KWT", "QAT", "BHR"): (
        "attacked in 2026, by Iran, which begins more than they do. What they would begin upon Iran is still too high: "
        "none entered the war of 2026 openly"
    ),
    ("TUR",): (
        "too warm toward Iran, with which it has had no use of force for decades but the missiles of March 2026, which "
        "Iran denies; Greece, and its own force in Syria"
    ),
    ("JPN",): "force short of war around islands; little of it is lost",
    ("THA",): (
        "Cambodia, fought twice in 2025; half is Thailand's own force upon a far weaker neighbour. High: the two "
        "rounds killed some hundred, and the tree's wars kill a thousand"
    ),
    ("IRQ", "EGY"): "Turkish and Israeli raids; the peace of 1979 counts, and armour in Sinai beside it",
    ("EST", "POL", "LTU", "LVA"): (
        "side by side; Estonia leads by most incidents and by a border treaty that is not in force, which counts as a "
        "claim. Force short of war is too warm: of the years 1991-2014 seven had a dispute of Russia and a Baltic "
        "state and two saw force, and the tree gives a land neighbour's crisis force in six of ten, whoever guards it"
    ),
    ("PHL", "GRC", "FIN"): "China's shoals; Turkey; three incidents and a long border",
    ("SWE",): (
        "as likely as Estonia to be at war, and loses less: an ordinary quarrel is at issue and not the state. The "
        "facts agree (rivals by two incidents, 209 km of sea); what evens them out is the form of (7a): of the balance "
        "at the start a part is real, of what a pool adds all, and it adds most to the smallest"
    ),
    ("GBR", "AUS", "DEU"): "distance and pacts",
}
"""Allies told together, and what is said of them; those named nowhere lose less than all of these, or nothing."""
