"""Options that would be ignored beside others are refused: what a command is asked, it does or says why not."""

from __future__ import annotations

from foedus.errors import InputError


def not_with(what: str, **options: object) -> None:
    """Raise InputError where one of `options` is given beside `what`, with which it would change nothing.

    what     the other option, or what is read, in words: "--list", "run folders, which are read back"
    options  values by name; None, an empty text or list, and False were not given
    """
    for name, value in options.items():
        if value is not None and value is not False and value not in ("", [], ()):
            msg = f"--{name.replace('_', '-')}: does not apply with {what}. Leave it out"
            raise InputError(msg)
