"""Foedus: a security order whose guarantor is no longer certain, as software."""
