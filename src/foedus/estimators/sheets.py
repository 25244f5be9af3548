"""Tables of coefficients as text, Markdown, LaTeX (booktabs) or HTML, from blocks of lines."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal, TypeAlias

from foedus.errors import UnknownName

Form = Literal["text", "markdown", "latex", "html"]
FORMS = ("text", "markdown", "latex", "html")
WIDE = 80
LATEX = str.maketrans({"_": r"\_", "~": r"$\sim$", "%": r"\%", "&": r"\&", "#": r"\#", "^": r"\^{}", "$": r"\$"})
Line: TypeAlias = tuple[str, list[str]]
"""A name and one cell a column; a line without a name belongs to the one above it."""
Blocks: TypeAlias = Sequence[tuple[str, list[Line]]]
"""Lines under a head; the last block holds what is said of whole columns."""


def rendered(titles: Sequence[str], body: Blocks, form: Form) -> str:
    """Return the table in one form. Raises UnknownName for another form."""
    if form not in FORMS:
        raise UnknownName("form", form, FORMS)
    made = {"text": _text, "markdown": _markdown, "latex": _latex, "html": _html}
    return made[form](list(titles), body)


def _text(titles: list[str], body: Blocks) -> str:
    label = max(len(name) + 2 for _, lines in body for name, _ in lines)
    cell = max(10, *(len(title) + 2 for title in titles))
    label = min(max(label, 16), max(16, WIDE - cell * len(titles)))
    out = [" " * label + "".join(f"{title:>{cell}}" for title in titles)]
    for head, lines in body:
        out.append(head)
        for name, cells in lines:
            shown = f"  {name}" if len(name) + 2 <= label else f"  {name[: label - 4]}…"
            out.append((f"{shown:{label}}" + "".join(f"{text:>{cell}}" for text in cells)).rstrip())
    return "\n".join(out)


def _markdown(titles: list[str], body: Blocks) -> str:
    out = [f"| | {' | '.join(titles)} |", f"|---|{'---:|' * len(titles)}"]
    for head, lines in body:
        if head:
            out.append(f"| **{head}** |{' |' * len(titles)}")
        for (name, cells), below in _paired(lines):
            joined = [f"{top} {bottom}".strip() for top, bottom in zip(cells, below, strict=True)]
            out.append(f"| {name} | {' | '.join(joined)} |")
    return "\n".join(out)


def _latex(titles: list[str], body: Blocks) -> str:
    out = [
        rf"\begin{{tabular}}{{l{'r' * len(titles)}}}",
        r"\toprule",
        " & ".join(["", *(title.translate(LATEX) for title in titles)]) + r" \\",
    ]
    for head, lines in body:
        out.append(r"\midrule")
        if head:
            out.append(rf"\multicolumn{{{len(titles) + 1}}}{{l}}{{{head.translate(LATEX)}}} \\")
        for name, cells in lines:
            shown = [f"${text}$" if text.startswith("-") else text for text in cells]
            out.append(" & ".join([rf"\quad {name.translate(LATEX)}" if name else "", *shown]) + r" \\")
    return "\n".join([*out, r"\bottomrule", r"\end{tabular}"])


def _html(titles: list[str], body: Blocks) -> str:
    def row(cells: Sequence[str], tag: str = "td") -> str:
        first = f'<th scope="row">{cells[0]}</th>' if tag == "td" else f"<th>{cells[0]}</th>"
        return "<tr>" + first + "".join(f'<{tag} style="text-align:right">{c}</{tag}>' for c in cells[1:]) + "</tr>"

    out = ["<table>", "<thead>", row(["", *map(escape, titles)], "th"), "</thead>", "<tbody>"]
    for head, lines in body:
        if head:
            out.append(f'<tr><th colspan="{len(titles) + 1}" style="text-align:left">{escape(head)}</th></tr>')
        for (name, cells), below in _paired(lines):
            joined = [
                escape(top) + (f"<br>{escape(low)}" if low else "") for top, low in zip(cells, below, strict=True)
            ]
            out.append(row([escape(name), *joined]))
    return "\n".join([*out, "</tbody>", "</table>"])


def _paired(lines: list[Line]) -> list[tuple[Line, list[str]]]:
    """Put each line beside the bracketed line under it, if there is one."""
    pairs = []
    for place, (name, cells) in enumerate(lines):
        if name:
            under = lines[place + 1][1] if place + 1 < len(lines) and not lines[place + 1][0] else [""] * len(cells)
            pairs.append(((name, cells), under))
    return pairs
