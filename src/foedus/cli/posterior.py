"""The posterior of the crisis tree: drawn from the user's data, or as it ships, with what the record taught."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from foedus import files
from foedus.cli.console import said
from foedus.cli.lists import table
from foedus.cli.output import print_json
from foedus.errors import InputError
from foedus.ledger.ensemble import Ensemble, load_ensemble, read_ensemble


def list_learnt(name: str, grep: str, *, as_json: bool) -> None:
    """Print prior and posterior of each parameter that a stored record speaks of, and how much it taught.

    name  of an ensemble that ships with Foedus
    grep  part of a parameter's name or meaning
    """
    _print(load_ensemble(name), grep, as_json=as_json)


def run_posterior(
    data: Path | None,
    names: Sequence[str],
    until: int | None,
    out: Path | None,
    *,
    posterior: bool,
    as_json: bool,
) -> None:
    """Draw from the posterior given the disputes of 1950 to `until`, print what it taught, and store the members.

    out  a .json file for the ensemble
    """
    from foedus.calibration.pairs.dyads import FIRST, LAST, read_pairs
    from foedus.calibration.pairs.posterior import posterior as drawn_from
    from foedus.panels import DataFolder

    if not posterior:
        msg = "--until goes with --posterior: it says which disputes the posterior may see"
        raise InputError(msg)
    if names:
        msg = f"--posterior estimates its parameters together; it takes no names (got {', '.join(names)})"
        raise InputError(msg)
    last = LAST if until is None else until
    if not FIRST + 20 <= last <= LAST:
        msg = f"--until {last}: disputes are read for {FIRST} to {LAST}, and at least twenty years are needed"
        raise InputError(msg)
    if out is not None:
        if out.suffix != ".json":
            msg = f"--out {out}: an ensemble is written as .json"
            raise InputError(msg)
        files.check_place(out)
    pairs = read_pairs(DataFolder.open(data))
    told = _told if sys.stderr.isatty() else None
    ensemble = drawn_from(pairs, (FIRST, last), progress=told).ensemble(f"record-{last}", pairs)
    if told:
        sys.stderr.write("\r\033[K")
    _print(ensemble, "", as_json=as_json)
    if out is not None:
        files.write_text(out, ensemble.written())


def run_chain(data: Path | None, names: Sequence[str], out: Path | None, *, posterior: bool) -> None:
    """Make every ensemble that ships again, from the data folder, and print how each target was met.

    out  a folder
    """
    from foedus.hindcasts.constrained.chain import CONSTRAINED, make_ensembles
    from foedus.panels import DataFolder

    if not posterior or names or out is None:
        msg = "--all makes every ensemble of --posterior into a folder: foedus estimate --posterior --all --out FOLDER"
        raise InputError(msg)
    folder = DataFolder.open(data)
    out.mkdir(parents=True, exist_ok=True)
    made = make_ensembles(folder, out, told=said)
    for name, digest in made.items():
        said(f"{name}: {digest}")
    _print_targets(read_ensemble(out / f"record-{CONSTRAINED}.json"))


def _print_targets(ensemble: Ensemble) -> None:
    """Print each target of a constrained ensemble beside what was expected of it."""
    table(
        f"{ensemble.name}: {ensemble.draws:,} draws, worth {ensemble.effective:.0f} once weighed",
        ("target", "role", "record", "before", "by the others", "gain"),
        [
            (
                one.name,
                one.role,
                f"{one.record:.3f} ± {one.tolerance:.3f}",
                f"{one.before:.3f} ± {one.before_spread:.3f}",
                f"{one.others:.3f} ± {one.others_spread:.3f}",
                f"{one.gain:+.3f}",
            )
            for one in ensemble.targets
        ],
    )
    said(
        "luck: parameters explain less than a tenth of it, so it weighs nothing; out of reach: no parameter gives it. "
        "before, by the others: what draws expected before any target was heard, and when every one that constrains "
        "was heard but this. gain: log score that the others add."
    )


def _told(done: int, rounds: int) -> None:
    sys.stderr.write(f"\r\033[Kround {done} of {rounds} ")
    sys.stderr.flush()


def _print(ensemble: Ensemble, grep: str, *, as_json: bool) -> None:
    shown = [one for one in ensemble.learnt if grep.lower() in f"{one.name} {one.meaning}".lower()]
    if as_json:
        body = {
            key: getattr(ensemble, key) for key in ("name", "first", "last", "rows", "effective", "tail_index", "level")
        }
        parameters = [vars(one) | {"learnt": round(one.share, 4)} for one in shown]
        print_json(body | {"parameters": parameters})
        return
    table(
        f"{ensemble.name}: what {ensemble.rows:,} pair-years"
        + (f" and targets to {ensemble.last}" if ensemble.targets else f" of {ensemble.first}-{ensemble.last}")
        + " taught",
        ("parameter", "prior", "±", "after", "±", "learnt"),
        [
            (
                one.name,
                f"{one.prior:.3f}",
                f"{one.prior_spread:.3f}",
                f"{one.mean:.3f}",
                f"{one.spread:.3f}",
                f"{100 * one.share:.0f} %" if one.share >= LITTLE else "nothing",
            )
            for one in shown
        ],
    )
    said(
        "prior, after: mean and standard deviation before and after the record. learnt: share of the prior's standard "
        f"deviation that the record took away; below {100 * LITTLE:.0f} % it taught nothing. "
        f"{len(ensemble.members)} members stand for draws worth {ensemble.effective:.0f} independent ones (tail index "
        f"{ensemble.tail_index:.2f}; above 0.7 they would not be believed)."
    )
    if ensemble.targets:
        _print_targets(ensemble)
    elif ensemble.level:
        said(
            f"Force given a dispute stood at {ensemble.level:+.2f} ± {ensemble.level_spread:.2f} log-odds in the last "
            "ten years, beside what the rest expects; members were moved there."
        )
    said(
        "Runs draw from record-2010, hindcasts from the longest that ended before their year: foedus manual posterior."
    )


LITTLE = 0.05
"""Share of the prior's spread below which a record is said to have taught nothing about a parameter."""
