"""From a publisher's file to a data folder: shapes, terms, mirrors on loopback, and a table from an empty folder."""

from __future__ import annotations

import io
import threading
import tomllib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest

from foedus.cli import main
from foedus.errors import DataError, InputError, UnknownName
from foedus.panels import DataFolder, dyad_years
from foedus.panels.route.adding import add_file
from foedus.panels.route.getting import get_file, wanted
from foedus.panels.route.sources import origins
from foedus.panels.tables import TABLES
from panels.small_data import MAJORS, STATES

CONTDIR = """state1no,state1ab,state2no,state2ab,conttype,begin,end,notes,version
200,UKG,260,GFR,4,195505,196006,,3.2
260,GFR,200,UKG,4,195505,196006,,3.2
"""
ATOP = """stateA,stateB,ddyad,year,atopally,defense,offense,neutral,nonagg,consul
2,200,2200,1957,1,1,0,0,0,1
200,2,200002,1957,1,1,0,0,0,1
"""
NMC = """stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version
USA,2.0,1957,10,2,1,1,100,1,0.5,2021
UKG,200,1957,-9,NA,1,1,50,1,0.25,2021
GFR,260,1957,5,1,1,1,40,1,0.125,2021
"""
UCDP = """conflict_id,location,side_a,gwno_a,side_b,gwno_b,incompatibility,year,intensity_level,type_of_conflict
200,Iraq,"Iraq, Egypt","645, 651",Kuwait,690,1,1990,2,2
300,Iraq,Iraq,645,Rebels,,2,1990,1,3
"""
DISPUTES = """dispnum,ccode1,ccode2,year,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,hostlev1,\
hostlev2,orig1,orig2,midonset,midongoing,fatality,hostlev,mindur,maxdur,recip,stmon
1,2,200,1957,1,0,0,0,0,0,1,1,2,2,1,1,1,1,0,2,5,5,1,1
1,200,2,1957,0,1,0,0,0,0,1,1,2,2,1,1,1,1,0,2,5,5,1,1
"""
DAYS = "ccode1,ccode2,conttype,stdate,enddate\n200,260,4,-5359,-3471\n260,200,4,-5359,-3471\n"
"""Contiguity with dates as R keeps them, days since 1970: 1955-05-01 and 1960-07-01."""


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_a_file_of_the_correlates_of_war_becomes_a_declared_one(tmp_path: Path) -> None:
    data = tmp_path / "data"
    added = add_file(write(tmp_path, "contdir.csv", CONTDIR), data)
    assert (added.name, added.rows) == ("cow_contiguity", 2)
    first = DataFolder(data).read("cow_contiguity").row(0, named=True)
    assert (first["ccode1"], str(first["stdate"]), str(first["enddate"])) == (200, "1955-05-01", "1960-06-30")
    record = tomllib.loads((data / "MANIFEST.toml").read_text())["dataset"][0]
    assert (record["name"], record["source"]) == ("cow_contiguity", "contdir.csv")
    assert record["citation"].startswith("Stinnett et al. (2002)")


@pytest.mark.parametrize("written", ["19550501", "195505", "1955-05-01", "19550501.0"])
def test_a_date_is_read_in_every_form_that_publishers_use(tmp_path: Path, written: str) -> None:
    add_file(write(tmp_path, "contdir.csv", CONTDIR.replace("195505", written)), tmp_path / "data")
    assert str(DataFolder(tmp_path / "data").read("cow_contiguity")["stdate"][0]) == "1955-05-01"


def test_days_since_1970_are_how_r_keeps_a_date(tmp_path: Path) -> None:
    add_file(write(tmp_path, "contdir.csv", DAYS), tmp_path / "data")
    row = DataFolder(tmp_path / "data").read("cow_contiguity").row(0, named=True)
    assert (str(row["stdate"]), str(row["enddate"])) == ("1955-05-01", "1960-07-01")


def test_a_date_that_is_none_stops_with_its_row(tmp_path: Path) -> None:
    file = write(tmp_path, "contdir.csv", CONTDIR.replace("200,UKG,260,GFR,4,195505", "200,UKG,260,GFR,4,195513"))
    with pytest.raises(DataError, match=r"contdir.csv: stdate is 195513 in row 1; it must be a date like"):
        add_file(file, tmp_path / "data")
    assert not (tmp_path / "data" / "cow_contiguity.parquet").exists()


