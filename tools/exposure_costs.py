"""Costs, quantities and rates of replacement: what is taken from the evidence file, and what is recalled or assumed.

A price gives case, row, factor, basis, currency and note: the row's value times the factor is millions a piece. Its
basis is `package` when it buys a working unit (training, spares, ground gear as contracted) and `bare` when it buys
the vehicle alone. A rate of industry gives value, low, high, rows or source, grade and note. A quantity gives row,
factor and note, or value, low, high and why.
"""

from __future__ import annotations

Price = tuple[str, str, float, str, str, str]

PRICES: dict[str, list[Price]] = {
    "tank": [
        ("Leopard 2A8, Germany 105", "L035", 1.0, "package", "eur", ""),
        ("Leopard 2A8, Germany 18", "L036", 1.0, "package", "eur", ""),
        ("Leopard 2A8, Croatia 44", "L037", 1.0, "package", "eur", ""),
        ("Leopard 2A8, Czechia 44", "L038", 1.0, "package", "eur", ""),
        ("K2, Poland second 180", "L044", 1.0, "package", "usd", "with support vehicles and technology"),
        ("K2, Poland first 180", "L045", 1.0, "package", "usd", ""),
        ("M1A2, Poland 250", "L049", 1.0, "package", "usd", "with recovery and bridge vehicles"),
        ("K2, vehicle alone", "L046", 1.0, "bare", "usd", ""),
        ("M1A2, maker's contract", "L050", 1.0, "bare", "usd", ""),
    ],
    "infantry_fighting_vehicle": [
        ("Puma, Germany 200", "L052", 1.0, "package", "eur", ""),
        ("Puma, Germany 50", "L053", 1.0, "package", "eur", ""),
        ("CV90, Czechia 246", "L055", 1.0, "package", "usd", ""),
        ("Lynx, Hungary 218", "L366", 1.0, "package", "eur", ""),
    ],
    "howitzer": [
        ("PzH 2000, Germany 22", "L057", 1.0, "package", "eur", ""),
        ("PzH 2000, for Ukraine 100", "L058", 1.0, "package", "eur", ""),
        ("Caesar, Czechia 62", "L060", 1.0, "package", "usd", ""),
        ("K9, Poland 212", "L062", 1.0, "package", "usd", ""),
        ("K9, Poland 152", "L063", 1.0, "package", "usd", ""),
    ],
    "attack_helicopter": [
        ("AH-64E, Poland 96", "L115", 1.0, "package", "usd", ""),
        ("H145M, Germany 20", "L118", 1.0, "package", "eur", "light, armed"),
        ("AH-64E, maker's contract", "L116", 1.0, "bare", "usd", ""),
    ],
    "combat_aircraft": [
        ("Eurofighter, Germany 20", "L090", 1.0, "package", "eur", ""),
        ("Eurofighter, Italy 24", "L092", 1.0, "package", "eur", "wide package"),
        ("Eurofighter, Spain 25", "L093", 1.0, "package", "eur", ""),
        ("Rafale, Indonesia 42", "L098", 1.0, "package", "usd", "without weapons"),
        ("Gripen, Colombia 17", "L100", 1.0, "package", "eur", ""),
        ("Gripen, Thailand 4", "L101", 1.0, "package", "eur", ""),
        ("F-35A, Germany 35", "L365", 1000.0 / 35.0, "package", "eur", "with weapons and bases"),
        ("F-35, lots 18-19, airframe", "L082", 1.0, "bare", "usd", "the engine comes on top"),
    ],
    "destroyer": [
        ("DDG-51, United States", "L137", 1000.0, "package", "usd", "bought two a year"),
        ("F127, Germany first two", "L134", 1000.0, "package", "eur", ""),
        ("Type 26, Norway 5", "L130", 1000.0, "package", "gbp", "a large frigate"),
    ],
    "carrier": [
        ("Queen Elizabeth, United Kingdom 2", "L146", 1000.0, "package", "gbp", "conventional"),
        ("Next generation, France", "L144", 1000.0, "package", "eur", "nuclear"),
    ],
    "nuclear_submarine": [
        ("Virginia, United States", "L150", 1000.0, "package", "usd", ""),
        ("Suffren, France 6", "L152", 1000.0, "package", "eur", ""),
        ("Astute, United Kingdom 4", "L154", 1000.0, "package", "gbp", ""),
    ],
    "patrol_aircraft": [
        ("P-8A, Germany 3", "L113", 1.0, "package", "eur", ""),
        ("P-8A, lot of 17", "L114", 1.0, "bare", "usd", ""),
    ],
    "armed_drone": [
        ("MQ-9A", "L121", 1.0, "package", "usd", ""),
        ("Eurodrone, four states 60", "L358", 1.0, "package", "eur", "with development"),
    ],
    "air_defence_battery": [
        ("Patriot", "B044", 1000.0, "package", "usd", ""),
        ("SAMP/T NG", "L359", 1.0, "package", "eur", "with first missiles"),
    ],
    "interceptor": [
        ("PAC-3 MSE, 1,970", "L155", 1.0, "package", "usd", ""),
        ("Patriot missiles, Germany 600", "L161", 1.0, "package", "usd", "ceiling price"),
        ("Aster, 700", "L171", 1.0, "package", "eur", ""),
    ],
    "cruise_missile": [
        ("Taurus Neo, Germany 600", "L177", 1.0, "package", "eur", "with development"),
        ("Tomahawk, Japan 400", "L182", 1.0, "package", "usd", "ceiling price"),
        ("Storm Shadow, older price", "L362", 1.0, "package", "eur", ""),
        ("JASSM-ER", "L363", 1.0, "package", "usd", ""),
    ],
    "long_range_drone": [
        ("Loitering munitions, Germany 12,000", "L127", 1e-6, "package", "eur", ""),
    ],
    "shell": [
        ("155 mm, western average", "L076", 1e-6, "package", "usd", ""),
    ],
    "tanker": [
        ("A330 MRTT, Canada 9", "L378", 1.0, "package", "eur", ""),
        ("A330 MRTT, Denmark 2, with eight years' flying", "L105", 1.0, "package", "usd", ""),
    ],
    "airlifter": [
        ("C-390, Netherlands 5", "L107", 1.0, "package", "eur", "full project"),
        ("A400M, export", "L356", 1.0, "package", "eur", ""),
    ],
    "radar_aircraft": [
        ("GlobalEye, France 2", "L109", 1.0, "package", "eur", ""),
        ("E-7, United Kingdom 3", "L111", 1.0, "package", "gbp", ""),
    ],
    "surveillance_drone": [
        ("Global Hawk, NATO 5", "L209", 200.0, "package", "eur", ""),
    ],
    "radar_satellite": [
        ("ICEYE service, Germany 40", "L186", 25.0, "package", "eur", "small satellites, to 2030"),
        ("SARah, Germany 3", "L188", 1.0 / 3.0, "package", "eur", "large satellites"),
    ],
    "optical_satellite": [
        ("CSO, first two", "L190", 500.0, "package", "eur", "with ground segment"),
        ("CSO, third", "L192", 1.0, "package", "eur", ""),
        ("Polish imaging, 2", "L195", 0.5, "package", "eur", ""),
    ],
    "warning_satellite": [("Early warning, geostationary", "L367", 1000.0, "package", "usd", "")],
    "tracking_satellite": [("Missile tracking, low orbit, first tranche", "L205", 1.0, "package", "usd", "")],
    "communication_satellite": [
        ("IRIS2, 290", "B038", 1000.0 / 290.0, "package", "eur", ""),
        ("German constellation, 100", "L198", 1.0, "package", "eur", ""),
    ],
    "command_system": [("Digital command system of the German army", "L213", 1000.0, "package", "eur", "")],
    "brigade": [("Heavy brigade, Germany in Lithuania", "L220", 1000.0, "package", "eur", "without soldiers' pay")],
}  # fmt: skip

