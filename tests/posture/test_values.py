"""Every value of a scenario or posture file has its type, range and code; another is refused, never taken for one."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from foedus.errors import FactError, InputError, ScenarioError, UnknownName
from foedus.given import code_of, shown, wrong_number, wrong_whole, years_of
from foedus.ledger import load_ledger
from foedus.posture import Scenario, read_posture, read_scenario
from foedus.posture.reading import KEYS
from foedus.study import prepare
from foedus.world import World

STATES = World.load().states.iso3


def read(text: str | bytes, folder: Path) -> Scenario:
    path = folder / "file.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_scenario(path, STATES, load_ledger())


def said(text: str | bytes, folder: Path) -> str:
    """The one line that refuses a file, as it is read or as its study is prepared."""
    with pytest.raises(InputError) as complaint:
        prepare(read(text, folder))
    assert str(complaint.value).isprintable()
    return str(complaint.value)


VALUES = ("5.5", "true", "[]", "[[]]", "2026-01-01", "nan", "''", "[{}]")
LEGAL = {("title", "''"), ("question", "''"), ("plans", "true")}


@pytest.mark.parametrize(("key", "value"), [pair for pair in product(KEYS, VALUES) if pair not in LEGAL])
def test_no_key_takes_a_value_of_another_type(key: str, value: str, tmp_path: Path) -> None:
    assert said(f"{key} = {value}\n", tmp_path).startswith(f"file.toml:1  {key}: ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[posture]\ntroops = { 26 = 0.5 }", "file.toml:2  posture.troops.26: '26' is not a year of four digits"),
        ("[posture]\ntroops = { 20260 = 0.5 }", "is not a year of four digits"),
        ("[posture]\ntroops = { '²026' = 0.5 }", "is not a year of four digits"),
        ("[events.RUS]\nEurope = { 26 = 0.5 }", "'26' is not a year of four digits"),
        ("[posture]\ntroops = inf", "inf is not a finite number"),
        ("[posture.EST]\ntroops = nan", "file.toml:2  posture.EST.troops: nan is not a finite number"),
        ("[posture]\nswitch_off = 1.5", "1.5 lies outside 0 to 1"),
        ("[posture]\nremedies = 5", "5 where a table is wanted: remedies"),
        ("[posture]\nguarantor = ['USA']", "is no state. Write its code in quotes"),
        ("[posture]\nbase = 5", "5 is not the name of a posture"),
        ("[posture]\ntroops = 1" + "0" * 300, "1e+300 lies outside 0 to 2"),
        ("[posture]\ntroops = 1" + "0" * 400, "a whole number of about 401 digits is beyond every range"),
        ("[posture]\ntroops = 1" + "0" * 5000, "not valid TOML: a whole number of thousands of digits"),
        ("against = steady", "file.toml:1  not valid TOML: Invalid value (at line 1, column 11). Text stands in"),
        ("[posture]\ntroops = 2026-02-30", "file.toml:2  not valid TOML: Invalid date or datetime"),
        ("[[posture]]\ntroops = 0.5", "file.toml:1  posture: [a table] where the name of a posture"),
        ("[[events]]\nRUS = 1", "file.toml:1  events: [a table] where a table is wanted"),
        ("futures = 100000000", "file.toml:1  futures: 100000000 lies above 10,000,000"),
        ("futures = 1" + "0" * 300, "a whole number of about 301 digits lies above 10,000,000"),
        ("seed = 9223372036854775808", "seed: 9223372036854775808 lies above 9,223,372,036,854,775,807"),
        ("years = [true, 2030]", "True must be a whole number"),
        ("years = [2026.0, 2030]", "2026.0 must be a whole number"),
        ("states = ['POL', 'pol']", "states: names POL twice. Name it once"),
        ("without = ['R17', 'r17']", "without: names R17 twice"),
        ("guarantor = ''", 'file.toml:1  guarantor: "": no such state'),
        ("parameters.precision = 5\nuncertain.precision = [4, 5]", "stands in [parameters] and in [uncertain]"),
        ("[parameters]\nprecision = 1" + "0" * 400, "is beyond every range"),
        ("[uncertain]\nprecision = { low = 1, high = true }", "True is not a number"),
        ("[world.POL]\nnuclear_pursuit = 2.5", "2.5 is not a whole number (status 0-3"),
        ("[world.POL]\nprice_level_low = 3.0", "world.POL: price_level_low 3 lies above price_level_high"),
        ("[world.POL]\nprice_level = 9.0", "world.POL: price_level 9 lies outside its range"),
        ("[world.POL]\ngdp = 900\n[world.pol]\ngdp = 800", "file.toml:3  world.pol: means POL, as POL does. Keep one"),
        ("[posture.est]\ntroops = 0.1\n[posture.EST]\ntroops = 0.2", "posture.EST: means EST, as est does"),
        ("[doctrine.POL]\nshares = {}", "shares sum to 0"),
        ("[doctrine.POL]\nrule = []", "is an empty list"),
        ("[doctrine]\nPOL = []", "is an empty list"),
        ("[doctrine.POL]", "says nothing to do. Give a rule, shares or spending"),
        ("[doctrine.POL]\nwhen = 'threat > 0.2'", "says nothing to do"),
        ("[doctrine.POL]\nrule = 'pool + 0.1 and pool + 0.2'", "changes pool twice"),
        ("[doctrine.POL]\nrule = 'spending = 0.03 and spending = 0.04'", "sets spending twice"),
        ("[doctrine.POL]\nrule = 'if chance_promise_kept < 40 then pool + 0.1'", "40 lies outside 0 to 1"),
        ("[doctrine.POL]\nrule = 'if spending < 3 then pool + 0.1'", "3 lies outside 0 to 1 (what spending can be)"),
        ('title = "a\\u0000b"', "holds characters that cannot be printed"),
        (b"title = '\xff'", "file.toml:1  not UTF-8 text (byte 10). Save the file as UTF-8"),
        ("a = " + "[" * 5000, "not valid TOML: too many lists or tables within each other"),
        ("extends = '~nobodyhere/x.toml'", "extends: ~nobodyhere/x.toml: no such file"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_with_its_line(text: str | bytes, says: str, tmp_path: Path) -> None:
    assert says in said(text, tmp_path)


def test_codes_and_regions_may_be_in_small_letters_wherever_they_stand(tmp_path: Path) -> None:
    capitals = """
