"""The register of recalled and judged figures is checked row by row, and the committed fact tables hold its rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import exposure_register
import register
from foedus.errors import FactError, InputError, UnknownName
from foedus.world.tables import FACTS
from foedus.world.variables import TABLES

READ_IN_EVIDENCE = {f"{letter}{number:03}" for letter in "ABJL" for number in range(400)}


@pytest.mark.parametrize("table", sorted(path.name for path in register.WORLD.glob("*.csv")))
def test_every_row_of_a_world_table_passes_the_checks_of_facts(table: str) -> None:
    rows = {
        "states.csv": register.states,
        "guarantees.csv": register.guarantees,
        "incidents.csv": register.incidents,
    }.get(table, lambda: register.entries(table))()
    with (register.WORLD / table).open(encoding="utf-8") as handle:
        assert len(rows) == sum(1 for _ in csv.reader(handle)) - 1


@pytest.mark.parametrize("table", sorted(exposure_register.TABLES))
def test_every_row_of_an_account_table_passes_the_checks_of_facts(table: str) -> None:
    rows = exposure_register.entries(table, READ_IN_EVIDENCE)
    assert bool(rows) == (exposure_register.EXPOSURE / table).exists()


def test_a_figure_from_memory_is_graded_as_recalled() -> None:
    memory = {"imf_weo2025", "military_balance2025", "fas_notebook2025", "price_levels2026"}
    held = [e.fact for table in TABLES if (register.WORLD / table).exists() for e in register.entries(table)]
    held += [e.fact for t in exposure_register.TABLES for e in exposure_register.entries(t, READ_IN_EVIDENCE)]
    assert {fact.grade for fact in held if fact.source in memory} == {"R"}


@pytest.mark.parametrize("table", ["forces.csv", "nuclear.csv", "links.csv", "pools.csv"])
def test_the_committed_table_has_every_row_of_the_register_as_it_stands(table: str) -> None:
    with (FACTS / table).open(newline="", encoding="utf-8") as handle:
        committed = {tuple(row) for row in csv.reader(handle)}
    assert {entry.row for entry in register.entries(table)} <= committed


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("POL,debt,2025,58,,,share of GDP,imf_weo2025,R,", r"economy.csv:2  debt is 58; legal values are 0 to 4"),
        ("POL,debt,2025,0.58,,,per cent,imf_weo2025,R,", r'economy.csv:2  debt is in "per cent"'),
        ("POL,debt,2025,0.58,,,share of GDP,,R,", r"economy.csv:2  debt of POL has no source"),
        ("POL,debt,2025,0.58,,,share of GDP,imf_weo2025,X,", r'economy.csv:2  grade is "X"'),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_by_file_and_line(tmp_path: Path, row: str, error: str) -> None:
    path = tmp_path / "economy.csv"
    path.write_text(f"iso3,variable,year,value,low,high,unit,source,grade,note\n{row}\n", encoding="utf-8")
    keys, variables = register.VARIABLES["economy.csv"]
    with pytest.raises(FactError, match=error):
        register.read_entries(path, keys, variables, {"imf_weo2025"})


@pytest.mark.parametrize(
    ("row", "kind", "error"),
    [
        ("tanks.csv,tank,,output,L040,1,,", UnknownName, "no such table"),
        ("prices.csv,tank,Leopard,package_yen,L035,1,,", UnknownName, "no such variable"),
        ("prices.csv,tank,Leopard,package_eur,Z999,1,,", UnknownName, "no such row of the evidence"),
        ("prices.csv,tank,,package_eur,L035,1,,", FactError, "has 1 keys; prices.csv has 2: item, case"),
        ("prices.csv,tank,Leopard,package_eur,L035,1/0,,", FactError, 'factor is "1/0"'),
    ],
)
def test_a_reading_of_what_does_not_exist_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, kind: type[InputError], error: str
) -> None:
    monkeypatch.setattr(exposure_register, "EXPOSURE", tmp_path)
    head = ",".join(exposure_register.COLUMNS)
    (tmp_path / "readings.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    with pytest.raises(kind, match=error):
        exposure_register.readings(READ_IN_EVIDENCE)


INCIDENT = "IRN,QAT,2025-06-23,2025-06-23,4,foedus_incidents2026,Arunachal24,V,missiles on Al Udeid"


@pytest.mark.parametrize(
    ("got", "wrong", "error"),
    [
        ("IRN,QAT", "IRN,QUT", 'incidents.csv:2  state is "QUT"'),
        ("IRN,QAT", "IRN,IRN", "incidents.csv:2  an incident is between two states"),
        (
            "2025-06-23,2025-06-23",
            "2025-06-23,2025-06-22",
            "incidents.csv:2  began 2025-06-23 lies after ended 2025-06-22",
        ),
        ("2025-06-23,2025-06-23", "2025-06-23,2026-07-01", "ended 2026-07-01 lies beyond 2026-06-30, the eve"),
        ("2025-06-23,2025-06-23", "2025-06,2025-06-23", 'began is "2025-06"; write a day as 2025-06-13'),
        (",4,", ",1,", 'incidents.csv:2  level is "1"; it must be one of 2, 3, 4, 5'),
        (",V,", ",Q,", 'incidents.csv:2  grade is "Q"'),
        ("foedus_incidents2026", "press", 'incidents.csv:2  source is "press"'),
        ("Arunachal24", "", "names a publisher and, as note, what happened"),
    ],
)
def test_an_incident_that_cannot_be_is_named_by_file_and_line(tmp_path: Path, got: str, wrong: str, error: str) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text(f"{','.join(register.INCIDENT)}\n{INCIDENT.replace(got, wrong)}\n", encoding="utf-8")
    with pytest.raises(FactError) as raised:
        register.read_incidents(path, register.states(), {"foedus_incidents2026"})
    assert error in str(raised.value)


def test_an_incident_that_can_be_is_read_with_its_dates(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv"
    path.write_text(f"{','.join(register.INCIDENT)}\n{INCIDENT}\n", encoding="utf-8")
    (found,) = register.read_incidents(path, register.states(), {"foedus_incidents2026"})
    assert (found.challenger, found.target, found.began.year, found.level) == ("IRN", "QAT", 2025, 4)
