"""Where files lie that are not in the repository; printed as a path: python tools/places.py.

FOEDUS_DATA      the research data that panels, hindcasts and the fact tables are made from
FOEDUS_EVIDENCE  the tables of equipment and prices that the exposure account's tables are made from

Each names a folder. Without it, the folder `shared` beside the repository is looked in, where the authors keep both.
"""

from __future__ import annotations

import os
from pathlib import Path

BESIDE = Path(__file__).parents[2] / "shared"


def data_folder() -> Path:
    """The research data; it may be absent."""
    return Path(os.environ.get("FOEDUS_DATA") or BESIDE / "data")


def evidence_folder() -> Path:
    """The evidence of the exposure account; it may be absent."""
    return Path(os.environ.get("FOEDUS_EVIDENCE") or BESIDE / "evidence")


if __name__ == "__main__":
    print(data_folder())
