"""A function in an equation's place is known by all that its results depend on, and by nothing else."""

from __future__ import annotations

import hashlib
import linecache
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import foedus as fd
import studies
from foedus.errors import RunFolderError
from foedus.study import run
from foedus.study.fingerprint import Untold, fingerprint
from foedus.study.swap import swapped, unrecognisable

NAME = "crisis.chance_of_concession"


def made(text: str, **names: object) -> Callable[..., Any]:
    """The function `f` of a text, as a notebook makes it: the text is kept for whoever asks for the source."""
    place: dict[str, Any] = {"np": np, **names}
    file = f"<cell {hashlib.sha256(text.encode()).hexdigest()}>"
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    exec(compile(text, file, "exec"), place)
    found: Callable[..., Any] = place["f"]
    return found


PLAIN = "def f(x): return K * x"
NESTED = "def f(x): return sum(map(lambda y: y * K, [x]))"
CLOSURE = "def g(k):\n    def f(x): return k * x\n    return f\nf = g(K)"
DEFAULT = "def f(x, k=K): return k * x"
KEYWORD = "def f(x, *, k=K): return k * x"
CALLED = "def g(x): return K * x\ndef f(x): return g(x)"
TABLE = "T = {'a': [K, (1, 2)]}\ndef f(x): return T['a'][0] * x"
ARRAY = "A = np.full(3, K)\ndef f(x): return A * x"
CYCLE = "def f(x): return g(x)\ndef g(x): return f(x - 1) if x > 0 else K"


@pytest.mark.parametrize("text", [PLAIN, NESTED, CLOSURE, DEFAULT, KEYWORD, CALLED, TABLE, ARRAY, CYCLE])
def test_a_value_the_function_reads_is_part_of_its_fingerprint(text: str) -> None:
    assert fingerprint(made(text, K=2.0)) == fingerprint(made(text, K=2.0))
    assert fingerprint(made(text, K=2.0)) != fingerprint(made(text, K=3.0))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def f(x): return np.exp(x)", "def f(x): return np.log(x)"),
        ("def f(x): return x + 1", "def f(x): return x + 1.0"),
        ("def f(x): return x + 1", "def f(x): return x - 1"),
        ("def f(x): return (lambda y: y + 1)(x)", "def f(x): return (lambda y: y + 2)(x)"),
        ("def f(x): return x in {1, 2}", "def f(x): return x in {1, 3}"),
        ("h = np.exp\ndef f(x): return h(x)", "h = np.log\ndef f(x): return h(x)"),
    ],
)
def test_functions_that_differ_have_different_fingerprints(one: str, other: str) -> None:
    assert fingerprint(made(one)) != fingerprint(made(other))


def test_names_that_a_function_does_not_read_leave_its_fingerprint_alone() -> None:
    assert fingerprint(made(PLAIN, K=2.0, other=object())) == fingerprint(made(PLAIN, K=2.0))


