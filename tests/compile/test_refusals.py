"""What cannot be traced is refused with the name of who asks, and the cure; nothing is left out in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import foedus as fd
import small_run
from foedus.compile.program import trace
from foedus.compile.refusal import Untraceable
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.spending import spend
from foedus.engine.state import State
from foedus.engine.year import BLOCKS
from foedus.equations import crisis


def traced(**changed: Any) -> None:
    trace(small_run.setting(small_run.Case(futures=4, years=3)), **changed)


def shortcut(
    stake: Any, win_alone: Any, help_effect: Any, promise: Any, target_war_cost: Any
) -> Any:  # an equation with a question in it
    if np.max(stake) > 1e9:
        return stake
    return stake * (win_alone - promise * help_effect) + target_war_cost


def test_a_question_about_values_names_the_equation_and_the_cure() -> None:
    with fd.swap("crisis.loss_in_war", shortcut), pytest.raises(Untraceable) as told:
        traced(equations=(shortcut,))
    assert "shortcut, line" in str(told.value)
    assert "numpy.where" in str(told.value) or "axis" in str(told.value)


def asks(situation: Situation, state: State, setting: Setting) -> State:
    return spend(situation, state, setting) if (state.share > 0.5).any() else state


def counts(situation: Situation, state: State, setting: Setting) -> State:
    return spend(situation, state, setting) if situation.year > 1 else state


def converts(situation: Situation, state: State, setting: Setting) -> State:
    return replace(state, share=state.share * float(setting.p["belief_at_start"]))


def mixes(situation: Situation, state: State, setting: Setting) -> State:
    return replace(state, share=state.share + state.share[:, :1])


@pytest.mark.parametrize(
    ("block", "why"), [(asks, "any"), (counts, "question"), (converts, "float"), (mixes, "future")]
)
def test_a_block_that_asks_converts_or_mixes_futures_is_refused_by_name(block: Any, why: str) -> None:
    with pytest.raises(Untraceable, match=rf"{block.__name__}, line.*{why}.*--engine eager"):
        traced(blocks=(block, *BLOCKS[1:]))


@pytest.mark.slow
def test_a_field_of_the_policy_that_nothing_reads_is_refused() -> None:
    without_spending = tuple(block for block in BLOCKS if block is not spend)
    setting = small_run.setting(small_run.Case(futures=4, years=3))
    odd = replace(setting, policy=replace(setting.policy, remedies={"prayer": 1.0}))
    with pytest.raises(Untraceable, match=r"remedies\.prayer"):
        trace(odd)
    with pytest.raises(Untraceable, match="conditional"):
        trace(setting, blocks=tuple(b for b in without_spending if b.__name__ != "adjust_support"))


def test_an_array_drawn_outside_the_model_is_refused() -> None:
    def own_luck(situation: Situation, state: State, setting: Setting) -> State:
        noise = np.random.default_rng(1).normal(size=setting.futures).astype(np.float32)
        return replace(state, share=state.share * (1.0 + 0.01 * noise))

    with pytest.raises(Untraceable, match=r"own_luck, line.*by key"):
        traced(blocks=(own_luck, *BLOCKS))


@pytest.mark.slow
def test_a_branch_free_equation_in_anothers_place_is_traced_like_any_other() -> None:
    def harsher(stake: Any, win_alone: Any, help_effect: Any, promise: Any, target_war_cost: Any) -> Any:
        return 2.0 * stake * (win_alone - promise * help_effect) + target_war_cost

    assert crisis.loss_in_war is not harsher
    with fd.swap("crisis.loss_in_war", harsher):
        setting = small_run.setting(small_run.Case(futures=4, years=3))
        assert len(trace(setting, equations=(harsher,)).graph.nodes) > 1000