UPKEEP_READ: dict[str, tuple[str, float, str, str]] = {
    # item: (row, factor to millions a piece and year, currency, note)
    "combat_aircraft": ("L088", 1.0, "usd", "F-35A, with crew"),
    "surveillance_drone": ("L210", 10.0, "eur", "2 bn over 20 years for five"),
    "optical_satellite": ("L191", 1000.0 / 36.0, "eur", "0.4 bn over 12 years for three"),
    "brigade": ("L222", 1.0, "eur", "at home; includes pay, so it is shown and not added to people"),
}

LIFE: dict[str, str] = {
    # item: row of its service life
    "tank": "L342", "infantry_fighting_vehicle": "L343", "howitzer": "L344", "attack_helicopter": "L348",
    "combat_aircraft": "L345", "destroyer": "L349", "carrier": "L351", "nuclear_submarine": "L350",
    "patrol_aircraft": "L347", "armed_drone": "L347", "air_defence_battery": "L354", "interceptor": "L355",
    "cruise_missile": "L355", "long_range_drone": "L355", "shell": "L355", "tanker": "L346", "airlifter": "L346",
    "radar_aircraft": "L347", "surveillance_drone": "L347", "radar_satellite": "L353", "optical_satellite": "L194",
    "warning_satellite": "L352", "tracking_satellite": "L353", "communication_satellite": "L353",
    "command_system": "L352", "brigade": "L343",
}  # fmt: skip