def test_states_of_atop_and_codes_for_missing_are_read_as_their_publishers_write_them(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert add_file(write(tmp_path, "atop5_1ddyr.csv", ATOP), data).name == "atop_dyad_year"
    added = add_file(write(tmp_path, "NMC-60-abridged.csv", NMC), data)
    assert added.notes == ("cow_nmc.parquet: 1 values of milex are -9, which is missing; read as empty",)
    assert DataFolder(data).read("cow_nmc")["milper"].to_list() == [2.0, None, 1.0]
    assert DataFolder(data).read("atop_dyad_year")["atop_defense"].to_list() == [1, 1]


def test_several_states_in_one_cell_each_take_part(tmp_path: Path) -> None:
    add_file(write(tmp_path, "ucdp-prio-acd-251.csv", UCDP), tmp_path / "data")
    frame = DataFolder(tmp_path / "data").read("ucdp_prio_acd")
    assert frame.select("gwno_a", "gwno_b", "row", "type_of_conflict").rows() == [
        (645, 690, 1, "interstate"), (651, 690, 2, "interstate"), (645, None, 1, "intrastate"),
    ]  # fmt: skip


def test_a_file_that_fits_nothing_or_two_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"fits no research file. Nearest is cow_nmc, of which it lacks cinc"):
        add_file(write(tmp_path, "mine.csv", NMC.replace("cinc", "power")), tmp_path / "data")
    with pytest.raises(DataError, match="may be cow_state_system or cow_major_powers; say which with --as NAME"):
        add_file(write(tmp_path, "spells.csv", MAJORS), tmp_path / "data")
    assert add_file(write(tmp_path, "majors2016.csv", MAJORS), tmp_path / "data").name == "cow_major_powers"
    whole = (
        "dispnum,styear,stmon,outcome,settle,fatality,mindur,maxdur,hiact,hostlev,recip\n1,1902,3,6,1,0,76,76,7,3,0\n"
    )
    with pytest.raises(DataError, match="may be gml_mid_disputes or cow_mid_disputes; say which with --as NAME"):
        add_file(write(tmp_path, "disputes.csv", whole), tmp_path / "data")
    assert add_file(write(tmp_path, "cow_mid_disps.csv", whole), tmp_path / "data").name == "cow_mid_disputes"
    with pytest.raises(UnknownName, match='Did you mean "cow_nmc"'):
        add_file(write(tmp_path, "mine.csv", NMC), tmp_path / "data", name="cow_nmcs")


def test_a_file_that_is_there_is_replaced_only_when_asked_and_other_records_stay(tmp_path: Path) -> None:
    data, file = tmp_path / "data", write(tmp_path, "nmc.csv", NMC)
    add_file(write(tmp_path, "atop.csv", ATOP), data)
    add_file(file, data)
    with pytest.raises(DataError, match=r"cow_nmc.parquet is in .* already. Give --replace"):
        add_file(file, data)
    write(tmp_path, "nmc.csv", NMC.replace("0.125", "0.1"))
    add_file(file, data, replace=True)
    names = [record["name"] for record in tomllib.loads((data / "MANIFEST.toml").read_text())["dataset"]]
    assert names == ["atop_dyad_year", "cow_nmc"]
    with pytest.raises(DataError, match='cinc is "7"'):
        add_file(write(tmp_path, "nmc.csv", NMC.replace("0.125", "7")), data, replace=True)
    assert DataFolder(data).read("cow_nmc")["cinc"].to_list() == [0.5, 0.25, 0.1]


def test_a_stata_file_and_an_object_of_r_are_read(tmp_path: Path) -> None:
    pandas, rdata = pytest.importorskip("pandas"), pytest.importorskip("rdata")
    table = pandas.DataFrame({"ccode": [2.0, 200.0], "year": [1957, 1957], "cinc": [0.5, None]})
    for name in ("milex", "milper", "irst", "pec", "tpop", "upop"):
        table[name] = 1.0
    table.to_stata(tmp_path / "nmc.dta", write_index=False)
    rdata.write_rda(tmp_path / "cow_nmc.rda", {"cow_nmc": table})
    for number, file in enumerate(("nmc.dta", "cow_nmc.rda")):
        added = add_file(tmp_path / file, tmp_path / f"data{number}")
        frame = DataFolder(tmp_path / f"data{number}").read("cow_nmc")
        assert (added.name, frame["ccode"].to_list(), frame["cinc"].to_list()) == ("cow_nmc", [2, 200], [0.5, None])


