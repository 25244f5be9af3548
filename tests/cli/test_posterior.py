"""The posterior on the command line: what a record taught is shown, and what cannot be asked is one line and exit 2."""

from __future__ import annotations

import json

import pytest

from foedus import cli


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["estimate", "--until", "1989"], "--until goes with --posterior"),
        (["estimate", "--posterior", "--until", "1955"], "at least twenty years are needed"),
        (["estimate", "belief", "--posterior"], "it takes no names"),
        (["estimate", "--posterior", "--out", "x.csv"], "an ensemble is written as .json"),
        (["estimate", "--posterior", "--out", "no/such/x.json"], "no/such"),
        (["ledger", "--record", "record-1988"], "record-1989"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_exit_2(
    asked: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(asked)
    said = capsys.readouterr().err
    assert stop.value.code == 2
    assert says in said
    assert said.count("\n") == 1


def test_what_a_record_taught_is_shown_with_how_far_to_believe_it(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["ledger", "--record", "record-2010", "--grep", "hostility_weight", "--json"])
    body = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in body["parameters"]] == ["hostility_weight"]
    assert body["parameters"][0]["learnt"] > 0.8
    assert body["tail_index"] < 0.7
