"""The states Foedus covers and figures recalled from the literature, each with its source key (grade R)."""

STATES = {
    "Europe": "ALB AUT BEL BGR BLR CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GEO GRC HRV HUN IRL ISL ITA LTU LUX LVA "
    "MDA MKD MNE NLD NOR POL PRT ROU RUS SRB SVK SVN SWE TUR UKR ARM AZE",
    "Indo-Pacific": "AUS CHN IDN IND JPN KOR MYS NZL PAK PHL PRK SGP THA TWN VNM",
    "Middle East": "ARE BHR EGY IRN IRQ ISR JOR KWT LBN OMN QAT SAU SYR YEM",
    "Americas": "CAN USA",
}
"""iso3 codes by region."""

NAMES = {"MKD": "North Macedonia", "SRB": "Serbia", "USA": "United States"}
"""Names in use where the file of states has older or longer ones."""

NATO = {
    "ALB",
    "BEL",
    "BGR",
    "CAN",
    "CZE",
    "DEU",
    "DNK",
    "ESP",
    "EST",
    "FIN",
    "FRA",
    "GBR",
    "GRC",
    "HRV",
    "HUN",
    "ISL",
    "ITA",
    "LTU",
    "LUX",
    "LVA",
    "MKD",
    "MNE",
    "NLD",
    "NOR",
    "POL",
    "PRT",
    "ROU",
    "SVK",
    "SVN",
    "SWE",
    "TUR",
    "USA",
}
"""Members of the North Atlantic Treaty in 2026 (Finland from 2023, Sweden from 2024)."""

EU_ONLY = {"AUT", "CYP", "IRL"}
"""Members of the European Union's mutual assistance clause (article 42.7) outside NATO, among the states covered."""

GDP_RATIO = {
    "USA": 1.0, "CAN": 1.18, "ALB": 2.2, "ARM": 2.6, "AUT": 1.3, "AZE": 3.2, "BEL": 1.28, "BGR": 2.3, "BLR": 3.9,
    "CHE": 0.88, "CYP": 1.6, "CZE": 1.75, "DEU": 1.28, "DNK": 1.12, "ESP": 1.55, "EST": 1.5, "FIN": 1.2, "FRA": 1.37,
    "GBR": 1.19, "GEO": 3.1, "GRC": 1.75, "HRV": 2.0, "HUN": 2.0, "IRL": 1.2, "ISL": 0.9, "ITA": 1.5, "LTU": 1.8,
    "LUX": 1.1, "LVA": 1.85, "MDA": 2.5, "MKD": 2.8, "MNE": 2.3, "NLD": 1.2, "NOR": 1.2, "POL": 2.0, "PRT": 1.7,
    "ROU": 2.3, "RUS": 3.2, "SRB": 2.4, "SVK": 1.75, "SVN": 1.6, "SWE": 1.2, "TUR": 2.6, "UKR": 3.4, "AUS": 1.06,
    "CHN": 1.98, "IDN": 3.3, "IND": 4.1, "JPN": 1.6, "KOR": 1.74, "MYS": 3.1, "NZL": 1.1, "PAK": 4.2, "PHL": 2.8,
    "SGP": 1.65, "THA": 3.4, "TWN": 2.3, "VNM": 3.5, "ARE": 1.6, "BHR": 2.1, "EGY": 5.5, "IRN": 4.0, "IRQ": 2.5,
    "ISR": 1.03, "JOR": 2.4, "KWT": 1.6, "LBN": 3.0, "OMN": 2.0, "QAT": 1.6, "SAU": 2.0, "SYR": 3.0, "YEM": 3.5,
}  # fmt: skip
"""Product at purchasing parity over product at market rates, 2024, recalled from the IMF's World Economic Outlook."""

