"""Make a release: refuse what is not fit, build it twice, try it in empty environments, describe what is in it.

Usage: python tools/release.py [--out FOLDER] [--trial] [--futures N]

--out      where the files go; default: dist
--trial    build and try a commit that is no release yet: what would be refused is said, and only a dirty tree stops it
--futures  ensemble size of the smoke run in each environment; default: 32

It says everything that is not fit and what to do about it. Nothing is uploaded: the files in FOLDER are the release.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from foedus.version import __version__
from release_build import built
from release_checks import refusals, tree
from release_products import products
from release_smoke import tried

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Check, build, try, describe."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--trial", action="store_true")
    parser.add_argument("--futures", type=int, default=32)
    told = parser.parse_args()
    out: Path = told.out.resolve()
    reasons = refusals(ROOT, __version__)
    sys.stderr.write("".join(f"not fit for a release: {reason}\n" for reason in reasons))
    if (reasons and not told.trial) or tree(ROOT):
        sys.exit(1)
    files = built(ROOT, out)
    files += products(ROOT, out, __version__)
    for line in tried(out, __version__, told.futures):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write("\n".join(f"{path.name}  {path.stat().st_size:,} bytes" for path in files) + "\n")


if __name__ == "__main__":
    main()
