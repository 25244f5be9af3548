"""The command line. Heavy rooms are imported inside commands, so that --help answers at once."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; one clear line and exit 2 for bad input.

    arguments  those after the program's name; the process's own when None
    """
    from cyclopts import CycloptsError

    from foedus.cli.app import app
    from foedus.errors import FoedusError

    try:
        app(
            sys.argv[1:] if arguments is None else arguments,
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
        )
    except CycloptsError as error:
        sys.stderr.write(f"foedus: {' '.join(str(error).split())} See: foedus --help\n")
        sys.exit(2)
    except FoedusError as error:
        sys.stderr.write(f"foedus: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(1)