DEBT = {
    "USA": 124, "CAN": 113, "ALB": 54, "ARM": 50, "AUT": 82, "AZE": 22, "BEL": 107, "BGR": 26, "BLR": 41, "CHE": 37,
    "CYP": 61, "CZE": 45, "DEU": 64, "DNK": 29, "ESP": 101, "EST": 24, "FIN": 86, "FRA": 116, "GBR": 102, "GEO": 36,
    "GRC": 147, "HRV": 56, "HUN": 74, "IRL": 36, "ISL": 55, "ITA": 137, "LTU": 41, "LUX": 26, "LVA": 48, "MDA": 38,
    "MKD": 55, "MNE": 64, "NLD": 44, "NOR": 43, "POL": 60, "PRT": 92, "ROU": 58, "RUS": 23, "SRB": 46, "SVK": 61,
    "SVN": 66, "SWE": 34, "TUR": 26, "UKR": 108, "AUS": 51, "CHN": 96, "IDN": 41, "IND": 81, "JPN": 230, "KOR": 53,
    "MYS": 70, "NZL": 54, "PAK": 72, "PHL": 58, "SGP": 175, "THA": 65, "TWN": 24, "VNM": 33, "ARE": 32, "BHR": 140,
    "EGY": 87, "IRN": 37, "IRQ": 47, "ISR": 69, "JOR": 92, "KWT": 7, "LBN": 160, "OMN": 36, "QAT": 41, "SAU": 33,
    "YEM": 70,
}  # fmt: skip
"""General government gross debt, per cent of GDP, 2025, recalled from the IMF's World Economic Outlook."""

GROWTH = {
    "USA": 1.8, "CAN": 1.6, "ALB": 3.4, "ARM": 4.5, "AUT": 0.9, "AZE": 2.5, "BEL": 1.1, "BGR": 2.7, "BLR": 1.5,
    "CHE": 1.4, "CYP": 2.7, "CZE": 2.0, "DEU": 0.9, "DNK": 1.8, "ESP": 1.8, "EST": 1.8, "FIN": 1.2, "FRA": 1.1,
    "GBR": 1.4, "GEO": 5.0, "GRC": 1.6, "HRV": 2.6, "HUN": 2.1, "IRL": 2.3, "ISL": 2.3, "ITA": 0.7, "LTU": 2.4,
    "LUX": 2.0, "LVA": 2.2, "MDA": 3.0, "MKD": 3.1, "MNE": 3.0, "NLD": 1.3, "NOR": 1.4, "POL": 2.9, "PRT": 1.7,
    "ROU": 2.4, "RUS": 1.1, "SRB": 3.8, "SVK": 1.9, "SVN": 2.2, "SWE": 1.9, "TUR": 3.5, "UKR": 3.5, "AUS": 2.2,
    "CHN": 3.6, "IDN": 5.0, "IND": 6.4, "JPN": 0.6, "KOR": 1.8, "MYS": 4.0, "NZL": 2.2, "PAK": 4.0, "PHL": 5.9,
    "SGP": 2.3, "THA": 2.5, "TWN": 2.4, "VNM": 5.8, "ARE": 4.2, "BHR": 2.9, "EGY": 5.0, "IRN": 1.5, "IRQ": 3.5,
    "ISR": 3.5, "JOR": 2.8, "KWT": 2.3, "OMN": 3.0, "QAT": 3.0, "SAU": 3.4, "YEM": 2.0,
}  # fmt: skip
"""Expected real growth, per cent a year, medium term, recalled from the IMF's World Economic Outlook."""

RECALLED_ECONOMY = {
    "TWN": {"gdp": 782.0, "population": 23.4},
    "PRK": {"gdp": 27.0, "population": 26.4},
    "SYR": {"gdp": 20.0},
    "YEM": {"gdp": 19.0},
    "LBN": {"gdp": 28.0},
    "UKR": {"gdp": 190.0},
    "ARE": {"gdp": 537.0},
}
"""Product (billion USD) and population (millions) where the World Bank file has none, recalled."""

SPENDING = {
    "PRK": (7.0, 4.0, 10.0),
    "QAT": (15.4, 12.0, 18.0),
    "ARE": (23.0, 20.0, 27.0),
    "SYR": (2.0, 1.0, 3.0),
    "YEM": (2.0, 1.0, 3.0),
    "LBN": (0.6, 0.3, 1.0),
    "VNM": (8.0, 6.0, 10.0),
}
"""Military spending, billion USD, where no open figure is recent; own judgement from press estimates."""

