"""A year is a tuple of blocks: another order or another block is another run, and says so."""

from __future__ import annotations

import inspect
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import foedus as fd
from foedus.engine.concessions import concede
from foedus.engine.crises import draw_crises, settle_crises
from foedus.engine.setting import Setting
from foedus.engine.situation import Situation
from foedus.engine.state import State
from foedus.engine.year import BLOCKS
from foedus.errors import InputError, RunFolderError
from foedus.study import prepare, run
from foedus.study.blocks import block_name
from studies import scenario, study

QUIET = tuple(block for block in BLOCKS if block is not draw_crises)


def no_debt(situation: Situation, state: State, setting: Setting) -> State:
    """Forgive every debt."""
    return replace(state, debt=np.zeros_like(state.debt))


def test_every_block_takes_situation_state_and_setting_and_has_a_name_of_its_own() -> None:
    assert {tuple(inspect.signature(block).parameters) for block in BLOCKS} == {("situation", "state", "setting")}
    assert len({block_name(block) for block in BLOCKS}) == len(BLOCKS) == 14
    assert block_name(settle_crises) == "crises.settle_crises"
    assert fd.BLOCKS is BLOCKS


def test_without_the_block_that_draws_crises_nothing_happens_and_every_other_block_still_runs(tmp_path: Path) -> None:
    peace = prepare(scenario(futures=8, against=None), blocks=QUIET)
    found = fd.open_run(run(peace, tmp_path / "peace", threads=1).path)
    war = fd.open_run(run(study(futures=8, against=None), tmp_path / "war", threads=1).path)
    assert found.pairs()["challenges"].sum() == 0.0 < war.pairs()["challenges"].sum()
    assert found.ally("spending").shape == war.ally("spending").shape


def test_blocks_run_in_workers_as_they_do_in_this_process(tmp_path: Path) -> None:
    asked = scenario(futures=8)
    one, two = (fd.run(asked, out=tmp_path / str(n), threads=n, bar=False, blocks=(*BLOCKS, no_debt)) for n in (1, 2))
    assert np.array_equal(one.ally("spending"), two.ally("spending"))
    assert not np.array_equal(one.ally("spending"), fd.run(asked, out=tmp_path / "own", bar=False).ally("spending"))


def test_the_order_of_blocks_and_a_block_of_ones_own_are_in_the_digest_and_in_the_manifest(tmp_path: Path) -> None:
    asked, others = scenario(futures=8), tuple(block for block in BLOCKS if block is not concede)
    made = {blocks: prepare(asked, blocks=blocks) for blocks in (BLOCKS, (*others, concede), (*BLOCKS, no_debt), QUIET)}
    assert len({one.digest for one in made.values()}) == 4
    assert prepare(asked).digest == made[BLOCKS].digest
    folder = run(made[(*BLOCKS, no_debt)], tmp_path / "run", threads=1)
    names = folder.manifest()["blocks"]
    assert names[:-1] == [block_name(block) for block in BLOCKS]
    assert names[-1].split()[0] == "no_debt"
    with pytest.raises(RunFolderError, match="what differs: the blocks of a year"):
        run(made[BLOCKS], tmp_path / "run", threads=1)


def test_a_block_that_cannot_be_told_from_others_runs_and_is_never_read_back(tmp_path: Path) -> None:
    class Forgive:
        def __call__(self, situation: Situation, state: State, setting: Setting, /) -> State:
            return no_debt(situation, state, setting)

    asked, blocks = scenario(futures=8, against=None), (*BLOCKS, Forgive())
    folder = run(prepare(asked, blocks=blocks), tmp_path / "run", threads=1)
    assert folder.manifest()["digest"] != prepare(asked, blocks=blocks).digest
    with pytest.raises(RunFolderError, match=r"cannot be reloaded with a custom block .*of class Forgive"):
        run(prepare(asked, blocks=blocks), tmp_path / "run", threads=1)


def test_what_is_no_block_is_refused_with_the_place_where_it_stands() -> None:
    with pytest.raises(InputError, match=r"block 15, <lambda>: .*takes \(state\)"):
        prepare(scenario(), blocks=(*BLOCKS, lambda state: state))  # type: ignore[misc, arg-type]
    with pytest.raises(InputError, match=r"block 1 is 'spend'"):
        prepare(scenario(), blocks=("spend",))  # type: ignore[arg-type]
