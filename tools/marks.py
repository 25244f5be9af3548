"""Parts of hand-written pages that are made by a tool, between two comments."""

from __future__ import annotations


def put(text: str, name: str, body: str, file: str) -> str:
    """Put a body between the comments that mark its place, in place of what was there.

    text   the page
    name   of the part, as its comments say it
    file   the page's name, for the message
    Raises ValueError when the comments are not there once each.
    """
    begin, end = f"<!-- {name}: made by tools/document.py -->\n", f"\n<!-- end of {name} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        msg = f"{file}: the marks around its {name} are gone"
        raise ValueError(msg)
    return text[: text.index(begin) + len(begin)] + body + text[text.index(end) :]