Rate = tuple[float, float, float, str, str, str]

INDUSTRY: dict[str, dict[str, Rate]] = {
    "tank": {
        "first_delivery": (3.0, 0.3, 3.5, "L039;L048", "C", "Leopard three years, K2 months"),
        "output": (160.0, 80.0, 250.0, "L040;L042;L047", "C", "Leopard 40, K2 120 a year"),
        "built": (3600.0, 3000.0, 4500.0, "military_balance2025", "R", ""),
    },
    "infantry_fighting_vehicle": {
        "first_delivery": (2.5, 2.5, 3.0, "L054", "V", ""),
        "output": (300.0, 100.0, 450.0, "L056", "R", "CV90 250 as planned, Puma and Lynx about 50"),
        "built": (1700.0, 1400.0, 2500.0, "military_balance2025", "R", ""),
    },
    "howitzer": {
        "first_delivery": (2.5, 1.5, 3.0, "L059", "V", ""),
        "output": (400.0, 300.0, 450.0, "L064", "V", ""),
        "built": (2500.0, 2000.0, 3000.0, "military_balance2025", "R", ""),
    },
    "attack_helicopter": {
        "first_delivery": (4.0, 3.0, 5.0, "foedus_judgement", "A", ""),
        "output": (90.0, 60.0, 120.0, "foedus_judgement", "A", "AH-64 and H145M lines, recalled"),
        "built": (2700.0, 2500.0, 2900.0, "military_balance2025", "R", ""),
    },
    "combat_aircraft": {
        "first_delivery": (4.5, 3.0, 6.0, "L091;L097", "C", "Rafale three years, Eurofighter six"),
        "output": (248.0, 165.0, 286.0, "L084;L094;L095;L102", "C", "F-35 191, Eurofighter 14, Rafale 26, Gripen 17"),
        "built": (2200.0, 2000.0, 2500.0, "military_balance2025", "R", ""),
    },
    "destroyer": {
        "first_delivery": (6.0, 5.0, 8.0, "L131;L133", "C", ""),
        "output": (4.0, 3.0, 6.0, "foedus_judgement", "A", "European yards, large surface combatants"),
        "built": (30.0, 25.0, 75.0, "military_balance2025", "R", ""),
    },
    "carrier": {
        "first_delivery": (13.0, 9.0, 13.0, "L145", "V", ""),
        "output": (0.3, 0.2, 0.5, "foedus_judgement", "A", "two or three yards, one ship in eight years each"),
        "built": (5.0, 4.0, 8.0, "military_balance2025", "R", ""),
    },
    "nuclear_submarine": {
        "first_delivery": (12.0, 10.0, 14.0, "L153", "V", ""),
        "output": (0.7, 0.5, 1.5, "L151", "R", "France and Britain; the United States builds 1.2 a year for itself"),
        "built": (13.0, 11.0, 25.0, "military_balance2025", "R", ""),
    },
    "patrol_aircraft": {
        "first_delivery": (4.0, 3.0, 5.0, "foedus_judgement", "A", ""),
        "output": (12.0, 10.0, 18.0, "foedus_judgement", "A", ""),
        "built": (170.0, 160.0, 190.0, "military_balance2025", "R", ""),
    },
    "armed_drone": {
        "first_delivery": (3.0, 2.0, 6.0, "foedus_judgement", "A", ""),
        "output": (20.0, 12.0, 40.0, "foedus_judgement", "A", ""),
        "built": (350.0, 300.0, 400.0, "military_balance2025", "R", ""),
    },
    "air_defence_battery": {
        "first_delivery": (3.0, 3.0, 8.0, "L159", "R", ""),
        "output": (15.0, 13.0, 18.0, "L158", "R", "Patriot 12, SAMP/T about 3"),
        "built": (250.0, 220.0, 300.0, "military_balance2025", "R", ""),
    },
    "interceptor": {
        "first_delivery": (4.0, 1.5, 5.0, "L168;L172", "C", ""),
        "output": (1165.0, 1000.0, 1500.0, "B048;L173", "C", "Patriot family 865, Aster about 300"),
        "built": (6000.0, 4000.0, 10000.0, "military_balance2025", "R", ""),
    },
    "cruise_missile": {
        "first_delivery": (3.5, 3.0, 4.0, "L178", "V", ""),
        "output": (125.0, 90.0, 400.0, "L179;L180", "C", "SCALP 75, Taurus 50; more when American makers sell"),
        "built": (2600.0, 2000.0, 5000.0, "military_balance2025", "R", ""),
    },
    "long_range_drone": {
        "first_delivery": (1.0, 0.5, 2.0, "foedus_judgement", "A", ""),
        "output": (5000.0, 2000.0, 20000.0, "L070;L126", "A", "of the order of Russia's Lancet output; rising fast"),
        "built": (5000.0, 2000.0, 20000.0, "foedus_judgement", "A", ""),
    },
    "shell": {
        "first_delivery": (1.0, 0.5, 2.3, "L080", "V", ""),
        "output": (2.0e6, 1.5e6, 2.0e6, "B052", "V", ""),
        "built": (2.0e7, 1.0e7, 5.0e7, "foedus_judgement", "A", ""),
    },
    "tanker": {
        "first_delivery": (3.5, 3.0, 4.0, "L104;L379", "C", ""),
        "output": (4.5, 4.0, 5.0, "L103", "R", "A330 conversions"),
        "built": (65.0, 60.0, 80.0, "military_balance2025", "R", ""),
    },
    "airlifter": {
        "first_delivery": (3.0, 2.0, 4.0, "L108", "V", ""),
        "output": (14.0, 10.0, 18.0, "L357", "R", "A400M 8, C-390 about 6"),
        "built": (140.0, 130.0, 150.0, "military_balance2025", "R", ""),
    },
    "radar_aircraft": {
        "first_delivery": (5.0, 3.5, 6.5, "L110", "R", ""),
        "output": (3.0, 2.0, 5.0, "foedus_judgement", "A", "GlobalEye and E-7"),
        "built": (20.0, 15.0, 30.0, "military_balance2025", "R", ""),
    },
    "surveillance_drone": {
        "first_delivery": (5.0, 4.0, 8.0, "foedus_judgement", "A", ""),
        "output": (4.0, 2.0, 8.0, "foedus_judgement", "A", ""),
        "built": (60.0, 50.0, 80.0, "military_balance2025", "R", ""),
    },
    "radar_satellite": {
        "first_delivery": (1.0, 0.8, 6.0, "L187;L189", "C", "small ones a year, large ones six"),
        "output": (20.0, 10.0, 50.0, "foedus_judgement", "A", ""),
        "built": (45.0, 40.0, 60.0, "foedus_judgement", "A", ""),
    },
    "optical_satellite": {
        "first_delivery": (8.0, 6.0, 15.0, "L193", "R", ""),
        "output": (1.0, 0.3, 2.0, "foedus_judgement", "A", ""),
        "built": (8.0, 6.0, 12.0, "foedus_judgement", "A", ""),
    },
    "warning_satellite": {
        "first_delivery": (6.0, 5.0, 8.0, "L207", "R", "JEWEL: service from 2030 to 2033"),
        "output": (1.0, 0.5, 1.5, "foedus_judgement", "A", ""),
        "built": (5.0, 4.0, 8.0, "foedus_judgement", "A", ""),
    },
    "tracking_satellite": {
        "first_delivery": (4.0, 3.0, 6.0, "foedus_judgement", "A", ""),
        "output": (15.0, 5.0, 40.0, "foedus_judgement", "A", ""),
        "built": (40.0, 30.0, 60.0, "foedus_judgement", "A", ""),
    },
    "communication_satellite": {
        "first_delivery": (6.0, 4.0, 8.0, "B040", "V", "IRIS2 slipped from 2024 to 2030 or 2031"),
        "output": (100.0, 50.0, 300.0, "foedus_judgement", "A", ""),
        "built": (650.0, 600.0, 700.0, "foedus_judgement", "A", ""),
    },
    "command_system": {
        "first_delivery": (5.0, 3.0, 8.0, "foedus_judgement", "A", ""),
        "output": (1.0, 0.5, 2.0, "foedus_judgement", "A", ""),
        "built": (1.0, 1.0, 3.0, "foedus_judgement", "A", ""),
    },
    "brigade": {
        "first_delivery": (4.5, 4.0, 5.0, "L226", "V", "announcement to full readiness"),
        "output": (8.0, 5.0, 12.0, "foedus_judgement", "A", "brigades that Europe's armies can set up in a year"),
        "built": (100.0, 80.0, 120.0, "foedus_judgement", "A", ""),
    },
}

