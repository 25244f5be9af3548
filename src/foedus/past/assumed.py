"""What no research file gives for the past: recalled or assumed, with range and grade. Dates are inclusive."""

from __future__ import annotations

DOLLAR_COST = {
    "RUS": ((1946, 2004),), "CHN": ((1946, 1984), (1991, 2004)), "PRK": ((1946, 9999),),
    **dict.fromkeys(("DDR", "POL", "HUN", "CSK", "ROU", "BGR", "ALB", "SRB"), ((1946, 1988),)),
    **dict.fromkeys(("VNM", "MNG", "CUB"), ((1946, 1989),)),
}  # fmt: skip
"""Years in which NMC prices a state's forces as if bought in the United States, read off the breaks in its series
(Russia and China fall to market rates in 2005, China also in 1985-90) and the method of the US agencies it drew on.
In such a year product is taken at purchasing parity and the price level is 1 (A)."""

MOST_BURDEN = 0.3
"""Largest share of product that spending is taken to be; above it, spending and product are in unlike prices (official
exchange rates, a patron's money) or the state is being destroyed (A)."""

SOVIET_TROOPS = {
    "DDR": ((1949, 400_000), (1956, 380_000), (1990, 340_000)),
    "POL": ((1949, 60_000), (1957, 40_000), (1990, 40_000)),
    "HUN": ((1949, 30_000), (1957, 60_000), (1990, 40_000)),
    "CSK": ((1968, 75_000), (1990, 50_000)),
    "MNG": ((1967, 30_000), (1979, 60_000), (1989, 20_000)),
    "ROU": ((1949, 40_000), (1959, 0)),
}
"""Soviet forces stationed abroad, persons from a year on; recalled from the Military Balance, about ±20 % (R)."""

PARTNERS = {
    # state: first year, last year, basis
    "VDR": (1955, 1974, "Protocol to the Manila Pact, 1954, and assistance; no treaty of its own"),
    "TWN": (1980, 9999, "Taiwan Relations Act, 1979: arms, no promise to fight"),
    "ISR": (1962, 9999, "Arms since 1962; memoranda of understanding; no treaty"),
    "SAU": (1951, 9999, "Training mission and partnership since 1951; no treaty"),
    "JOR": (1957, 9999, "Assistance since 1957; no treaty"),
    "EGY": (1979, 9999, "Assistance since 1979; no treaty"),
    "KWT": (1991, 9999, "Defense cooperation agreement, 1991"),
    "BHR": (1991, 9999, "Defense cooperation agreement, 1991"),
    "QAT": (1992, 9999, "Defense cooperation agreement, 1992"),
    "ARE": (1994, 9999, "Defense cooperation agreement, 1994"),
    "SGP": (1990, 9999, "Access agreements since 1990; no treaty"),
    "IRQ": (2008, 9999, "Strategic framework agreement, 2008"),
    "NZL": (1986, 9999, "ANZUS Treaty, suspended by the United States in 1986"),
    "ESP": (1953, 1969, "Pact of Madrid, 1953: bases and assistance, no promise to fight"),
}
"""States the United States supported without owing them defence, or after suspending it (R). The tier is
"partner"."""

WHOLE_CLAIMS = (
    ("PRK", "KOR", 1948, 9999), ("KOR", "PRK", 1948, 1991), ("CHN", "TWN", 1949, 9999), ("TWN", "CHN", 1949, 1991),
    ("VNM", "VDR", 1954, 1975), ("IRQ", "KWT", 1961, 1994), ("EGY", "ISR", 1948, 1977), ("SYR", "ISR", 1948, 1991),
    ("JOR", "ISR", 1948, 1988), ("MAR", "MRT", 1960, 1969), ("DEU", "DDR", 1955, 1971), ("SOM", "ETH", 1960, 1991),
)  # fmt: skip
"""Claims to another state's core or to the whole of it: challenger, target, first and last year. Own coding (A)."""

WARHEADS_ABROAD = {"RUS": ((1956, 0.1), (1962, 0.3), (1970, 0.35), (1985, 0.3)), "CHN": ((1981, 0.01), (1995, 0.1))}
"""Share of a stockpile deliverable at intercontinental range from a year on: bombers, then missiles; recalled from
the nuclear notebooks, ×/÷ 2 (R). North Korea's missiles came after the years covered."""

ARMS_SHARES = {"treaty": (0.5, 0.3, 0.8), "hemisphere": (0.5, 0.3, 0.8), "partner": (0.5, 0.2, 0.9)}
"""Guarantor's share of an ally's arms imports before the import data begin (2000): central, low, high (A)."""

OTHER_ARMS_SHARES = {"RUS": (0.9, 0.7, 1.0), "CHN": (0.7, 0.4, 0.9), "GBR": (0.5, 0.3, 0.8), "FRA": (0.5, 0.3, 0.8)}
"""The same for guarantors other than the United States, in every year (A)."""

HEMISPHERE = {
    "pledge": 1.0, "troops": 1.0, "reinforcement": 0.5, "arms": 0.5, "sustainment": 0.6, "intelligence": 0.3,
    "training": 0.5, "technology": 0.2, "missile_defence": 0.0, "nuclear": 0.3, "money": 0.1,
}  # fmt: skip
"""Channel levels for states bound only by the Rio treaty (A)."""

NO_MISSILE_DEFENCE_BEFORE = 1991
"""First year in which a guarantor had theatre missile defences to send: the Gulf War's Patriots."""
