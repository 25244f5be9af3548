"""The models a scholar calls, from a formula and a table, read and checked at once.

from foedus.estimators import strategic

model = strategic.egame12("esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2", data=disputes)
fit = model.fit()
print(fit.summary())
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from foedus.errors import InputError, UnknownName
from foedus.estimators.strategic.choice import ErrorName, TreeChoice
from foedus.estimators.strategic.coding import NOT_KNOWN, code_outcomes
from foedus.estimators.strategic.formulas import Formula, Part, build_part, columns_used, read_formula, read_parts
from foedus.estimators.strategic.frames import MISSING_RULES, Columns, Frame, MissingRule, read_columns
from foedus.estimators.strategic.games import OfferGame, TreeGame
from foedus.estimators.strategic.identify import check_designs, check_outcomes, check_scales, check_shared
from foedus.estimators.strategic.jets import Floats
from foedus.estimators.strategic.links import LinkName
from foedus.estimators.strategic.models import StrategicModel
from foedus.estimators.strategic.offers import INDICES, Offers
from foedus.estimators.strategic.trees import CRISIS, EGAME12, EGAME122, EGAME123, Tree


class Options(TypedDict, total=False):
    """Options of every tree model; `strategic_model` says what they mean."""

    link: LinkName
    error: ErrorName
    outcomes: Sequence[object] | None
    scale: str | None
    fixed_utilities: Sequence[float] | None
    missing: MissingRule


def strategic_model(
    tree: Tree,
    formula: str | Mapping[str, str],
    *,
    data: Frame,
    link: LinkName = "probit",
    error: ErrorName = "agent",
    outcomes: Sequence[object] | None = None,
    scale: str | None = None,
    fixed_utilities: Sequence[float] | None = None,
    missing: MissingRule = "drop",
) -> StrategicModel:
    """Return a model of any game tree, ready to fit.

    tree              who moves, where it ends, whose utilities are estimated
    formula           `outcome ~ part | part | ...`, a part for each utility by player, then outcome; or a mapping
                      from "outcome" and labels such as "u1(war)" to parts
    data              a Polars or pandas frame, or a mapping of columns
    link              "probit" or "logit"
    error             "agent" (each move's branches are disturbed), "private" (each player alone knows its utilities of
                      all outcomes, as in `games` 1.0 and later) or "private-estimated" (only of those estimated)
    outcomes          order of the values of a text outcome, or names of outcomes given by one column a move
    scale             regressors of the log scale of disturbances, "~ x - 1", or one part a player, "~ x - 1 | z - 1"
    fixed_utilities   values of all utilities, not estimated; then the scale is, with "~ 1" unless given
    missing           "drop" leaves out rows in which a column used is missing (a move not reached may be);
                      "error" refuses them

    Raises InputError (UnknownName for names) on bad input, EstimationError where the model cannot be identified.
    """
    columns = read_columns(data)
    defaults = [f"u{player}({tree.outcomes[place].name})" for player, place in tree.utilities]
    names = read_formula(_outcome_only(formula, fixed_utilities), defaults).outcome
    coded, labels, values = code_outcomes(tree, names, columns, outcomes)
    utilities = [f"u{player}({labels[place]})" for player, place in tree.utilities]
    scales = () if scale is None else read_parts(scale)
    fixed = [0.0] * (len(utilities) + len(scales))
    if fixed_utilities is None:
        read = read_formula(_renamed(formula, defaults, utilities), utilities)
    else:
        scales = scales or ("1",)
        given = [float(value) for value in fixed_utilities]
        if len(given) != len(utilities):
            msg = f"fixed_utilities has {len(given)} values; it must have {len(utilities)}: {', '.join(utilities)}"
            raise InputError(msg)
        read, fixed = Formula(names, ("0",) * len(utilities)), [*given, *[0.0] * len(scales)]
    choice = TreeChoice(tree, link, error, len(scales))
    shared_scale = [f"log({'lambda' if link == 'logit' else 'sigma'})"]
    scale_labels = shared_scale if len(scales) == 1 else [f"{shared_scale[0][:-1]}{k + 1})" for k in range(len(scales))]
    texts = dict(zip([*utilities, *scale_labels], [*read.parts, *scales], strict=True))
    used = _usable(texts, columns, coded != NOT_KNOWN, names, missing)
    parts, designs = _build(texts, columns.kept(used))
    check_outcomes(coded[used], labels)
    if fixed_utilities is None:
        check_shared(tree, parts, labels)
        check_scales(parts[len(utilities) :])
    check_designs(parts, designs)
    game = TreeGame(choice, coded[used], labels, names, values)
    return StrategicModel(game, replace(read, parts=tuple(texts.values())), parts, designs, tuple(fixed), columns, used)


def egame12(formula: str | Mapping[str, str], *, data: Frame, **options: Unpack[Options]) -> StrategicModel:
    """Two players, three outcomes: u1(status quo) | u1(concession) | u1(war) | u2(war). As `strategic_model`."""
    return strategic_model(EGAME12, formula, data=data, **options)


def egame122(formula: str | Mapping[str, str], *, data: Frame, **options: Unpack[Options]) -> StrategicModel:
    """Two players, four outcomes: u1 of LL, LR, RL, RR | u2 of LR, RR. As `strategic_model`."""
    return strategic_model(EGAME122, formula, data=data, **options)


def egame123(formula: str | Mapping[str, str], *, data: Frame, **options: Unpack[Options]) -> StrategicModel:
    """Three players, four outcomes: four parts u1 | three parts u2 | u3. As `strategic_model`."""
    return strategic_model(EGAME123, formula, data=data, **options)


def crisis(formula: str | Mapping[str, str], *, data: Frame, **options: Unpack[Options]) -> StrategicModel:
    """Challenger, target, guarantor: five parts u1 | three parts u2 | u3(war joined). As `strategic_model`.

    Challenge, resist, attack, join: the tree of `foedus.equations.crisis` without limited force. The challenger
    moves twice, so only agent error is defined.
    """
    return strategic_model(CRISIS, formula, data=data, **options)


def ultimatum(
    formula: str,
    *,
    data: Frame,
    maximum: float,
    offers_only: bool = False,
    s1: float | None = None,
    s2: float | None = None,
    missing: MissingRule = "drop",
) -> StrategicModel:
    """Return the ultimatum game, ready to fit: `offer + accept ~ R1 | R2` (Ramsay and Signorino 2009).

    maximum       the prize: the largest offer possible
    offers_only   leave acceptance out of the likelihood; then it need not be named
    s1, s2        scales of the players' disturbances, when they are fixed

    Other arguments and errors as in `strategic_model`.
    """
    columns = read_columns(data)
    _check_form(formula)
    read = read_formula(formula, INDICES[:2])
    columns.require(read.outcome, "outcome: ")
    if len(read.outcome) > 2 or (len(read.outcome) == 1 and not offers_only):
        msg = f'the outcome is "{" + ".join(read.outcome)}"; it must be offer + acceptance, or offers_only=True'
        raise InputError(msg)
    for name, value in (("maximum", maximum), ("s1", s1), ("s2", s2)):
        if value is not None and not (np.isfinite(value) and value > 0):
            msg = f"{name} is {value}; it must be a positive number"
            raise InputError(msg)
    texts = dict(zip(INDICES, (*read.parts, "0" if s1 else "1", "0" if s2 else "1"), strict=True))
    names = read.outcome[:1] if offers_only else read.outcome
    known = ~np.any(list(columns.missing(names).values()), axis=0)
    used = _usable(texts, columns, known, names, missing)
    kept = columns.kept(used)
    offer = _within(kept, names[0], maximum)
    accepted = None if offers_only else _zero_or_one(kept, names[1])
    parts, designs = _build(texts, kept)
    check_designs(parts, designs)
    fixed = (0.0, 0.0, float(np.log(s1)) if s1 else 0.0, float(np.log(s2)) if s2 else 0.0)
    game = OfferGame(Offers(offer, accepted, maximum), names)
    return StrategicModel(game, read, parts, designs, fixed, columns, used)


def _outcome_only(formula: str | Mapping[str, str], fixed: Sequence[float] | None) -> Mapping[str, str]:
    """Return the left side alone; the right side is read once outcomes have their labels."""
    _check_form(formula)
    if not isinstance(formula, str):
        return {"outcome": formula["outcome"]} if "outcome" in formula else formula
    if "~" not in formula and fixed is None:
        msg = f'formula "{formula}" has no "~" between what happened and its regressors'
        raise InputError(msg)
    return {"outcome": formula.split("~")[0]}


def _check_form(formula: object) -> None:
    """Raise InputError, with what to write, for a formula that is neither text nor a mapping, such as R's list."""
    if isinstance(formula, str | Mapping):
        return
    msg = (
        f'formula is a {type(formula).__name__}; write one text, "y ~ x | 0 | z | w", a part for each utility, or a '
        'mapping {"outcome": "y", "u1(war)": "z", ...}'
    )
    raise InputError(msg)