PERSONNEL = {
    "USA": 1320,
    "RUS": 1130,
    "CHN": 2035,
    "PRK": 1280,
    "IRN": 610,
    "KOR": 450,
    "JPN": 225,
    "TWN": 155,
    "DEU": 183,
    "POL": 200,
    "FRA": 200,
    "GBR": 140,
    "TUR": 355,
    "UKR": 800,
    "ISR": 170,
    "SAU": 257,
}
"""Active personnel, thousands, 2025, recalled from the Military Balance."""

HOMELAND_REACH = {"RUS": (1700, 1550, 1900), "CHN": (400, 250, 600), "PRK": (30, 5, 90)}
"""Warheads deliverable at intercontinental range: nuclear notebooks, Federation of American Scientists."""

TROOPS = {
    "POL": (10000, 8000, 10500),
    "KOR": (28500, 23600, 28500),
    "KWT": (13500, 9000, 14000),
    "QAT": (10000, 8000, 11000),
    "BHR": (9000, 7000, 9500),
    "ARE": (3500, 2000, 5000),
    "SAU": (2700, 2000, 3000),
    "JOR": (3800, 2500, 4000),
    "IRQ": (2500, 2000, 2500),
    "ROU": (1900, 1000, 3000),
    "LTU": (1000, 500, 1100),
    "EST": (600, 300, 700),
    "LVA": (600, 300, 700),
    "SVK": (300, 100, 500),
    "HUN": (200, 80, 300),
    "BGR": (500, 150, 600),
    "AUS": (2500, 300, 2800),
    "PHL": (500, 100, 1000),
    "ISR": (400, 100, 500),
}
"""US personnel including rotations and war-zone forces that the register of assignments misses; press and law."""

CLAIMS = {
    ("CHN", "TWN"): 2, ("RUS", "UKR"): 2, ("PRK", "KOR"): 2, ("KOR", "PRK"): 1, ("CHN", "IND"): 1, ("IND", "CHN"): 1,
    ("CHN", "JPN"): 1, ("CHN", "PHL"): 1, ("CHN", "VNM"): 1, ("CHN", "MYS"): 1, ("IND", "PAK"): 1, ("PAK", "IND"): 1,
    ("RUS", "GEO"): 2, ("RUS", "MDA"): 1, ("SYR", "ISR"): 1, ("ISR", "SYR"): 1, ("LBN", "ISR"): 1, ("ISR", "LBN"): 1,
    ("ARM", "AZE"): 1, ("AZE", "ARM"): 1, ("TUR", "CYP"): 1, ("TUR", "GRC"): 1, ("GRC", "TUR"): 1, ("IRN", "ARE"): 1,
    ("RUS", "JPN"): 1, ("YEM", "SAU"): 1, ("UKR", "RUS"): 1,
}  # fmt: skip
"""Claims to territory: 1 to part of it, 2 to its core or to the whole state. Own coding from the ICOW issue lists."""

TENSE = {
    **{("RUS", iso): 0.30 for iso in ("EST", "LVA", "LTU", "POL", "FIN", "ROU", "MDA", "GEO")},
    **{("RUS", iso): 0.20 for iso in ("NOR", "SWE", "GBR", "DEU", "DNK", "FRA", "CZE", "SVK", "BGR", "TUR")},
    ("BLR", "LTU"): 0.20, ("BLR", "POL"): 0.20, ("BLR", "LVA"): 0.15, ("BLR", "UKR"): 0.30, ("UKR", "RUS"): 0.30,
    ("CHN", "PHL"): 0.25, ("CHN", "AUS"): 0.10, ("CHN", "KOR"): 0.05, ("CHN", "VNM"): 0.10, ("PRK", "JPN"): 0.25,
    ("PRK", "USA"): 0.20, ("IRN", "ISR"): 0.30, ("ISR", "IRN"): 0.35, ("ISR", "SYR"): 0.15, ("ISR", "LBN"): 0.35,
    ("LBN", "ISR"): 0.20, ("YEM", "ISR"): 0.30, ("ISR", "YEM"): 0.30, ("YEM", "SAU"): 0.15, ("IRN", "SAU"): 0.05,
    ("IRN", "BHR"): 0.25, ("IRN", "KWT"): 0.10, ("IRN", "QAT"): 0.05, ("IRN", "ARE"): 0.05, ("IND", "PAK"): 0.05,
    ("AZE", "ARM"): 0.15, ("THA", "VNM"): 0.0,
}  # fmt: skip
"""Hostility added for events after the dispute and rivalry data end (2014, 2020), own judgement."""

