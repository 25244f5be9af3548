"""The published examples, and synthetic tables, for the tests of strategic models."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

WAR = "esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2"
LEBLANG = (
    "outcome ~ capcont + lreserves + overval + creditgrow + USinterest + service + contagion + prioratt - 1 | 1 | 1 | "
    "unifgov + lexports + preelec + postelec + rightgov + realinterest + capcont + lreserves"
)
ATTACKS = ("no attack", "devaluation", "defense")
FOUR = "y ~ x1 + x2 | x3 + f1 | 0 | x4 + x5 | z1 + z2 | z3 + f2"
CORNERS = ("LL", "LR", "RL", "RR")
THREE = "y ~ x1 + x2 | 0 | x3 | x4 + x5 | 0 | x6 | x7 | x8"
OFFERS = "offer + accept ~ x1 + x2 + x3 + x4 + w1 + w2 | z1 + z2 + z3 + z4 + w1 + w2"


def example(data: Path, name: str) -> pl.DataFrame:
    return pl.read_csv(data / "examples" / f"{name}.csv", null_values="NA")


def small_table(rows: int = 300, seed: int = 3) -> pl.DataFrame:
    """Three regressors, a factor, a cluster and arbitrary moves."""
    random = np.random.default_rng(seed)
    columns = {name: random.standard_normal(rows) for name in ("x", "z", "w")}
    moves = {f"a{k}": random.integers(0, 2, rows).astype(float) for k in (1, 2, 3, 4)}
    return pl.DataFrame(
        {**columns, **moves, "kind": random.choice(["a", "b", "c"], rows), "pair": random.integers(0, 40, rows)}
    )
