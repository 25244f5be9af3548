"""The command `foedus advise`: portfolios that hold up, for an ally or a group."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from foedus.advise import Advice, Answer, ask, ask_guarantor, joint_words, patron_words, wording
from foedus.cli.changes import years_named
from foedus.cli.plain import WIDTH, paragraph, say, to_json
from foedus.errors import InputError
from foedus.files import place
from foedus.results.answer import LIMITS
from foedus.study import Stopped
from foedus.world import World

STAGES = {
    "search": "search",
    "without": "no programme",
    "again": "fresh futures",
    "singly": "one by one",
    "members": "each leaving",
}
"""Stages as the bars name them."""


class TrialBars(Progress):
    """A bar for each stage: trials done, time left; nothing is drawn where standard error is no terminal."""

    def __init__(self) -> None:
        super().__init__(
            TextColumn("{task.description:<15.15}"),
            BarColumn(bar_width=20),
            TextColumn("{task.completed:>6,.0f} of {task.total:,.0f} trials"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        self.bars: dict[str, TaskID] = {}

    def told(self, stage: str, done: int, total: int) -> None:
        """Draw how far a stage is."""
        if stage not in self.bars:
            self.bars[stage] = self.add_task(STAGES.get(stage, stage), total=total)
        self.update(self.bars[stage], completed=done)


def show_advice(
    words: Sequence[str],
    postures: Sequence[str],
    portfolios: int,
    futures: int,
    years: str,
    seed: int,
    threads: int,
    at_most: Sequence[str],
    out: Path | None,
    *,
    nuclear: bool,
    as_json: bool,
) -> None:
    """Search, and print what was found."""
    span, limits, folder = years_named(years), _limits(at_most), _folder(words, out)
    with _heard(folder) as bars:
        answer = ask(
            *words,
            postures=postures,
            portfolios=portfolios,
            futures=futures,
            years=span,
            seed=seed,
            threads=threads,
            limits=limits,
            out=folder,
            nuclear=nuclear,
            told=bars.told,
        )
    if as_json:
        to_json(wording.as_mapping(answer.advice, answer.reasons))
    else:
        print_advice(answer)
        say(f"Page  {folder / 'advice.html'}", f"Run   {folder / 'archetype-a.toml'} and the others with foedus run")


def show_counsel(
    words: Sequence[str],
    aim: str,
    futures: int,
    years: str,
    seed: int,
    threads: int,
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    """Try postures of a guarantor, and print which serves its aim best."""
    if len(words) != 1:
        msg = f"--aim: takes one guarantor; {len(words)} names are given"
        raise InputError(msg)
    folder = _folder(words, out)
    with _heard(folder) as bars:
        found = ask_guarantor(
            words[0],
            aim,
            futures=futures,
            years=years_named(years),
            seed=seed,
            threads=threads,
            out=folder,
            told=bars.told,
        )
    if as_json:
        to_json(patron_words.as_mapping(found))
        return
    paragraph(patron_words.subtitle(found))
    paragraph(patron_words.answer(found, World.load()))
    say(*patron_words.table(found).plain(WIDTH), "")
    paragraph(patron_words.held(found))
    paragraph(LIMITS)
    say(f"Scenario file of the best posture: {folder / 'best.toml'}")


@contextmanager
def _heard(folder: Path) -> Iterator[TrialBars]:
    """Bars while trials run; on Ctrl-C say how to continue, and end."""
    with TrialBars() as bars:
        try:
            yield bars
        except Stopped:
            bars.stop()
            sys.stderr.write(f"\nstopped; finished trials are in {folder}. The same command continues from there.\n")
            sys.exit(130)


def _folder(words: Sequence[str], out: Path | None) -> Path:
    return place(out) if out is not None else Path(f"foedus-advise-{'-'.join(words).replace(' ', '-')}")


def print_advice(answer: Answer) -> None:
    """Print advice within 80 columns."""
    advice = answer.advice
    say(f"What holds up for {answer.name}", "")
    paragraph(wording.subtitle(advice))
    paragraph(" ".join(answer.reasons))
    say(*wording.table(advice).plain(WIDTH), "")
    if told := wording.still(advice):
        paragraph(told)
    say(*wording.criteria(advice).plain(WIDTH), "")
    paragraph(wording.disagreement(advice))
    for letter, one in zip(wording.LETTERS, advice.archetypes, strict=False):
        say(*textwrap.wrap(f"{letter}  {one.name}", WIDTH, subsequent_indent="   "))
        for line in wording.archetype(advice, one):
            say(*textwrap.wrap(line, WIDTH, initial_indent="   ", subsequent_indent="   "))
        say("")
    _print_joint(advice)
    paragraph(wording.held(advice))
    paragraph(wording.LIMITS)


def _print_joint(advice: Advice) -> None:
    """Print who gains by each joint portfolio of a group, and every member of the one that saves most."""
    if not advice.coalitions:
        return
    say("As joint portfolios", "")
    for letter, one in zip(wording.LETTERS, advice.coalitions, strict=False):
        say(*textwrap.wrap(f"{letter}  {joint_words.joint(one)}", WIDTH, subsequent_indent="   "), "")
    most = max(range(len(advice.coalitions)), key=lambda i: advice.coalitions[i].surplus)
    say(f"Members under {wording.LETTERS[most]}", *joint_words.members(advice.coalitions[most]).plain(WIDTH), "")
    paragraph(joint_words.members_note(advice.coalitions[most]))


def _limits(words: Sequence[str]) -> Mapping[str, float]:
    """Limits as given: `loss=0.5`."""
    found = {}
    for word in words:
        name, given, number = word.partition("=")
        try:
            found[name.strip()] = float(number)
        except ValueError:
            msg = f"--at-most {word}: is not like {name or 'loss'}=0.5"
            raise InputError(msg) from None
        if not given:
            msg = f"--at-most {word}: is not like {name}=0.5"
            raise InputError(msg)
    return found
