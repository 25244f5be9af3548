"""The report: one HTML file without a script or an outside call."""

from foedus.report.report import write

__all__ = ["write"]