Quantity = tuple[str, float, str, str]

LISTS: dict[str, dict[str, Quantity | tuple[float, float, float, str]]] = {
    "contribution": {
        "tank": ("L001", 1.0, "", ""),
        "infantry_fighting_vehicle": ("L007", 1.0, "", ""),
        "attack_helicopter": ("L004", 1.0, "", ""),
        "combat_aircraft": ("A037", 1.0, "", ""),
        "destroyer": ("A038", 1.0, "", ""),
        "carrier": ("L006", 1.0, "", ""),
        "nuclear_submarine": ("L002", 1.0, "", ""),
        "patrol_aircraft": ("L003", 1.0, "", ""),
        "armed_drone": ("L005", 1.0, "", ""),
        "air_defence_battery": ("A039", 1.0, "", ""),
        "people": ("A036", 1.0, "", ""),
    },
    "mass": {
        "tank": ("B003", 1.0, "", ""),
        "infantry_fighting_vehicle": ("B004", 1.0, "", ""),
        "howitzer": ("B005", 1.0, "", ""),
        "brigade": ("B002", 1.0, "", ""),
        "shell": ("B006", 1.0, "", ""),
        "long_range_drone": ("B007", 10.0, "two thousand a year, for ten years", ""),
        "people": ("B001", 1.0, "", ""),
    },
    "enablers": {
        "radar_satellite": (40.0, 20.0, 60.0, "as many as Germany plans for itself (press)"),
        "optical_satellite": (6.0, 4.0, 8.0, "a second set beside the French three, and a third"),
        "warning_satellite": (3.0, 2.0, 4.0, "coverage of one hemisphere with a spare"),
        "tracking_satellite": (28.0, 16.0, 40.0, "the size of the first American tranche"),
        "communication_satellite": ("B039", 1.0, "the European Union's own plan", ""),
        "command_system": (4.0, 2.0, 6.0, "land command systems the size of Germany's"),
        "tanker": (40.0, 24.0, 60.0, "as many again as Europe's A330 fleet with orders"),
        "airlifter": (50.0, 30.0, 80.0, "a third of the European A400M fleet again"),
        "radar_aircraft": (20.0, 12.0, 24.0, "NATO's fourteen replaced, and six"),
        "surveillance_drone": (15.0, 10.0, 20.0, "three sets of NATO's five"),
        "armed_drone": ("L005", 1.0, "", ""),
        "air_defence_battery": (54.0, 40.0, 60.0, "need of 89 less 35 held (press on Bruegel)"),
        "interceptor": (4000.0, 2500.0, 6000.0, "two loads of 32 for each battery, and a reserve"),
        "cruise_missile": (2000.0, 1000.0, 3000.0, "of the order of the American stock for the theatre"),
        "long_range_drone": (20000.0, 10000.0, 40000.0, "two thousand a year for ten years"),
        "combat_aircraft": (40.0, 20.0, 60.0, "to suppress air defences: two to three squadrons"),
    },
}

