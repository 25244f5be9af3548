"""The command line. Heavy rooms are imported inside commands, so that --help answers at once."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cyclopts import CycloptsError

DEBUG = "--debug"
REPORT = f"Please report it to the project with what the same command says with {DEBUG}"
"""What to do about an error that is none of the user's."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line: one clear line and exit 2 for bad input, 1 for an internal error, 130 for Ctrl-C.

    arguments  those after the program's name; the process's own when None. `--debug` anywhere shows tracebacks.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = [word for word in given if word != DEBUG]
    debug = len(words) < len(given)

    from cyclopts import CycloptsError

    from foedus.cli.app import app
    from foedus.cli.output import close, ready
    from foedus.errors import FoedusError

    try:
        with ready():
            app(words, exit_on_error=False, print_error=False, result_action="return_value")
    except BrokenPipeError:
        close(sys.stdout)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped\n")
        sys.exit(130)
    except Exception as error:
        if debug:
            raise
        if isinstance(error, CycloptsError):
            _say(_parser_says(error))
        elif isinstance(error, FoedusError):
            _say(str(error))
        elif isinstance(error, OSError) and error.filename:
            _say(f"{error.filename}: {error.strerror}")
        elif isinstance(error, MemoryError):
            _say("memory is full. Ask for fewer futures, or fewer --threads")
        elif isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO, errno.EBADF):
            close(sys.stdout)
            _say(f"what is printed cannot be written: {error.strerror}")
        else:
            _say(f"internal error: {type(error).__name__}: {error}. {REPORT}", code=1)


def _parser_says(error: CycloptsError) -> str:
    """What the parser found wrong, and which help says what is legal."""
    from cyclopts import UnusedCliTokensError

    said = " ".join(str(error).split())
    if isinstance(error, UnusedCliTokensError):
        said = f"more words than it takes: {' '.join(error.unused_tokens or ())}."
    return f"{said} See: {' '.join(('foedus', *(error.command_chain or ()), '--help'))}"


def _say(line: str, code: int = 2) -> None:
    """Print one line and stop."""
    sys.stderr.write(f"foedus: {' '.join(line.split())}\n" if "\n" in line else f"foedus: {line}\n")
    sys.exit(code)
