"""What doctrines order allies to spend, and how much of it opinion and debt would not carry."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.names import country
from foedus.results.results import Results
from foedus.words import significant

LEAST_BEYOND = 0.0005
"""Share of GDP below which an order counts as carried."""


def ordered(results: Results, names: Mapping[str, str]) -> list[str]:
    """One sentence on the spending that doctrines order; none where they order none. `names` are states by iso3."""
    allies = [name for name in results.manifest.get("ordered", ()) if name in results.allies]
    if not allies:
        return []
    spent, beyond = results.ally("spending"), results.ally("beyond")
    said = []
    for name in allies:
        row = results.allies.index(name)
        share, past = float(spent[:, row].mean()), float(beyond[:, row].mean())
        carried = "all of it carried" if past < LEAST_BEYOND else f"{significant(100 * past)} beyond what is carried"
        said.append(f"{country(names[name])} {significant(100 * share)} ({carried})")
    told = "Spending ordered by doctrine, and how much of it is beyond what opinion and debt carry, % of GDP "
    return [f"{told}(means over years and futures): {', '.join(said)}."]
