"""The model's equations: pure functions on floats or arrays, one file a mechanism.

Every function broadcasts its arguments, holds no state, draws no luck and does no input or output, so it can be
called in a notebook with plain numbers, plotted, and replaced. Numbers in docstrings (eq. 16) are those of
docs/equations.md.
"""
