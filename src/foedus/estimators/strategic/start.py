"""Where maximisation starts: one move after the other from the end of the tree (statistical backward induction).

Bas, Signorino and Walker (2008): the last moves are binary choices; given their fitted chances, so are those before.
Consistent but not efficient, and so a good start for the joint estimate.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.estimators.strategic.choice import TreeChoice
from foedus.estimators.strategic.jets import Floats
from foedus.estimators.strategic.links import Link, find_link
from foedus.estimators.strategic.offers import Offers
from foedus.estimators.strategic.problem import Problem
from foedus.estimators.strategic.trees import Branch, Tree

RIDGE = 1e-2
"""Prior weight, in rows, that keeps a start finite where a move is separated."""


def backward_induction(choice: TreeChoice, problem: Problem, taken: NDArray[np.int8]) -> Floats:
    """Return starting values [k] for a tree; log scales start at 0.

    taken   [move, row]: 1 right, -1 left, 0 the move was not reached
    """
    found = np.zeros(problem.size)
    known = np.zeros(problem.size, bool)
    tree = choice.tree
    for number in reversed(range(len(tree.moves))):
        move, reached = tree.moves[number], taken[number] != 0
        if not reached.any():
            continue
        moves = choice.chances([value[0] for value in problem.indices(found[None, :])])[0]
        design, base = np.zeros((len(reached), problem.size)), np.zeros(len(reached))
        for index, (player, place) in enumerate(tree.utilities):
            if player != move.player:
                continue
            weight = _chance_below(tree, move.right, place, moves) - _chance_below(tree, move.left, place, moves)
            design[:, problem.slices[index]] += weight[:, None] * problem.designs[index]
            base += weight * problem.fixed[index]
        own = ~known & (np.abs(design).sum(axis=0) > 0)
        base = (base + design[:, known] @ found[known]) / np.sqrt(2.0)
        side = (taken[number][reached] == 1).astype(np.float64)
        found[own] = np.sqrt(2.0) * binary_choice(choice.link, design[reached][:, own], side, base[reached])
        known |= own
    return found


def _chance_below(tree: Tree, branch: Branch, place: int, moves: Floats) -> Floats:
    """Chance of an outcome once a branch is reached, [row]."""
    chance = np.zeros(len(moves))
    if place not in tree.reachable(branch):
        return chance
    below = {number for number, move in enumerate(tree.moves) if _inside(tree, branch, move)}
    chance += 1.0
    for number, right in tree.path(place):
        if number in below:
            chance = chance * (moves[:, number] if right else 1.0 - moves[:, number])
    return chance


def _inside(tree: Tree, branch: Branch, move: Branch) -> bool:
    """Whether a move is in a branch: it leads only to outcomes that the branch leads to."""
    return set(tree.reachable(move)) <= set(tree.reachable(branch))


def binary_choice(link: Link, design: Floats, chosen: Floats, base: Floats | float = 0.0, steps: int = 30) -> Floats:
    """Return coefficients [k] of one binary choice, slightly shrunk; `base` is added to the gain."""
    spread = np.sqrt(np.mean(design**2, axis=0))
    scaled = design / np.where(spread > 0, spread, 1.0)
    found = np.zeros(design.shape[1])
    side = 2.0 * chosen - 1.0
    for _ in range(steps):
        _, slope, curvature = link.log_chance(side * (scaled @ found + base))
        gradient = scaled.T @ (slope * side) - RIDGE * found
        information = -(scaled.T * curvature) @ scaled + RIDGE * np.eye(len(found))
        step = np.linalg.solve(information, gradient)
        step *= min(1.0, 3.0 / max(float(np.abs(step).max(initial=0.0)), 1e-300))
        found = found + step
        if np.abs(step).max(initial=0.0) < 1e-8:
            break
    result: Floats = found / np.where(spread > 0, spread, 1.0)
    return result


def offer_starts(offers: Offers, problem: Problem) -> Floats:
    """Return starting values [start, k] for the ultimatum game.

    Acceptance gives R2 and s2 by a logit; offers give R1 by least squares, and s1 from what is left. Where s2 is fixed
    far from what acceptance says, offers above such an R2 would have chances too small for a double; so R2 also starts
    from the middle of the offers and from the greatest of them.
    """
    other = problem.designs[1]
    answers = offers.accepted if offers.accepted is not None else (offers.offer >= offers.offer.mean()).astype(float)
    fitted = binary_choice(find_link("logit"), np.column_stack([offers.offer, other]), answers)
    steep = max(float(fitted[0]), 1.0 / max(offers.maximum, 1e-9))
    base = np.log(max(float(np.std(offers.offer)), 1e-3))
    starts = []
    for log_s2 in (-np.log(steep), base) if problem.designs[3].shape[1] else (problem.fixed[3],):
        s2 = np.exp(log_s2)
        reserves = [-fitted[1:] / steep, *(_level(other, level) for level in _levels(offers))]
        starts += [_offer_start(offers, problem, reserve, s2, base) for reserve in reserves]
    return np.concatenate(starts)


def _levels(offers: Offers) -> tuple[float, float]:
    """Return the middle of the offers and the greatest of them: above the second nothing can overflow."""
    return float(np.median(offers.offer)), float(offers.offer.max())


def _level(design: Floats, value: float) -> Floats:
    """Return coefficients [k] under which an index is nearest to one value in every row."""
    nearest: Floats = np.linalg.lstsq(design, np.full(len(design), value), rcond=None)[0]
    return nearest


def _offer_start(offers: Offers, problem: Problem, reserve: Floats, s2: float, base: float) -> Floats:
    """Return starts [start, k] given R2 and s2: R1 by least squares, s1 from what is left or as the offers spread."""
    own, other = problem.designs[0], problem.designs[1]
    raised = np.exp(np.clip((offers.offer - other @ reserve) / s2, -30, 5))
    slack = offers.maximum - offers.offer - s2 * (1.0 + raised)
    mine = np.linalg.lstsq(own, slack, rcond=None)[0]
    left = float(np.std(slack - own @ mine)) * np.sqrt(3.0) / np.pi
    found = []
    for log_s1 in (np.log(max(left, 1e-3)), base)[: 2 if problem.designs[2].shape[1] else 1]:
        free = [value for value, d in ((log_s1, problem.designs[2]), (np.log(s2), problem.designs[3])) if d.shape[1]]
        found.append(np.concatenate([mine, reserve, free]))
    return np.array(found)
