"""Running until headline figures are known well enough: more futures, in whole chunks, until the errors are small."""

from __future__ import annotations

from foedus.errors import InputError


def share_asked(option: str, text: str) -> float:
    """A share given as `5%`, `5 %` or `0.05`; raise InputError for what lies outside 0.1 to 50 per cent."""
    word = text.strip()
    try:
        value = float(word.removesuffix("%"))
    except ValueError:
        msg = f"{option} {text}: is no share. Write 5% or 0.05"
        raise InputError(msg) from None
    if word.endswith("%"):
        value /= 100.0
    if not 0.001 <= value <= 0.5:
        msg = f"{option} {text}: lies outside 0.1% to 50%"
        raise InputError(msg)
    return value