AT_WAR = {"UKR"}
"""States fighting an interstate war on their own soil at the start."""

LINKS = {
    # ally: (tier, basis); tiers give the channel levels below
    "treaty": {
        **dict.fromkeys(sorted(NATO - {"USA"}), "North Atlantic Treaty, article 5"),
        "JPN": "Treaty of Mutual Cooperation and Security, 1960",
        "KOR": "Mutual Defense Treaty, 1953",
        "AUS": "ANZUS Treaty, 1951",
        "PHL": "Mutual Defense Treaty, 1951",
        "THA": "Manila Pact, 1954, and Thanat-Rusk statement, 1962",
    },
    "partner": {
        "TWN": "Taiwan Relations Act, 1979: arms, no promise to fight",
        "ISR": "Memoranda of understanding on assistance; no treaty",
        "SAU": "Partnership; no treaty",
        "ARE": "Major defense partner; no treaty",
        "QAT": "Executive order of 2025; no treaty",
        "KWT": "Defense cooperation agreement, 1991",
        "BHR": "Comprehensive integration agreement, 2023",
        "JOR": "Defense cooperation agreement, 2021",
        "EGY": "Assistance since 1979; no treaty",
        "IRQ": "Strategic framework agreement, 2008",
        "UKR": "Bilateral security agreement of 2024, lapsed in practice; no treaty",
        "SGP": "Access agreements since 1990; no treaty",
        "NZL": "ANZUS Treaty, suspended by the United States in 1986",
    },
}
"""Who the United States supports, and on what paper."""

CHANNEL_SPECIAL = {
    "GBR": {"intelligence": 1.0, "technology": 0.9},
    "CAN": {"intelligence": 1.0, "technology": 0.8, "missile_defence": 0.8},
    "AUS": {"intelligence": 1.0, "technology": 0.9}, "NZL": {"pledge": 0.5, "intelligence": 0.9, "nuclear": 0.0},
    "JPN": {"technology": 0.7, "missile_defence": 0.6, "intelligence": 0.7},
    "KOR": {"technology": 0.6, "missile_defence": 0.6, "intelligence": 0.7, "reinforcement": 0.9},
    "ISR": {"pledge": 0.6, "intelligence": 0.8, "missile_defence": 0.7, "money": 1.0, "technology": 0.7, "arms": 1.0},
    "UKR": {"pledge": 0.0, "reinforcement": 0.0, "arms": 0.6, "intelligence": 0.8, "money": 0.4},
    "TWN": {"pledge": 0.5, "arms": 0.8, "intelligence": 0.6, "reinforcement": 0.6},
    "EGY": {"pledge": 0.2, "money": 0.6}, "JOR": {"money": 0.6}, "IRQ": {"pledge": 0.2}, "FRA": {"nuclear": 0.4},
    "THA": {"nuclear": 0.3, "pledge": 0.7}, "PHL": {"nuclear": 0.5, "money": 0.1},
}  # fmt: skip
"""Departures from the tier, with reasons in docs/facts.md."""

OTHER_LINKS = {
    ("RUS", "BLR"): ("Union State treaty of 1999 and CSTO", (1.0, 1.0, 0.8, 0.9, 0.9, 0.7, 0.8, 0.3, 0.5, 0.6, 0.4)),
    ("CHN", "PRK"): ("Treaty of Friendship, 1961", (0.7, 0.0, 0.5, 0.3, 0.4, 0.2, 0.2, 0.1, 0.0, 0.0, 0.6)),
}
"""Guarantees by other powers."""

POOLS = {
    "Europe": (sorted((NATO - {"USA", "CAN", "TUR"}) | {"AUT", "CYP", "IRL"}), 0.60, 0.45),
    "Gulf": (["ARE", "BHR", "KWT", "OMN", "QAT", "SAU"], 0.30, 0.25),
    "Indo-Pacific partners": (["AUS", "JPN", "NZL", "PHL"], 0.40, 0.20),
}
"""Pools: members, interoperability, resolve; both an assumption (A) ordered by joint exercises and treaty text."""
