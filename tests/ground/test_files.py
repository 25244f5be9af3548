"""Files: whole or not at all, by the names they bear; folders with one writer."""

from __future__ import annotations

import multiprocessing
import os
import re
import stat
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

import foedus
from foedus.errors import InputError
from foedus.files import Busy, check_place, locked, place, readable, whole, write_text
from foedus.frames import read_csv, read_parquet
from foedus.panels.writing import check_frame, write_frame

FRAME = pl.DataFrame({"x": [1, 2, 3]})
PATTERNS = ("run[1]", "Project [2026]", "draft?", "all*", "{a,b}", "[!x]", "[", "**")
ADDRESSES = ("p%20q", "file:x", "s3:x", "a\nb", r"a\b", "#a")


@pytest.mark.parametrize("name", [*PATTERNS, *ADDRESSES])
def test_a_path_that_looks_like_a_pattern_or_an_address_is_taken_as_it_stands(tmp_path: Path, name: str) -> None:
    for folder, x in (("run1", 1), ("draft1", 1), ("all", 1), ("a", 1), ("y", 1), (name, 2)):
        (tmp_path / folder).mkdir()
        write_frame(pl.LazyFrame({"x": [x]}), tmp_path / folder / "a.parquet")
        write_frame(pl.LazyFrame({"x": [x]}), tmp_path / folder / "a.csv")
    assert read_parquet(tmp_path / name / "a.parquet")["x"].to_list() == [2]
    assert read_csv(tmp_path / name / "a.csv")["x"].to_list() == [2]


def test_a_tilde_is_the_home_folder_and_only_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert place("~/runs/one") == Path("/home/ada/runs/one")
    assert place("~draft.csv") == Path("~draft.csv")
    assert place("runs/~one") == Path("runs/~one")


@pytest.mark.skipif(os.name == "nt", reason="names of bytes")
def test_a_name_that_is_not_utf_8_is_read_and_a_table_below_it_is_refused_before_it_is_made(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    folder.mkdir()
    (folder / "a.csv").write_text("x\n1\n")
    assert read_csv(folder / "a.csv")["x"].to_list() == [1]
    with pytest.raises(InputError, match="is not UTF-8 text"):
        check_frame(folder / "b.csv")
    assert readable(f"{folder.name}.toml") == "caf\ufffd.toml"
    assert readable("caf\udcc3\udca9") == "café"


def test_only_one_module_lets_polars_open_what_a_path_names() -> None:
    opening = re.compile(r"\bpl\.(read|scan)_(csv|parquet|ipc|ndjson)\((?!\s*io\.BytesIO)")
    package = Path(foedus.__file__).parent
    found = [path.name for path in package.rglob("*.py") if opening.search(path.read_text(encoding="utf-8"))]
    assert found == ["frames.py"]


def test_text_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "Türkiye → Côte d'Ivoire\n")
    assert (tmp_path / "a.txt").read_bytes() == "Türkiye → Côte d'Ivoire\n".encode()


def write_half(path: Path, error: type[BaseException]) -> None:
    with whole(path) as own:
        own.write_text("half")
        raise error


def test_a_block_that_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "old")
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            write_half(tmp_path / "a.txt", error)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_two_that_write_one_name_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    bodies = [letter * 200_000 for letter in "abcdefgh"]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda body: write_text(tmp_path / "a.txt", body), bodies * 4))
    assert (tmp_path / "a.txt").read_text() in bodies
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_permissions_are_those_of_a_plain_write(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "new.txt", "x")
    finally:
        os.umask(before)
    (tmp_path / "kept.txt").write_text("x")
    (tmp_path / "kept.txt").chmod(0o604)
    write_text(tmp_path / "kept.txt", "y")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("new.txt", "kept.txt")]
    assert modes == [0o640, 0o604]


def test_a_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    for name in ("there.csv", "not yet.csv"):
        (tmp_path / f"link to {name}").symlink_to(tmp_path / "far" / name)
    (tmp_path / "far" / "there.csv").write_text("old")
    for name in ("there.csv", "not yet.csv"):
        write_frame(FRAME.lazy(), tmp_path / f"link to {name}")
        assert (tmp_path / f"link to {name}").is_symlink()
        assert (tmp_path / "far" / name).read_text() == "x\n1\n2\n3\n"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no /dev/null")
def test_what_is_no_file_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "nowhere").symlink_to("/dev/null")
    write_text(tmp_path / "nowhere", "x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nodir/a.csv", "there is no folder"),
        ("folder", "a folder of that name is there"),
        ("file/a.csv", "cannot be written: "),
        ("loop", "cannot be written: "),
        ("x" * 300, "cannot be written: File name too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = sorted(tmp_path.rglob("*"))
    for ask in (check_place, lambda path: write_text(path, "x")):
        with pytest.raises(InputError, match=says):
            ask(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_device_is_named_with_the_cure() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full")
    with pytest.raises(
        InputError, match=r"^/dev/full: cannot be written: No space left on device\. Free some space\.$"
    ):
        write_text("/dev/full", "x" * 100_000)


def test_one_folder_has_one_writer_and_the_next_comes_after_it(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(Busy, match="another process is running here"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


HOLDER = """
import sys, time
from pathlib import Path
from foedus.files import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_killed_process_does_not_block(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(Busy), locked(tmp_path):
        pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with locked(tmp_path):
        pass


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_a_lock_is_not_handed_to_forked_children(tmp_path: Path) -> None:
    code = """
        import os, sys, time
        from pathlib import Path
        from foedus.files import locked
        with locked(Path(sys.argv[1])):
            child = os.fork()
            if child == 0:  # what is not handed on is closed before this line runs
                print(os.getpid(), flush=True)
                sys.stdout.close()
                os.close(1)
                time.sleep(60)
            os._exit(0)
    """
    done = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert done.stdout is not None
    child = int(done.stdout.readline())
    done.wait()
    done.stdout.close()
    try:
        with locked(tmp_path):
            pass
    finally:
        os.kill(child, 9)
