"""Answers: in stages, the same figures as a run folder, the newest only, refused in words."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from client import TestClient
from here import SMALL, events

import foedus as fd
from foedus import cli
from foedus.app import held
from foedus.app.changes import changes
from foedus.app.document import asked
from foedus.app.held import Memory, Superseded, computed
from foedus.posture import Scenario
from foedus.results import Results, as_mapping, headlines
from foedus.study import Study, prepare, run


def question(number: int = 1, **changed: Any) -> dict[str, Any]:
    return {"client": "test", "number": number, "document": SMALL, "pictures": [{"kind": "risks"}], **changed}


def test_an_answer_comes_at_16_futures_and_then_at_as_many_as_were_asked_for(page: TestClient) -> None:
    told = events(page.post("/api/answers", json=question(10)).text)
    assert [kind for kind, _ in told] == ["answer", "answer", "settled"]
    assert [said["futures"] for kind, said in told if kind == "answer"] == [16, 32]
    assert all(said["number"] == 10 for _, said in told)


def test_page_and_run_folder_give_the_same_figures_to_the_last_digit(page: TestClient, tmp_path: Path) -> None:
    scenario = asked(SMALL)
    found = page.post("/api/figures", json={"client": "test", "document": SMALL, "futures": 32}).json()
    run(prepare(scenario), tmp_path / "run", threads=1)
    told = [as_mapping(row) for row in headlines(Results.open(tmp_path / "run"))]
    assert found == json.loads(json.dumps(told))


@pytest.mark.parametrize("engine", ["eager", pytest.param("compiled", marks=pytest.mark.slow)])
def test_the_command_and_python_give_the_figures_of_the_page(
    engine: str, page: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOEDUS_ENGINE", engine)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    wanted = {"client": "test", "document": SMALL, "futures": 16}
    found = page.post("/api/figures", json=wanted).json()
    file = tmp_path / "small.toml"
    file.write_text(page.post("/api/toml", json=wanted).json()["text"])
    cli.main(["run", str(file), "--futures", "16", "--threads", "1", "--out", str(tmp_path / "run"), "--json"])
    printed = json.loads(capsys.readouterr().out)["headlines"]
    assert [{key: value for key, value in row.items() if key != "name"} for row in printed] == found
    with TemporaryDirectory(dir=tmp_path) as scratch:
        frame = fd.run(fd.Scenario.read(file).replace(futures=16), out=f"{scratch}/run").headline()
    told = {row["ally"]: row["loss"]["mean"] for row in found}
    assert dict(zip(frame["ally"], frame["loss"], strict=True)) == told


def test_an_older_question_is_refused_once_a_newer_one_was_asked(page: TestClient) -> None:
    page.post("/api/answers", json=question(21, client="two"))
    refused = page.post("/api/answers", json=question(20, client="two"))
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_wrong_channel_is_refused_with_line_and_nearest_spelling(page: TestClient) -> None:
    refused = page.post("/api/answers", json=question(30, document={"posture": {"trops": 0.5}}))
    assert refused.status_code == 422
    assert 'posture.trops: no such channel. Did you mean "troops"?' in refused.json()["detail"]


def test_more_than_a_page_takes_is_refused_with_what_to_do(page: TestClient) -> None:
    refused = page.post("/api/answers", json=question(31, document={"futures": 5000}))
    assert refused.json()["detail"] == "futures: 5,000; a page takes 1,000. Run it as a file: foedus run FILE.toml"


@pytest.mark.parametrize("key", ["overlay", "extends"])
def test_no_scenario_of_a_request_names_a_file(page: TestClient, key: str) -> None:
    refused = page.post("/api/answers", json=question(32, document={key: "../other.toml"}))
    assert refused.status_code == 422
    assert "names another file" in refused.json()["detail"]


def test_what_was_changed_is_said_in_words(page: TestClient) -> None:
    told = events(page.post("/api/answers", json=question(40)).text)
    assert told[0][1]["changes"][-2:] == ["Europe: troops to 50 % of today by 2028.", "Only 5 states are kept."]


def test_wars_and_second_guarantors_are_among_what_was_changed() -> None:
    ordered = "wars = { RUS = { UKR = { ceasefire = 2027, attack = 2031 } } }\n"
    ordered += "[posture.beside.FRA.Europe]\nnuclear = { 2026 = 0.1, 2030 = 0.6 }\ntroops = 4000\n"
    assert changes(Scenario.parse(ordered)) == [
        "Second guarantor, France: nuclear for Europe, 60 % of full support by 2030.",
        "Second guarantor, France: troops for Europe, 4,000 persons.",
        "Event: a ceasefire between Russia and Ukraine in 2027.",
        "Event: Russia goes to war against Ukraine in 2031.",
    ]


def test_a_superseded_question_stops_within_a_year_and_keeps_nothing() -> None:
    memory, asked_for = Memory(), []

    def stop() -> bool:
        asked_for.append(1)
        return True

    with pytest.raises(Superseded):
        memory.results(prepare(asked(SMALL)), stop)
    assert len(asked_for) == 1
    assert memory.bytes == 0


def test_the_baseline_is_computed_once_for_two_postures() -> None:
    memory, years = Memory(), []
    for level in (0.5, 0.25):
        document = {**SMALL, "futures": 16, "posture": {"troops": level}}
        memory.results(prepare(asked(document)), lambda: bool(years.append(1)))
    assert len(years) == 9, "three years of two postures and of one baseline"


def test_an_answer_of_many_futures_leaves_those_of_few_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, int]] = []

    def counted(study: Study, role: str, stop: Any) -> Any:
        made.append((role, study.scenario.futures))
        return computed(study, role, stop)

    monkeypatch.setattr(held, "computed", counted)
    memory, few, many = Memory(), *(prepare(asked(SMALL).but(futures=futures)) for futures in (2, 12))
    memory.held(few)
    monkeypatch.setattr(held, "MOST_KEPT", memory.bytes)
    for study in (many, few, many, few):
        memory.held(study)
    assert made == [("against", 2), ("posture", 2), ("against", 12), ("posture", 12), ("against", 12), ("posture", 12)]
