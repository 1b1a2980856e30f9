"""How long it takes, and how often it can be done."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from tests.bench.client import Browser, Failed
from tests.bench.servers import Site

Work = Callable[[Browser, int], None]


def times(work: Callable[[int], None], count: int, warm: int = 5) -> list[float]:
    """Milliseconds of each of `count` runs, after a few that do not count."""
    for number in range(-warm, 0):
        work(number)
    found = []
    for number in range(count):
        started = time.perf_counter()
        work(number)
        found.append((time.perf_counter() - started) * 1000)
    return found


def processor(site: Site, work: Callable[[int], None], count: int) -> str:
    """Milliseconds of processor time that one run costs, and whom."""
    before = site.cpu()
    for number in range(count):
        work(number)
    return ", ".join(f"{name} {(after - before[name]) * 1000 / count:.1f} ms" for name, after in site.cpu().items())


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(len(ordered) * percent / 100) - 1)]


def middle(values: Sequence[float]) -> float:
    return median(values)


def together(browser: Browser, work: Work, clients: int, seconds: float) -> tuple[float, list[str]]:
    """Done per second by several clients at once, each with a connection of its own, and what went wrong."""
    until = time.perf_counter() + seconds

    def client(start: int) -> tuple[int, list[str]]:
        mine, done, wrong = browser.again(), 0, []
        number = start * 1_000_000
        while time.perf_counter() < until:
            try:
                work(mine, number)
                done += 1
            except (Failed, OSError) as error:
                wrong.append(str(error))
            number += 1
        mine.close()
        return done, wrong

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        results = list(pool.map(client, range(clients)))
    spent = time.perf_counter() - started
    return sum(done for done, _ in results) / spent, [text for _, wrong in results for text in wrong]
