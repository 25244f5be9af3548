"""Parts of hand-written pages that are made by a tool, between two comments."""

from __future__ import annotations

import re

TOOL = "tools/document.py"


def put(text: str, name: str, body: str, file: str, *, option: str = "", stamp: str = "", tool: str = TOOL) -> str:
    """Put a body between the comments that mark its place, in place of what was there.

    text    the page
    name    of the part, as its comments say it
    file    the page's name, for the message
    option  of the tool that makes the part, as its first comment names it
    stamp   what the part was made from, which the first comment says
    tool    that makes the part, as its first comment names it
    Raises ValueError when the comments are not there once each.
    """
    first, last = _place(text, name, file, option, tool)
    return text[:first] + _begin(name, option, stamp, tool) + body + text[last:]


def held(text: str, name: str, file: str, *, option: str = "") -> str:
    """Return what stands between the comments that mark a part. Raises ValueError when they are not there once each."""
    first, last = _place(text, name, file, option)
    return text[text.index("\n", first) + 1 : last]


def _begin(name: str, option: str, stamp: str, tool: str = TOOL) -> str:
    command = f"{tool} {option}".rstrip()
    return f"<!-- {name}: made by {command}{f', {stamp}' if stamp else ''} -->\n"


def _place(text: str, name: str, file: str, option: str, tool: str = TOOL) -> tuple[int, int]:
    """Where the first comment begins, and where the line break before the last one stands."""
    head = re.escape(_begin(name, option, "", tool).removesuffix(" -->\n"))
    found = list(re.finditer(rf"{head}(, [^\n]*)? -->\n", text))
    end = f"\n<!-- end of {name} -->"
    if len(found) != 1 or text.count(end) != 1:
        msg = f"{file}: the marks around its {name} are gone"
        raise ValueError(msg)
    return found[0].start(), text.index(end)
