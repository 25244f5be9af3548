"""The command line. Heavy rooms are imported inside commands, so that --help answers at once."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; one clear line and exit 2 for bad input."""
    from foedus.cli.app import app
    from foedus.errors import FoedusError

    try:
        app()
    except FoedusError as error:
        sys.stderr.write(f"foedus: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(1)
