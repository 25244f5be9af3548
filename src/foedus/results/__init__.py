"""Results: a run read back and summed up."""

from foedus.results.correlation import Driver, drivers
from foedus.results.headline import Headline, Range, as_mapping, by_change, headlines, stake_gdp, years_exposed
from foedus.results.rates import Rate, base_rates
from foedus.results.results import Results

__all__ = [
    "Driver",
    "Headline",
    "Range",
    "Rate",
    "Results",
    "as_mapping",
    "base_rates",
    "by_change",
    "drivers",
    "headlines",
    "stake_gdp",
    "years_exposed",
]
