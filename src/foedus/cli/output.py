"""What commands print to: any encoding, a closed or full place, warnings in one line, and what ends a command."""

from __future__ import annotations

import codecs
import json
import os
import re
import signal
import sys
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO

from foedus.errors import FoedusWarning
from foedus.files import readable

PLAIN = {
    "–": "-", "—": "-", "…": "...", "·": "|", "†": "+", "≤": "<=", "≥": ">=", "×": "x", "→": "->", "−": "-", "±": "+-",
    "÷": "/", "▲": "^", "▼": "v", "’": "'", "│": "|", "├": "|", "└": "`", "─": "-", "ı": "i",
}  # fmt: skip
"""Signs in letters that every encoding has; a letter with a mark becomes the letter, anything else a question mark."""

NAMED = re.compile("[\udc80-\udcff]+")
"""Bytes of a file's name that the locale could not read, as Python holds them."""

WIDE = ("utf-16", "utf-32")
"""Encodings in which a byte by itself is nothing."""

ENDINGS = ("SIGTERM", "SIGHUP")
"""Signals that end a command as Ctrl-C does, where the system has them."""


def print_json(body: object) -> None:
    """Print as JSON; what is not ASCII is escaped where the output is not UTF-8, so that it reads back the same."""
    text = readable(json.dumps(body, indent=1, ensure_ascii=False))
    if not codecs.lookup(sys.stdout.encoding or "ascii").name.startswith("utf"):
        text = "".join(letter if letter.isascii() else json.dumps(letter)[1:-1] for letter in text)
    sys.stdout.write(text + "\n")


@contextmanager
def ready() -> Iterator[None]:
    """Within the block: output never fails for want of a letter, warnings are lines, signals stop like Ctrl-C."""
    codecs.register_error("foedus", _in_plain_letters)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed before the program began
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="foedus")
    before = {getattr(signal, name): _handled(name) for name in ENDINGS if hasattr(signal, name)}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", FoedusWarning)
            shown = warnings.showwarning
            warnings.showwarning = lambda message, category, *rest: (
                _say(message) if issubclass(category, FoedusWarning) else shown(message, category, *rest)
            )
            yield
            sys.stdout.flush()
    finally:
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)


def _in_plain_letters(error: UnicodeError) -> tuple[str | bytes, int]:
    """What stands for letters that an encoding lacks: plain ones, and for bytes of a file's name these bytes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    named = NAMED.match(error.object, error.start)
    if named and not error.encoding.startswith(WIDE):
        return named[0].encode("utf-8", "surrogateescape"), named.end()
    found = ""
    for position in range(error.start, error.end):
        letter = error.object[position]
        if found and NAMED.match(letter):
            return found, position
        bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        greek = unicodedata.name(letter, "").partition("GREEK SMALL LETTER ")[2].lower()
        found += PLAIN.get(letter) or bare or greek or "?"
    return found, error.end


def _say(message: Warning | str) -> None:
    sys.stderr.write(f"foedus: {message}\n")


def _handled(name: str) -> signal.Handlers | None:
    """Have a signal stop the command, and return what it did before; one that is ignored (`nohup`) stays so."""
    number = getattr(signal, name)
    if signal.getsignal(number) != signal.SIG_DFL:
        return None
    try:
        signal.signal(number, _stop)
    except ValueError:  # not the main thread: its owner says what signals do
        return None
    return signal.SIG_DFL


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def close(stream: TextIO) -> None:
    """Keep the interpreter from complaining, as it ends, about output that nobody can take any more."""
    with suppress(OSError), open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())
