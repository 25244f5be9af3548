"""Table-top exercises on the model: teams order, a year happens in one future, analysts say what to expect."""

from foedus.tabletop.account import export, log, markdown, page, played_scenario
from foedus.tabletop.answering import TurnAnswer, answer
from foedus.tabletop.exercise import Exercise, Message, Turn
from foedus.tabletop.injecting import Inject, injects, listed, own
from foedus.tabletop.keeping import KeptExercise, begin, changing, read, replay
from foedus.tabletop.playing import Played, chosen_future, play
from foedus.tabletop.seats import SeatView, seat_allies, view
from foedus.tabletop.teams import FACILITATOR, ROLES, USUAL, Team

__all__ = [
    "FACILITATOR",
    "ROLES",
    "USUAL",
    "Exercise",
    "Inject",
    "KeptExercise",
    "Message",
    "Played",
    "SeatView",
    "Team",
    "Turn",
    "TurnAnswer",
    "answer",
    "begin",
    "changing",
    "chosen_future",
    "export",
    "injects",
    "listed",
    "log",
    "markdown",
    "own",
    "page",
    "play",
    "played_scenario",
    "read",
    "replay",
    "seat_allies",
    "view",
]