def test_the_same_text_in_another_process_has_the_same_fingerprint(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    text = "def f(x):\n    return x * (lambda y: y in {'a', 'b'})(x)\n"
    script.write_text(f"from foedus.study.fingerprint import fingerprint\n\n\n{text}\n\nprint(fingerprint(f))\n")
    found = {
        subprocess.run([sys.executable, script], capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(2)
    }
    assert found == {fingerprint(made(text))}


def test_a_function_that_has_run_often_keeps_its_fingerprint() -> None:
    function = made("def f(x): return sum(map(lambda y: y * 2.0 + len([z for z in (1, 2) if z > y]), [x, x]))")
    before = fingerprint(function)
    for _ in range(2000):
        function(1.5)
    assert fingerprint(function) == before


def test_a_function_whose_file_was_edited_since_it_was_loaded_is_not_told_by_the_file(tmp_path: Path) -> None:
    script = tmp_path / "mine.py"
    script.write_text("def f(x):\n    return 2.0 * x\n")
    place: dict[str, Any] = {}
    exec(compile(script.read_text(), str(script), "exec"), place)
    assert fingerprint(place["f"]) == fingerprint(made("def f(x):\n    return 2.0 * x\n"))
    script.write_text("def f(x):\n    return 3.0 * x  # edited\n")
    with pytest.raises(Untold, match=r"f is not as mine.py has it now; load the file again"):
        fingerprint(place["f"])


def test_functions_of_installed_packages_and_of_the_model_are_known_by_name() -> None:
    for text in (
        "from scipy.special import expit\ndef f(x): return expit(x)",
        "from foedus.equations.choice import logistic\ndef f(x): return logistic(x)",
        "import math\ndef f(x): return math.exp(x)",
        "def f(x): return max(abs(x), len([x]))",
    ):
        assert fingerprint(made(text)) == fingerprint(made(text))


class Model:
    """Something a fingerprint cannot see into."""

    k = 2.0

    def __call__(self, x: float) -> float:
        return self.k * x


def typed_at_a_prompt() -> Callable[..., Any]:
    place: dict[str, Any] = {}
    exec("def f(x): return x", place)
    found: Callable[..., Any] = place["f"]
    return found


def test_what_has_no_fingerprint_is_named() -> None:
    module = type(sys)("mine")
    for function, says in (
        (made("def f(x): return K.k * x", K=Model()), "K is an object of class Model"),
        (made(CLOSURE, K=Model()), "k is an object of class Model"),
        (made(DEFAULT, K=Model()), "a default of f is an object of class Model"),
        (made(TABLE, K=Model()), "T is an object of class Model"),
        (made("def f(x): return K(x)", K=np.random.default_rng(1).normal), "K is an object of class method"),
        (made("def f(x): return K.g(x)", K=module), "K is a module of its own; import what is needed from it by name"),
        (Model(), "the function is an object of class Model"),
        (partial(made(DEFAULT, K=1.0), k=2), "the function is an object of class partial"),
        (lambda x: x, "is a lambda; give it a name with def"),
        (made("g = lambda x: x + 1\ndef f(x): return g(x)"), "is a lambda; give it a name with def"),
        (typed_at_a_prompt(), "the source of f cannot be read"),
    ):
        with pytest.raises(Untold, match=says):
            fingerprint(function)


SWAPPED = "def f(resisting, demand, audience_cost, precision): return 0.0 * resisting + "


def test_a_run_is_read_back_by_an_equal_function_only(tmp_path: Path) -> None:
    study = studies.study("retrench", None, futures=8, last=2027)
    with fd.swap(NAME, made(SWAPPED + "K", K=0.2)):
        digest = study.digest
        run(study, tmp_path / "run", threads=1)
    with fd.swap(NAME, made(SWAPPED + "K", K=0.2)):
        assert study.digest == digest
        run(study, tmp_path / "run", threads=1)
    with (
        fd.swap(NAME, made(SWAPPED + "K", K=0.3)),
        pytest.raises(RunFolderError, match="what differs: the equations replaced"),
    ):
        run(study, tmp_path / "run", threads=1)


def test_a_global_changed_within_the_block_makes_another_run() -> None:
    study = studies.study("retrench", None, futures=8, last=2027)
    function = made(SWAPPED + "K", K=0.2)
    with fd.swap(NAME, function):
        before = study.digest
        function.__globals__["K"] = 0.3
        assert study.digest != before


def test_a_run_with_an_object_in_it_is_made_but_never_read_back(tmp_path: Path) -> None:
    study = studies.study("retrench", None, futures=8, last=2027)
    function = made(SWAPPED + "K.k", K=Model())
    with fd.swap(NAME, function):
        assert unrecognisable() == {NAME: "K is an object of class Model"}
        once = swapped()
        run(study, tmp_path / "run", threads=1)
        with pytest.raises(
            RunFolderError, match=r"cannot be reloaded .*of class Model\)\. Name its version, fd\.swap\(\.\.\., label="
        ):
            run(study, tmp_path / "run", threads=1)
    with fd.swap(NAME, function):
        assert swapped() != once
    assert fd.Results.open(tmp_path / "run").futures == 8


def test_a_label_stands_for_what_the_source_does_not_tell(tmp_path: Path) -> None:
    study = studies.study("retrench", None, futures=8, last=2027)
    function = made(SWAPPED + "K.k", K=Model())
    with fd.swap(NAME, function, label="half"):
        mark = swapped()[NAME]
        assert mark.startswith("half ")
        run(study, tmp_path / "run", threads=1)
    with fd.swap(NAME, function, label="half"):
        assert unrecognisable() == {}
        run(study, tmp_path / "run", threads=1)
    for other, label in ((function, "third"), (made(SWAPPED + "K.k * 1.0", K=Model()), "half")):
        with (
            fd.swap(NAME, other, label=label),
            pytest.raises(RunFolderError, match="what differs: the equations replaced"),
        ):
            run(study, tmp_path / "run", threads=1)
    with fd.swap(NAME, lambda resisting, demand, audience_cost, precision: 0.0 * resisting, label="never"):
        assert swapped() == {NAME: "never without source"}


def test_a_label_does_not_hide_a_value_that_the_source_reads() -> None:
    marks = []
    for value in (0.2, 0.3):
        with fd.swap(NAME, made(SWAPPED + "K", K=value), label="mine"):
            marks.append(swapped()[NAME])
    assert marks[0] != marks[1]
