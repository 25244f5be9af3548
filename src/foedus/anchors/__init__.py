"""Anchors: what markets, crowds and experts say, beside what the model gives for the same event and window.

Nothing is fitted to them. The room lies below everything that fits or runs, so that none of it can import them, and a
test reads every other room for the table's name.
"""

from foedus.anchors.anchor import Anchor, anchors
from foedus.anchors.compare import Comparison, Verdict, compared

__all__ = ["Anchor", "Comparison", "Verdict", "anchors", "compared"]
