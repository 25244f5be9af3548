"""Time 1,000 bootstrap fits of the published strategic model of disputes, 1816-1899, beside fits one at a time.

python benchmarks/strategic.py [--json] [--data DIR] [--draws N] [--repeats N]

seconds          median over the repeats: all bootstrap fits together, and their covariance
cpu_seconds      processor time of the same; one thread
seconds_per_fit  seconds over draws
one_seconds      seconds a fit by SciPy's BFGS, one at a time, with the same exact gradient and start (first 50 draws)
ratio            one_seconds over seconds_per_fit
largest_gap      largest difference of a coefficient between the two, in standard errors, over draws where both settle
failed           draws without a strict maximum (an outcome lost, a move separated), left out
fit_seconds      the fit itself, from the table: reading, checks, six starts
log_likelihood   of the fit; published: -286.1237547
process_seconds  median of a whole process that imports, reads the table and fits once; with its processor time
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import minimize

from foedus.estimators import strategic
from foedus.estimators.strategic.estimate import bootstrap_weights, refit

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "tools")]

from places import data_folder
from whole import whole

FORMULA = "esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2"
ALONE = 50
ONE_FIT = f"""
import sys
import polars as pl
from foedus.estimators import strategic
print(strategic.egame12("{FORMULA}", data=pl.read_csv(sys.argv[1], null_values="NA")).fit().log_likelihood)
"""


def one_at_a_time(fit: strategic.StrategicFit, draws: int) -> tuple[float, float]:
    """Return seconds a fit by SciPy, and the largest gap to the fits made together, in standard errors."""
    problem = fit.model.problem
    weights = bootstrap_weights(fit.rows, draws, seed=1)
    together, good = refit(problem, fit.estimates, weights)

    def loss(at: np.ndarray, weight: np.ndarray) -> tuple[float, np.ndarray]:
        jet = problem.jet(at[None, :], 1)
        gradient = np.zeros(problem.size)
        value = np.asarray(jet.value)
        for index, slope in jet.first.items():
            gradient[problem.slices[index]] = (weight * np.asarray(slope)[0]) @ problem.designs[index]
        return -float(weight @ value[0]), -gradient

    errors = np.sqrt(np.diag(fit.covariance))
    gaps = []
    start = time.perf_counter()
    for draw in range(draws):
        alone = minimize(loss, fit.estimates, args=(weights[draw],), jac=True, method="BFGS", options={"gtol": 1e-5})
        if good[draw] and alone.success:
            gaps.append(float(np.abs((alone.x - together[draw]) / errors).max()))
    return (time.perf_counter() - start) / draws, max(gaps)


def measure(data: Path, draws: int, repeats: int) -> dict[str, float]:
    table = pl.read_csv(data / "examples" / "war1800.csv", null_values="NA")
    start = time.perf_counter()
    fit = strategic.egame12(FORMULA, data=table).fit()
    fitted = time.perf_counter() - start
    seconds, busy, failed = [], [], 0
    for _ in range(repeats):
        start, before = time.perf_counter(), time.process_time()
        failed = fit.bootstrap(draws, seed=1).failed
        seconds.append(time.perf_counter() - start)
        busy.append(time.process_time() - before)
    median = statistics.median(seconds)
    alone, gap = one_at_a_time(fit, min(ALONE, draws))
    return {
        **whole(["-c", ONE_FIT, str(data / "examples" / "war1800.csv")], repeats),
        "seconds": round(median, 3),
        "seconds_best": round(min(seconds), 3),
        "cpu_seconds": round(statistics.median(busy), 3),
        "seconds_per_fit": round(median / draws, 6),
        "one_seconds": round(alone, 6),
        "ratio": round(alone / (median / draws), 1),
        "largest_gap": round(gap, 6),
        "draws": draws,
        "failed": failed,
        "fit_seconds": round(fitted, 3),
        "log_likelihood": round(fit.log_likelihood, 7),
        "cores": os.cpu_count() or 1,
        "repeats": repeats,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--data", type=Path, default=data_folder())
    asked = parser.parse_args()
    if not (asked.data / "examples" / "war1800.csv").is_file():
        parser.error(f"no examples/war1800.csv in {asked.data}: name the data with --data or FOEDUS_DATA")
    found = measure(asked.data, asked.draws, asked.repeats)
    if asked.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:16} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
