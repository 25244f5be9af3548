"""Foedus: a security order whose guarantor is no longer certain, as software."""

__version__ = "0.1.0"