def test_every_declared_file_can_be_fetched_or_says_how_it_is_had() -> None:
    assert list(origins()) == list(TABLES)
    for origin in origins().values():
        assert bool(origin.url) != bool(origin.by_hand), origin.name
        assert origin.licence
        assert origin.citation


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


SERVED = {
    "cow_states": STATES,
    "cow_majors": MAJORS,
    "cow_contdir": DAYS,
    "cow_nmc": NMC.replace(",-9,", ",,"),
    "gml_dirdisp": DISPUTES,
}


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder of R objects as the mirrors have them, served from loopback."""
    pandas, rdata = pytest.importorskip("pandas"), pytest.importorskip("rdata")
    pytest.importorskip("pooch")
    folder = tmp_path / "mirror"
    folder.mkdir()
    for name, text in SERVED.items():
        rdata.write_rda(folder / f"{name}.rda", {name: pandas.read_csv(io.StringIO(text))})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_from_an_empty_folder_to_a_table(
    mirror: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    data = tmp_path / "folder"
    names = ("cow_state_system", "cow_major_powers", "cow_contiguity", "cow_nmc", "gml_mid_directed_dyad_dispute_year")
    asked = ["data", "get", *names, "--data", str(data), "--mirror", mirror[1]]
    with pytest.raises(SystemExit) as left:
        main(asked)
    shown = capsys.readouterr().err
    assert left.value.code == 2
    assert "terms: free for research with citation" in shown
    assert "cite: Stinnett et al. (2002)" in shown
    assert "nothing was fetched: give --yes" in shown
    assert not data.exists()
    main([*asked, "--yes"])
    assert f"{data / 'cow_nmc.parquet'}: 3 rows, 1957-1957" in capsys.readouterr().out
    panel = dyad_years(1957, 1957, directed=False, data=data).contiguity().majors().gml_mids().nmc()
    row = panel.filter(pl.col("ccode1") == 2, pl.col("ccode2") == 200).collect().row(0, named=True)
    assert (row["conttype"], row["cowmaj1"], row["gmlmidonset"], row["cinc1"]) == (0, 0, 1, 0.5)
    assert [origin.name for origin in wanted((), data)][:2] == ["gw_state_system", "cow_gw_state_year"]


def test_a_fetched_file_is_kept_and_one_that_has_changed_is_refused(mirror: tuple[Path, str], tmp_path: Path) -> None:
    folder, url = mirror
    origin, data = origins()["cow_nmc"], tmp_path / "data"
    get_file(origin, data, cache=tmp_path / "cache", mirror=url)
    whole = (folder / "cow_nmc.rda").read_bytes()
    (folder / "cow_nmc.rda").unlink()
    get_file(origin, data, cache=tmp_path / "cache", mirror=url, replace=True)
    (folder / "cow_nmc.rda").write_bytes(whole[:-1])
    with pytest.raises(InputError, match=r"cow_nmc: cannot be had from http.*hash"):
        get_file(origin, data, cache=tmp_path / "other", mirror=url, replace=True)
    assert DataFolder(data).read("cow_nmc").height == 3


def test_a_file_of_ones_own_does_not_stand_in_the_way_of_the_mirrors(mirror: tuple[Path, str], tmp_path: Path) -> None:
    data = tmp_path / "data"
    write(data, "cow_nmc.csv", NMC)
    add_file(write(tmp_path, "NMC-60-abridged.csv", NMC), data, replace=True)
    added = get_file(origins()["cow_nmc"], data, cache=tmp_path / "cache", mirror=mirror[1], replace=True)
    assert (added.rows, (data / "cow_nmc.csv").is_file()) == (3, True)
    assert DataFolder(data).find("cow_nmc") == data / "cow_nmc.parquet"


def test_what_no_mirror_has_says_how_it_is_had(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nato_membership: no mirror has it. Write down the members' dates"):
        get_file(origins()["nato_membership"], tmp_path, cache=tmp_path)
    pytest.importorskip("pooch")
    with pytest.raises(InputError, match=r"cow_nmc: cannot be had from http://127.0.0.1:9/cow_nmc.rda"):
        get_file(origins()["cow_nmc"], tmp_path, cache=tmp_path / "c", mirror="http://127.0.0.1:9")
