"""The page of the gallery, from what tools/gallery.py stored."""

from __future__ import annotations

import re
from textwrap import fill

from foedus.ledger import Ledger
from gallery import Piece, read_gallery

WIDTH = 120


def gallery(_: Ledger) -> str:
    """docs/gallery.md: each scenario with its question, one picture, what a run says, and the command."""
    stored = read_gallery()
    opening = (
        f"Every scenario that ships: its question, one picture, what a run of {stored.futures} futures says, and the "
        "command. Losses are in per cent of GDP a year. In a picture: dot, the mean over futures of the change; thick "
        "bar, half of the futures; thin bar, nine in ten; common random numbers under both sides. A run tells which "
        "policies differ, and on what that rests; it does not predict."
    )
    made = (
        f"Made by `python tools/gallery.py` and `python tools/document.py` from ledger `{stored.ledger}`, facts "
        f"`{stored.facts}`."
    )
    asked = "\n".join(f"- [{piece.title}](#{_anchor(piece.title)}): {piece.question}" for piece in stored.pieces)
    parts = ["# Gallery", fill(opening, WIDTH), asked, fill(made, WIDTH), *map(_piece, stored.pieces)]
    return "\n\n".join(parts) + "\n"


def _anchor(title: str) -> str:
    """The name by which a heading is linked to, on a forge and on the site."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _piece(piece: Piece) -> str:
    stem = piece.file.removesuffix(".toml")
    first, last = piece.years
    return "\n\n".join(
        (
            f"## {piece.title}",
            fill(f"*{piece.question}* {first}-{last}.", WIDTH),
            f"![{piece.title}: change in expected loss by ally](gallery/{stem}.svg)",
            fill(" ".join([*piece.answer, piece.known]).strip(), WIDTH, break_on_hyphens=False),
            f"```sh\nfoedus run {stem}\n```",
        )
    )
