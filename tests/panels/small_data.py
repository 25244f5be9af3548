"""A folder of data files small enough to check by hand: one state begins the day after another ends."""

from __future__ import annotations

from pathlib import Path

STATES = """ccode,styear,stmonth,stday,endyear,endmonth,endday
2,1816,1,1,2016,12,31
200,1816,1,1,2016,12,31
255,1816,1,1,1945,5,8
255,1990,10,3,2016,12,31
260,1955,5,5,1990,10,2
"""
CONTIGUITY = """ccode1,ccode2,conttype,stdate,enddate
200,260,4,1955-05-01,1960-06-01
260,200,4,1955-05-01,1960-06-01
200,260,2,1960-06-01,1990-10-01
260,200,2,1960-06-01,1990-10-01
2,200,0,1816-01-01,2016-12-01
200,2,0,1816-01-01,2016-12-01
"""
MAJORS = """ccode,styear,stmonth,stday,endyear,endmonth,endday
2,1958,8,13,2016,12,31
"""
NMC = """ccode,year,milex,milper,irst,pec,tpop,upop,cinc
2,1958,10,1,1,1,1,1,0.5
200,1958,,1,1,1,1,1,0.25
260,1959,5,1,1,1,1,1,0.125
"""


def write_small(folder: Path, **changed: str) -> Path:
    """Write the small files into a folder; `changed` replaces the text of a file by its name."""
    texts = {
        "cow_state_system": STATES,
        "cow_contiguity": CONTIGUITY,
        "cow_major_powers": MAJORS,
        "cow_nmc": NMC,
    }
    for name, text in (texts | changed).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
