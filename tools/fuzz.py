"""Drive a reader with mutated inputs and count what it does: accept, refuse in one clear line, or break.

Usage: uv run --with atheris python tools/fuzz.py READER [--inputs N] [--seed S] [--out FILE]

READER    scenario, posture, manifest, csv, parquet, run, overlay or ensemble
--inputs  how many; default 10000
--seed    of the mutations; default 1
--out     a JSON file for the counts and for the first input of each fault

A fault is any error but a FoedusError, a message of several lines, or a file left behind. Inputs are mutated from the
project's own files by coverage (Atheris), and by putting hard values and tokens of other inputs in a token's place.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import atheris
import polars as pl

with atheris.instrument_imports(include=["foedus"]):
    from foedus.errors import FoedusError
    from fuzz_readers import READERS, Reader

HARD = (
    b"nan", b"-inf", b"1e999", b"-9", b"0", b"-0.0", b"1" * 300, b"2026", b"true", b"[]", b"{}", b'""', b"'",
    b"\xef\xbb\xbf", b"\xff", b"\r", b"2026-02-30", b"[[posture]]", b"[against]", b"[[events]]", b"NaN", b"NA", b"1_0",
    b"9" * 20, b"0x1F", b"null", b"POL", b"ZZZ", b"steady", b"= ", b",,,", b'"', b"#",
)  # fmt: skip
TOKEN = re.compile(rb"[A-Za-z0-9_.+-]+|\s+|[^A-Za-z0-9_\s]")


@dataclass
class Counts:
    """What came of the inputs of one reader."""

    inputs: int = 0
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)


def main() -> None:
    """Fuzz one reader and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", choices=sorted(READERS))
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    told = parser.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(dir=_fast()) as place:
        reader = READERS[told.reader](Path(place) / "work")
        corpus = Path(place) / "corpus"
        corpus.mkdir()
        seeds = reader.seeds()
        for number, seed in enumerate(seeds):
            (corpus / str(number)).write_bytes(seed)
        counts = Counts()

        def one(data: bytes) -> None:
            _try(reader, data, counts)
            if counts.inputs >= told.inputs:
                _say(told.reader, counts, told.out)
                sys.stdout.flush()
                _leave()

        longest = 2 * max(len(seed) for seed in seeds)
        arguments = [f"-seed={told.seed}", f"-max_len={longest}", "-verbosity=0", "-detect_leaks=0"]
        atheris.Setup([sys.argv[0], *arguments, str(corpus)], one, custom_mutator=_mutator(seeds))
        atheris.Fuzz()


def _try(reader: Reader, data: bytes, counts: Counts) -> None:
    """Read one input; count it, and keep it when it is the first of its fault."""
    counts.inputs += 1
    try:
        reader.read(data)
        counts.accepted += 1
    except FoedusError as error:
        counts.refused[type(error).__name__] += 1
        if "\n" in str(error).strip() or "internal error" in str(error):
            counts.faults.setdefault(f"message {type(error).__name__}", _kept(error, data))
    except (Exception, pl.exceptions.PanicException) as error:  # noqa: BLE001 to find what nobody expects is the task
        frames = traceback.extract_tb(error.__traceback__)
        where = next((f for f in reversed(frames) if "foedus" in f.filename), frames[-1])
        name = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
        counts.faults.setdefault(name, _kept(error, data))
    if left := reader.left():
        counts.faults.setdefault(f"left {left}", repr(data[:4000]))


def _kept(error: BaseException, data: bytes) -> str:
    return f"{str(error)[:300]!r} {data[:4000]!r}"


def _mutator(seeds: list[bytes]) -> Callable[[bytes, int, int], bytes]:
    """Half of the mutations are Atheris's; half put something hard, or a token of another input, in a token's place."""
    tokens = sorted({token for seed in seeds for token in TOKEN.findall(seed[:20_000])})

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.5 or not data:
            return bytes(atheris.Mutate(data, most))
        parts = TOKEN.findall(data)
        for _ in range(chance.randint(1, 3)):
            where = chance.randrange(len(parts)) if parts else 0
            what = chance.choice(HARD) if chance.random() < 0.5 else chance.choice(tokens)
            how = chance.random()
            parts[where : where + (how < 0.8)] = [] if how < 0.2 else [what]
        return b"".join(parts)[:most]

    return mutate


def _say(name: str, counts: Counts, out: Path | None) -> None:
    """Print the counts, and write them with the faults."""
    refused = sum(counts.refused.values())
    sys.stdout.write(f"{name}: {counts.inputs:,} inputs, {counts.accepted:,} accepted, {refused:,} refused, ")
    sys.stdout.write(f"{len(counts.faults)} faults\n")
    for fault, what in counts.faults.items():
        sys.stdout.write(f"  {fault}: {what[:200]}\n")
    if out:
        told = {"reader": name, "inputs": counts.inputs, "accepted": counts.accepted}
        out.write_text(
            json.dumps({**told, "refused": counts.refused, "faults": counts.faults}, indent=1), encoding="utf-8"
        )


def _fast() -> str | None:
    """A folder in memory, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _leave() -> None:
    """End now: the fuzzing loop has no end of its own that returns."""
    import os

    os._exit(0)


if __name__ == "__main__":
    main()