PEOPLE: dict[str, tuple[str, float, str, str]] = {
    # case: (row, factor, variable, note): pay and what goes with it for a person and year
    "Germany, soldiers and civilians": ("L231", 1.0, "pay_eur", ""),
    "United Kingdom, regulars": ("L338", 1.0, "pay_gbp", ""),
    "France, active": ("L339", 1.0, "pay_eur", ""),
    "Poland, professionals": ("L340", 1.0, "pay_eur", ""),
}

PUBLISHED: dict[tuple[str, str], tuple[str, float, str, str]] = {
    # (preset, line): (row, factor, variable, note); comparison only, never read by a bill
    ("contribution", "combat_aircraft"): ("L008", 1.0, "total_usd", "upper end"),
    ("contribution", "destroyer"): ("L009", 1.0, "total_usd", "upper end"),
    ("contribution", "infantry_fighting_vehicle"): ("L010", 1.0, "total_usd", "upper end"),
    ("contribution", "carrier"): ("L011", 1.0, "total_usd", "upper end"),
    ("contribution", "air_defence_battery"): ("L380", 1.0, "total_usd", "bounded by its rank only"),
    ("contribution", "buy"): ("B016", 1.0, "total_usd", "226 to 344"),
    ("contribution", "life cycle"): ("B015", 1.0, "total_usd", "25 years"),
    ("enablers", "to 2030"): ("B023", 1.0, "total_eur", "150 to 200"),
    ("enablers", "ten years"): ("B024", 1.0, "total_eur", ""),
    ("mass", "a year"): ("B008", 1.0, "yearly_eur", "about 250"),
}

