"""Order: how power is spread in a region (eq. 39, R24). Outcome only; nothing feeds back."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number


def power_shares(power: Number) -> Number:
    """Shares of power over the first axis; they sum to one."""
    power = np.asarray(power)
    return power / np.maximum(power.sum(axis=0), 1e-12)


def effective_powers(share: Number) -> Number:
    """Effective number of powers: one over the sum of squared shares (Laakso and Taagepera 1979)."""
    return 1.0 / np.maximum((np.asarray(share) ** 2).sum(axis=0), 1e-12)


def concentration(share: Number) -> Number:
    """Concentration of capabilities, 0 even to 1 one power (Singer, Bremer and Stuckey 1972)."""
    share = np.asarray(share)
    count = share.shape[0]
    if count < 2:
        return np.ones(share.shape[1:])
    spread = np.maximum((share**2).sum(axis=0) - 1.0 / count, 0.0)
    return np.sqrt(spread / (1.0 - 1.0 / count))


def lead_of_first(share: Number) -> Number:
    """How much larger the largest power is than the second."""
    ordered = np.sort(np.asarray(share), axis=0)
    second = ordered[-2] if len(ordered) > 1 else 0.0
    return ordered[-1] / np.maximum(second, 1e-12)
