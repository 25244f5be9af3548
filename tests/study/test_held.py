"""A run in memory is the run of a folder, kept elsewhere."""

from __future__ import annotations

import hashlib
import io
import threading
from itertools import islice

import numpy as np
import pytest

import studies
from foedus.errors import RunFolderError
from foedus.results import Results, headlines
from foedus.study import CHUNK, Held, Stopped, Study, compute, computing, run
from foedus.study.tables import Hashed

FUTURES = CHUNK + 16


@pytest.fixture(scope="module")
def study() -> Study:
    """Two chunks, one of them short, over two years."""
    return studies.study(futures=FUTURES, last=2027, states=("USA", "RUS", "POL", "EST"))


@pytest.fixture(scope="module")
def held(study: Study) -> Results:
    """In memory."""
    return Results.of(compute(study))


@pytest.fixture(scope="module")
def written(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """In a folder."""
    return Results(run(study, tmp_path_factory.mktemp("run")))


def test_a_run_in_memory_has_every_table_and_measure_of_the_run_in_a_folder(held: Results, written: Results) -> None:
    for role in ("posture", "against"):
        np.testing.assert_array_equal(held.ally("spending", role), written.ally("spending", role))
        np.testing.assert_array_equal(held.region("powers", role), written.region("powers", role))
        assert held.pairs(role).equals(written.pairs(role))
        assert held.pair_years(role).equals(written.pair_years(role))
        assert held.options(role).equals(written.options(role))
    assert held.parameters().equals(written.parameters())
    assert [repr(row) for row in headlines(held)] == [repr(row) for row in headlines(written)]


def test_workers_that_share_memory_leave_each_chunk_a_record_of_its_own(study: Study, held: Results) -> None:
    shared = Results.of(compute(study, threads=2))
    np.testing.assert_array_equal(shared.loss(), held.loss())


def test_what_is_finished_can_be_read_while_the_rest_is_computed(study: Study, held: Results) -> None:
    (first,) = islice(computing(study), 1)
    begun = Results.of(first)
    assert begun.extent == f"{CHUNK} of {FUTURES} futures, unfinished"
    np.testing.assert_array_equal(begun.loss(), held.loss()[:, :, :CHUNK])


def test_a_computation_that_is_halted_stops_before_the_next_chunk(study: Study) -> None:
    halt, told = threading.Event(), []

    def progress(role: str, count: int) -> None:
        told.append((role, count))
        halt.set()

    with pytest.raises(Stopped):
        compute(study, 1, progress, halt)
    assert told == [("posture", 0), ("against", 0)]


def test_a_run_in_memory_has_no_folder_and_names_itself_where_one_would_be_named(held: Results, study: Study) -> None:
    with pytest.raises(RunFolderError, match=r"test \(in memory\): has no run folder here\. Run it into one"):
        _ = held.folder
    with pytest.raises(RunFolderError, match=r"test \(in memory\): is not finished"):
        held.beside(Results.of(next(computing(study))))


def test_a_run_of_which_no_chunk_is_finished_is_not_read(study: Study) -> None:
    with pytest.raises(RunFolderError, match="no part of the run is finished yet"):
        Results.of(Held(study, {}))


def test_the_hash_of_a_file_that_takes_less_than_it_is_given_is_of_what_it_holds() -> None:
    class Small(io.BytesIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            return super().write(data[:3])

    file = Small()
    hashed = Hashed(file)
    rest = b"abcdefgh"
    while rest:
        rest = rest[hashed.write(rest) :]
    assert file.getvalue() == b"abcdefgh"
    assert hashed.sum.digest() == hashlib.sha256(b"abcdefgh").digest()
