"""Main base areas from which a state's forces start, beside its capital."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from foedus.errors import FactError
from foedus.geo import great_circle
from foedus.world.facttable import Fact


@dataclass(frozen=True)
class BaseArea:
    """A main base area: whose, on whose soil, where in degrees, in use since."""

    holder: str
    name: str
    host: str
    latitude: float
    longitude: float
    since: int

    def km_to(self, latitude: float, longitude: float) -> float:
        """Great-circle km to a place in degrees."""
        return float(great_circle(self.latitude, self.longitude, latitude, longitude))


def bases_of(facts: Iterable[Fact]) -> tuple[BaseArea, ...]:
    """Base areas from rows of bases.csv, by holder and name. Raises FactError for one without both its degrees."""
    found: dict[tuple[str, ...], dict[str, Fact]] = {}
    for fact in facts:
        found.setdefault(fact.key, {})[fact.variable] = fact
    bases = []
    for (holder, name, host), held in sorted(found.items()):
        if len(held) < len(("latitude", "longitude")):
            msg = f"{next(iter(held.values())).where}  {name} of {holder} lacks latitude or longitude. Give both rows."
            raise FactError(msg)
        latitude, longitude = held["latitude"], held["longitude"]
        bases.append(BaseArea(holder, name, host, latitude.value, longitude.value, latitude.year))
    return tuple(bases)


def nearest_base(
    bases: Iterable[BaseArea], holder: str, place: tuple[float, float], closed: Collection[str] = ()
) -> BaseArea | None:
    """The base area of a state nearest to a place in degrees, None when it has none; hosts in `closed` lend none."""
    own = [base for base in bases if base.holder == holder and base.host not in closed]
    return min(own, key=lambda base: base.km_to(*place), default=None)
