"""What the data cannot identify, and what is not attempted: shown, so that silence is not read as success."""

from __future__ import annotations

UNIDENTIFIED: tuple[tuple[str, str], ...] = (
    (
        "How a state's belief in its guarantor moves (prior, weights of events, recovery)",
        "opinion series are few and short; priors and a sweep",
    ),
    (
        "Precision of choice and the size of stakes, separately",
        "only their product enters a choice; precision is held at the ledger's value when fitting",
    ),
    (
        "Worth of intelligence, sustainment and remote denial (kill switches)",
        "no case of denial with a coded outcome; priors and a sweep",
    ),
    (
        "How far the exposure of its own homeland deters a guarantor",
        "too few disputes of its allies with nuclear challengers (see `intervention-nuclear`)",
    ),
    ("How an unreliable guarantor behaves", "types are not seen; a prior and a sweep"),
    ("Whether force earns recognition", "no coded outcome; both signs are swept"),
    ("Precision of hedging choices", "portfolios of one state are one observation; a prior and a sweep"),
    (
        "War given a dispute, after 1990",
        "so few wars that no forecast can be calibrated on them (see `escalation-war`)",
    ),
    (
        "Which side of a pair begins, beyond who began before",
        (
            "the side held likelier began 51 % of 511 disputes of 1990-2010 (GML; 40 % with one memory for both), 12 "
            "log points of 2,378 better, -1 to 24; by MIC 13; on 2011-14 by MIC and COW 3 and 9 "
            "([what was tried](posterior.md#who-begins))"
        ),
    ),
    (
        "What alliances cause",
        "pacts are given where danger is; every difference between allied and not is selected",
    ),
    (
        "Disputes after 2014",
        "COW's and MIC's end there, GML's in 2010; of later years wars, conflicts and crises alone (`since-2010`)",
    ),
)
"""Pairs of what and why, in the order shown."""

NOT_ATTEMPTED: tuple[str, ...] = (
    (
        "Whether a long run binds states by pacts as thickly as the record, and ends them as seldom: partners a state, "
        "partners shared, paths between states. The engine makes and ends no pacts (states join and leave the pools "
        "that the facts name), so it draws no network to compare. `alliances-rates` counts the record's side and "
        "`alliances-new-ties` scores who allies; neither runs the engine."
    ),
    (
        "Whether public shaming by the guarantor moves burdens, as the literature says it hardly does: the model's "
        "guarantor makes no statements, and no open series of them is among the data."
    ),
    (
        "Whether threats to withdraw raise burdens: coded by nobody in open data. One case, `saigon-and-carter-1975`, "
        "is scored by itself."
    ),
    "Whether allies of democracies spend less: the model knows no regimes, so it says nothing of it.",
)
"""What hindcasts leave out, and why."""
