"""The command `foedus cache`: the runs that briefs keep, their size, and their removal."""

from __future__ import annotations

from foedus.brief.runs import MOST_KEPT, cache_folder, cached, clear_cache
from foedus.cli.console import said
from foedus.cli.output import print_json

MEGABYTE = 1e6


def show_cache(*, clear: bool, as_json: bool) -> None:
    """Print what the cache holds, or remove it and print what that freed."""
    held = cached()
    size = sum(bytes_ for _, bytes_ in held)
    freed = clear_cache() if clear else 0
    if as_json:
        print_json({"folder": str(cache_folder()), "runs": len(held), "bytes": size, "freed": freed})
    elif clear:
        said(f"{cache_folder()}: {len(held)} runs removed, {freed / MEGABYTE:,.1f} MB freed")
    else:
        most = f"at most {MOST_KEPT / MEGABYTE:,.0f} MB are kept, those read last"
        said(f"{cache_folder()}: {len(held)} runs, {size / MEGABYTE:,.1f} MB; {most}. Empty it: foedus cache --clear")
