"""Options that would be ignored beside others are refused: what a command is asked, it does or says why not."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.errors import InputError
from foedus.given import repeated


def once(words: Sequence[str]) -> None:
    """Raise InputError for a word that stands twice in a list, in whatever case."""
    if twice := repeated([word.casefold() for word in words]):
        msg = f"{next(word for word in words if word.casefold() == twice)} is given twice. Give it once"
        raise InputError(msg)


def not_with(what: str, **options: object) -> None:
    """Raise InputError where one of `options` is given beside `what`, with which it would change nothing.

    what     the other option, or what is read, in words: "--list", "run folders, which are read back"
    options  values by name; None, an empty text or list, and False were not given
    """
    for name, value in options.items():
        if value is not None and value is not False and value not in ("", [], ()):
            msg = f"--{name.replace('_', '-')}: does not apply with {what}. Leave it out"
            raise InputError(msg)
