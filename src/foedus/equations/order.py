"""Order: how power is spread in a region (eq. 39, R24). Outcome only; nothing feeds back."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Array, Number, Stacked


def power_shares(power: Stacked) -> Number:
    """Shares of power over the first axis; they sum to one.

    power  [K, ...] array or list of powers' capabilities, 0 or more, any unit

    Returns [K, ...]. Unchecked: where all have none the shares are 0; negative power gives negative shares.
    """
    powers: Array = np.asarray(power)
    shares: Array = powers / np.maximum(powers.sum(axis=0), 1e-12)
    return shares


def effective_powers(share: Stacked) -> Number:
    """Effective number of powers, 1 to K: one over the sum of squared shares.

    share  [K, ...] array or list of shares, 0-1, that sum to one

    Returns [...]. Unchecked: shares that do not sum to one give a number out of range, at most 1e12.
    Source: Laakso and Taagepera (1979).
    """
    squared: Array = np.asarray(share) ** 2
    number: Number = 1.0 / np.maximum(squared.sum(axis=0), 1e-12)
    return number


def concentration(share: Stacked) -> Number:
    """Concentration of capabilities, 0 even to 1 one power.

    share  [K, ...] array or list of shares, 0-1, that sum to one; with one power alone the result is 1

    Returns [...]. Unchecked: shares that do not sum to one give a number that can leave 0-1.
    Source: Singer, Bremer and Stuckey (1972).
    """
    held: Array = np.asarray(share)
    count = held.shape[0]
    if count < 2:
        return np.ones(held.shape[1:])
    spread = np.maximum((held**2).sum(axis=0) - 1.0 / count, 0.0)
    concentrated: Number = np.sqrt(spread / (1.0 - 1.0 / count))
    return concentrated


def lead_of_first(share: Stacked) -> Number:
    """How much larger the largest power is than the second, 1 or more.

    share  [K, ...] array or list of shares or capabilities, 0 or more; a second that does not exist counts as none

    Returns [...]. A second below 1e-12 counts as 1e-12, so a lone share of 1 leads by 1e12. Unchecked: negative
    entries count as small powers.
    Source: a plain ratio.
    """
    ordered: Array = np.sort(np.asarray(share), axis=0)
    second = ordered[-2] if len(ordered) > 1 else 0.0
    lead: Number = ordered[-1] / np.maximum(second, 1e-12)
    return lead
