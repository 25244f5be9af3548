"""What is asked, as the page holds it: the table of a scenario file as JSON, within the limits of a page."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from foedus.errors import ScenarioError
from foedus.posture import Scenario, preset_names
from foedus.posture.shipped import shipped_files
from foedus.posture.tomltext import toml_text

Document = dict[str, Any]

MOST_FUTURES = 1000
"""Futures that a page may ask for; a run folder takes more."""

MOST_YEARS = 40
"""Years that a page may ask for."""

MOST_TEXT = 64_000
"""Characters of a scenario, as JSON or as TOML."""

STAGES = (16, 64, 256, 1000)
"""Futures of the answers to one question, each on the random draws of the one before."""

LEAST_STAGE = STAGES[0]


def asked(document: Mapping[str, Any]) -> Scenario:
    """The scenario of a document, read as a scenario file is.

    Raises ScenarioError or UnknownName with the line of the text that the page exports, ScenarioError beyond the
    limits of a page.
    """
    return _within(Scenario.parse(text_of(document), _name(document)))


def text_of(document: Mapping[str, Any]) -> str:
    """The document as the text of a scenario file."""
    try:
        text = toml_text(document)
    except (TypeError, AttributeError) as error:
        msg = f"the scenario cannot be written as TOML: {error}"
        raise ScenarioError(msg) from error
    if len(text) > MOST_TEXT:
        msg = f"the scenario has {len(text):,} characters; a page takes {MOST_TEXT:,}"
        raise ScenarioError(msg)
    return text


def imported(text: str) -> Document:
    """The document of a scenario file's text; raise ScenarioError or UnknownName, with the line, where it has none."""
    _within(Scenario.parse(text, "imported"))
    return dict(tomllib.loads(text))


def shipped_document(name: str) -> Document:
    """The document of a preset or of a scenario that ships, by name; KeyError for another name."""
    if name in preset_names():
        against = "none" if name == "steady" else "steady"
        return {"name": name, "title": name.replace("-", " ").capitalize(), "posture": name, "against": against}
    return {"name": name, **tomllib.loads(shipped_files()[name].read_text(encoding="utf-8"))}


def _within(scenario: Scenario) -> Scenario:
    """The scenario, unless it asks for more than a page takes."""
    years = scenario.last - scenario.first + 1
    if years > MOST_YEARS:
        msg = f"years: {years} years; a page takes {MOST_YEARS}. Run it as a file: foedus run FILE.toml"
        raise ScenarioError(msg)
    if scenario.futures > MOST_FUTURES:
        msg = f"futures: {scenario.futures:,}; a page takes {MOST_FUTURES:,}. Run it as a file: foedus run FILE.toml"
        raise ScenarioError(msg)
    return scenario


def stages(scenario: Scenario) -> tuple[int, ...]:
    """Futures of each answer to a scenario: those below what it asks for, then what it asks for."""
    return (*(stage for stage in STAGES if stage < scenario.futures), scenario.futures)


def _name(document: Mapping[str, Any]) -> str:
    name = document.get("name")
    return name if isinstance(name, str) and 0 < len(name) <= 60 and name.replace("-", "").isalnum() else "scenario"
