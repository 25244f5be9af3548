"""How fast the workbench answers: first paint, lever to picture, and many clients at once; loopback only.

    python benchmarks/page.py                      the browser: first paint, lever to first picture, settled
    python benchmarks/page.py --clients 20 --seconds 120   clients that move levers, without a browser

Prints load of the machine beside every figure: on a machine that is busy the figures are those of the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MOVES = 20
SETTLED = 3
SAMPLES = 6
"""How often memory is looked at while clients ask."""


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """Address and process id of a workbench."""
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        port = ours.getsockname()[1]
    command = [sys.executable, "-c", "from foedus.cli import main; main()", "app", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while '"ok"' not in _got(f"{address}/api/health"):
            time.sleep(0.2)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _got(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def spread(values: list[float]) -> str:
    """Median and 95th per cent of seconds."""
    if not values:
        return "none"
    ordered = sorted(values)
    return f"median {statistics.median(ordered):.3f} s, p95 {ordered[int(0.95 * (len(ordered) - 1))]:.3f} s"


def in_browser(address: str) -> None:
    """First paint; then levers moved one after the other, each until the first picture has changed."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(300_000)
        page.goto(address)
        page.locator("#status[data-state=settled]").wait_for()
        page.goto("about:blank")
        page.goto(address, wait_until="commit")
        drawn = page.evaluate(DRAWN) / 1000
        page.locator("#status[data-state=settled]").wait_for()
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000")
        print(f"first paint {paint:.3f} s, every picture {drawn:.3f} s; load of the machine {os.getloadavg()[0]:.1f}")
        first, settled = [], []
        for move in range(MOVES):
            found = page.evaluate(MOVE, 10 + 7 * move % 180)
            first.append(found / 1000)
            if move < SETTLED:
                start = time.perf_counter()
                page.locator("#status[data-state=settled]").wait_for()
                settled.append(first[-1] + time.perf_counter() - start)
        print(f"lever to first changed picture: {spread(first)}, of {len(first)}; load {os.getloadavg()[0]:.1f}")
        print(f"lever to settled at 1,000 futures: {spread(settled)}, of {len(settled)}")
        browser.close()


DRAWN = """() => new Promise((done) => {
  const look = () => {
    const empty = [...document.querySelectorAll("#answer .draw")].some((place) => !place.querySelector("svg"));
    if (empty || !document.querySelector("#strip .draw")) requestAnimationFrame(look);
    else done(performance.now());
  };
  look();
})"""

MOVE = """(level) => new Promise((done) => {
  const lever = document.getElementById("lever-troops");
  const begun = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => done(performance.now() - begun));
  });
  seen.observe(document.querySelector("#first .draw"), { subtree: true, childList: true, attributes: true });
  lever.value = level;
  lever.dispatchEvent(new Event("input", { bubbles: true }));
  lever.dispatchEvent(new Event("change", { bubbles: true }));
})"""


def many(address: str, pid: int, clients: int, seconds: float) -> None:
    """Clients that each ask, wait for the first answer, and ask something else."""
    until = time.monotonic() + seconds
    first: list[float] = []
    told: dict[str, int] = {}
    held = [memory(pid)]

    def client(name: int) -> None:
        number = 0
        while time.monotonic() < until:
            number += 1
            level = ((name * 37 + number * 13) % 200) / 100
            body = {
                "client": f"bench{name}", "number": number, "pictures": [{"kind": "risks"}],
                "document": {"posture": {"troops": {"2026": 1.0, "2030": level}}, "against": "steady"},
            }  # fmt: skip
            start = time.perf_counter()
            try:
                for kind in kinds(f"{address}/api/answers", body):
                    told[kind] = told.get(kind, 0) + 1
                    if kind == "answer":
                        first.append(time.perf_counter() - start)
                        break
            except OSError as error:
                told[type(error).__name__] = told.get(type(error).__name__, 0) + 1

    crew = [threading.Thread(target=client, args=(name,)) for name in range(clients)]
    for one in crew:
        one.start()
    for _ in range(SAMPLES):
        time.sleep(seconds / SAMPLES)
        held.append(memory(pid))
    for one in crew:
        one.join()
    print(f"{clients} clients, {seconds:g} s: {told}; load {os.getloadavg()[0]:.1f}")
    print(f"question to first answer: {spread(first)}, of {len(first)}")
    told_of = ", ".join(str(one) for one in held[1:])
    print(f"memory of server and workers: {held[0]} MB before, then {told_of} MB; {_got(f'{address}/api/health')}")


def kinds(address: str, body: dict[str, Any]) -> Iterator[str]:
    """Kinds of the events of an answer, as they come."""
    asked = urllib.request.Request(address, json.dumps(body).encode(), {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(asked, timeout=300) as answer:
            for line in answer:
                if line.startswith(b"event: "):
                    yield line[7:].decode().strip()
    except urllib.error.HTTPError as error:
        yield f"status {error.code}"


def memory(pid: int) -> int:
    """Resident megabytes of a process and all below it."""
    below: dict[int, list[int]] = {}
    size: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(path.parent.name))
        size[int(path.parent.name)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE") >> 20
    found, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        found += size.get(one, 0)
        waiting += below.get(one, [])
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=120.0)
    given = parser.parse_args()
    with served() as (found, process):
        if given.clients:
            many(found, process, given.clients, given.seconds)
        else:
            in_browser(found)
