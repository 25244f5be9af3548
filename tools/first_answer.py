"""Make the stored answer that the workbench shows at first paint: src/foedus/app/stored.json.gz.

Usage: python tools/first_answer.py [--check]

A thousand futures on both sides, some seconds. Make it after any change of ledger, facts or code of the model: an
answer of another model is not shown. `--check` only says whether it is current, with an error where it is not.
"""

from __future__ import annotations

import argparse
import sys

from foedus.app import stored


def refreshed() -> bool:
    """Make it where it is not current; return whether it was made."""
    if stored.read() is not None:
        return False
    stored.write(stored.make())
    return True


def main() -> None:
    """Make it, or check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        refreshed()
    elif stored.read() is None:
        sys.exit(f"{stored.PLACE.name} is of another model. Run: {stored.AGAIN}")


if __name__ == "__main__":
    main()