INDEX = {
    "usd": {2011: 78.0, 2012: 79.4, 2013: 80.8, 2014: 82.3, 2015: 83.0, 2016: 83.9, 2017: 85.5, 2018: 87.5, 2019: 89.0,
            2020: 90.2, 2021: 94.3, 2022: 101.0, 2023: 104.6, 2024: 107.2, 2025: 110.0, 2026: 112.7},
    "eur": {2011: 96.6, 2012: 98.4, 2013: 99.7, 2014: 100.0, 2015: 100.0, 2016: 100.2, 2017: 101.8, 2018: 103.6,
            2019: 104.8, 2020: 105.1, 2021: 107.8, 2022: 116.8, 2023: 123.2, 2024: 126.1, 2025: 128.8, 2026: 131.3},
    "gbp": {2011: 92.6, 2012: 95.2, 2013: 97.7, 2014: 99.1, 2015: 100.0, 2016: 101.0, 2017: 103.4, 2018: 105.9,
            2019: 107.8, 2020: 108.7, 2021: 111.6, 2022: 121.7, 2023: 130.5, 2024: 133.9, 2025: 138.4, 2026: 141.8},
}  # fmt: skip
"""Price levels: United States GDP deflator, euro-area and British consumer prices (2015 = 100), recalled."""
