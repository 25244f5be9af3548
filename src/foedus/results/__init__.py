"""Results: a run read back and summed up."""

from foedus.results.results import Results
from foedus.results.summary import Headline, Range, Rate, base_rates, drivers, headlines

__all__ = ["Headline", "Range", "Rate", "Results", "base_rates", "drivers", "headlines"]
