"""Replacement: what it would cost to do without the guarantor, who would pay, and when it could be done."""
