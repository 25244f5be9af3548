"""Domains in running text."""

from __future__ import annotations

DOMAIN_WORDS = {
    "land": "land forces",
    "air": "air and missile forces",
    "maritime": "sea forces",
    "c4isr": "intelligence and command",
}
"""Domains in words."""
