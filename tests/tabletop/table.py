"""A small exercise, played once: few states, five years, sixteen analysts, three turns closed and one half sealed."""

from __future__ import annotations

from functools import cache

from foedus.tabletop import Exercise, KeptExercise, listed
from studies import scenario

GUARANTOR = "posture.Europe.troops = 0.5\nposture.EST.troops = 1.2"
TREASURY = "doctrine.POL.spending = 0.06"
ALLIES = "doctrine.EST.shares = { pool = 0.4, air = 0.6 }"
ADVERSARY = "events.RUS.Europe = 0.2"


@cache
def begun() -> Exercise:
    """Nobody has moved."""
    return Exercise.begin(scenario("limited-support", None, futures=16, last=2030, seed=3), analysts=16)


@cache
def first() -> Exercise:
    """The first turn is over."""
    moved = begun().move("guarantor", GUARANTOR, "forces are wanted elsewhere").move("treasury", TREASURY)
    return moved.move("allies", ALLIES).move("adversary", ADVERSARY).close()


@cache
def kept() -> KeptExercise:
    """Three turns are over; in the fourth the guarantor has moved."""
    states = begun().world.states
    exercise = first().inject(listed("intelligence-suspended").filled({"whom": "POL"}, states.iso3, states.names, 2027))
    exercise = exercise.say("guarantor", "Hold on", "allies").close(at_once=True)
    exercise = exercise.move("guarantor", "posture.Europe.troops = false").close(at_once=True)
    return KeptExercise.of(exercise.move("guarantor", "posture.JPN.arms = 0.1", "a secret"))