def _renamed(formula: str | Mapping[str, str], given: Sequence[str], labels: Sequence[str]) -> str | Mapping[str, str]:
    """Let a mapping use the tree's own names for utilities beside the labels of the data."""
    if isinstance(formula, str):
        return formula
    known = dict(zip(given, labels, strict=True))
    return {known.get(label, label): part for label, part in formula.items()}


def _usable(
    texts: Mapping[str, str], data: Columns, known: NDArray[np.bool_], names: Sequence[str], missing: MissingRule
) -> NDArray[np.bool_]:
    if missing not in MISSING_RULES:
        raise UnknownName("rule for missing values", missing, MISSING_RULES)
    columns = list(dict.fromkeys(name for label, text in texts.items() for name in columns_used(text, data, label)))
    used = known.copy()
    for gap in data.missing(columns).values():
        used &= ~gap
    if missing == "error" and not used.all():
        row = int(np.argmin(used))
        gaps = [name for name, gap in data.missing(columns).items() if gap[row]] or list(names)
        msg = (
            f"{int((~used).sum())} rows have missing values, first row {row}: {', '.join(gaps)}; "
            'missing="drop" leaves them out'
        )
        raise InputError(msg)
    if not used.any():
        msg = f"no row is complete: every one of {data.rows} lacks one of {', '.join([*names, *columns])}"
        raise InputError(msg)
    return used


def _build(texts: Mapping[str, str], data: Columns) -> tuple[tuple[Part, ...], tuple[Floats, ...]]:
    built = [build_part(label, text, data) for label, text in texts.items()]
    return tuple(part for part, _ in built), tuple(design for _, design in built)


def _within(data: Columns, name: str, maximum: float) -> Floats:
    column = data[name]
    if column.dtype == object or not ((column >= 0) & (column <= maximum)).all():
        found = "text" if column.dtype == object else f"from {column.min():g} to {column.max():g}"
        msg = f'offer "{name}" is {found}; it must be a number from 0 to maximum={maximum:g}'
        raise InputError(msg)
    return np.asarray(column, dtype=np.float64)


def _zero_or_one(data: Columns, name: str) -> Floats:
    column = data[name]
    if column.dtype == object or not np.isin(column, (0.0, 1.0)).all():
        found = ", ".join(sorted({str(value) for value in column.tolist()})[:6])
        msg = f'acceptance "{name}" must be 0 or 1; it has {found}'
        raise InputError(msg)
    return np.asarray(column, dtype=np.float64)