states = ["USA", "RUS", "POL", "EST", "JPN", "CHN"]
without = ["R17"]
[posture]
guarantor = "USA"
[posture.EST]
troops = 0.5
[posture.Europe]
arms = 0.5
[doctrine.POL]
spending = 0.03
[events.RUS]
Europe = 0.1
EST = 0.1
[world.POL]
gdp = 1000
"""
    small = capitals.lower().replace("r17", "R17")
    assert read(small, tmp_path) == read(capitals, tmp_path)


def test_a_mark_before_the_text_and_a_home_folder_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    text = "[posture]\ntroops = 0.5\n"
    plain, marked = read(text, tmp_path), read(b"\xef\xbb\xbf" + text.encode(), tmp_path)
    assert marked == plain
    assert read_posture(Path("~/file.toml"), STATES).changes == plain.posture.changes
    assert Scenario.read("~/file.toml") == plain
    (tmp_path / "on.toml").write_text('extends = "file.toml"\n', encoding="utf-8")
    assert Scenario.read("~/on.toml").posture.changes == plain.posture.changes
    over = read_scenario_named(tmp_path, 'extends = "~/file.toml"\noverlay = "~/facts"\n')
    assert (over.posture.changes, over.overlay) == (plain.posture.changes, tmp_path / "facts")


def test_a_file_whose_name_begins_like_a_user_unknown_here_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("~nobodyhere.toml").write_text('name = "draft"\nfutures = 7\n', encoding="utf-8")
    assert Scenario.read("~nobodyhere.toml").futures == 7
    with pytest.raises(ScenarioError, match=r"~nobodyhere/x\.toml: no such file"):
        Scenario.read("~nobodyhere/x.toml")


def read_scenario_named(folder: Path, text: str) -> Scenario:
    path = folder / "over" / "over.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return read_scenario(path, STATES, load_ledger())


@pytest.mark.parametrize("said", ["conditional = 0.0", "politics_variance = 1.0", "conditional = 0.2"])
def test_a_plain_number_that_a_file_says_beats_the_one_beneath(said: str, tmp_path: Path) -> None:
    name, _, value = said.partition(" = ")
    for above in ('extends = "transactional"\n[posture]\n', '[posture]\nbase = "transactional"\n'):
        assert getattr(read(above + said, tmp_path).posture, name) == float(value)
        beneath = read(above + "troops = 0.5", tmp_path).posture
        assert (beneath.conditional, beneath.politics_variance) == (1.0, 1.3)


def test_years_are_written_with_a_colon_or_a_hyphen(tmp_path: Path) -> None:
    assert {read(f"years = {years}", tmp_path).years for years in ('"2026:2030"', '"2026 - 2030"', "[2026, 2030]")} == {
        (2026, 2027, 2028, 2029, 2030)
    }
    assert years_of("1946-1950") == years_of("1946:1950") == years_of("1946–1950") == (1946, 1950)
    assert years_of("1946") is years_of("46:50") is years_of("1946:1950:1") is None


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"futures": 10**8}, "futures: 100000000 lies above 10,000,000"),
        ({"futures": 1.5}, "futures: 1.5 must be a whole number, above zero"),
        ({"futures": True}, "futures: True must be"),
        ({"futures": "many"}, "futures: 'many' must be"),
        ({"seed": -1}, "seed: -1 must be a whole number, zero or above"),
        ({"years": 2026}, "years: 2026 is not like"),
        ({"years": (2026, 2030.5)}, "years: 2030.5 must be a whole number"),
        ({"states": "POL"}, "states: 'POL' is not a list of codes"),
        ({"without": ["R17", "r17"]}, "without: names R17 twice"),
    ],
)
def test_a_scenario_made_in_a_program_is_held_to_the_same(parts: dict[str, object], says: str) -> None:
    with pytest.raises(ScenarioError) as complaint:
        Scenario.of("retrench", **parts)
    assert says in str(complaint.value)


def test_parts_changed_past_the_check_are_refused_when_a_study_is_prepared() -> None:
    with pytest.raises(ScenarioError, match="futures: 0 must be a whole number, above zero"):
        prepare(Scenario.of("retrench").but(futures=0))


def test_a_fact_that_counts_cases_is_whole_in_every_table() -> None:
    with pytest.raises(FactError, match=r"2\.5 is not a whole number"):
        World.load().replace("POL", nuclear_pursuit=2.5)


def test_a_value_is_shown_short_and_in_one_line() -> None:
    assert shown("x" * 200) == "'" + "x" * 59 + "…"
    assert shown([1, 2, 3, 4, 5]) == "[1, 2, 3, 4, …]"
    assert shown("a\nb") == r"'a\nb'"
    assert shown(-(10**300)) == "a whole number of about 301 digits"


def test_numbers_and_codes_are_checked_in_one_way() -> None:
    assert wrong_number(0.5, 0.0, 1.0) == ""
    assert wrong_number(10**400).endswith("is beyond every range")
    assert wrong_whole(3, 1, 5) == ""
    assert wrong_whole(3.0, 1, 5) == "3.0 must be a whole number, above zero"
    assert (code_of("est", STATES), code_of("Est", STATES), code_of("estonia", STATES)) == ("EST", "EST", None)


@pytest.mark.parametrize(("said", "held"), [("prior", "prior"), ("Record-1989", "record-1989")])
def test_an_ensemble_is_read_by_its_name(said: str, held: str, tmp_path: Path) -> None:
    path = tmp_path / "drawn.toml"
    path.write_text(f'ensemble = "{said}"\n', encoding="utf-8")
    assert Scenario.read(path).ensemble == held
    path.write_text('ensemble = "pror"\n', encoding="utf-8")
    with pytest.raises(UnknownName, match=r'"pror": no such ensemble\. Did you mean "prior"'):
        Scenario.read(path)
