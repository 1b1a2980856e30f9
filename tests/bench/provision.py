"""From the sign-up request to a workspace that answers, with all tables of the product."""

from __future__ import annotations

import time

from tests.bench import timing
from tests.bench.report import Results, say
from tests.bench.servers import Site, serving

COUNT, BURST = 20, 12
SPARES = "SELECT count(*) FROM public.tenants_spareschema"


def measure(site: Site, results: Results) -> None:
    """With spare schemas ready, as the worker keeps them; then a burst that uses them up faster than they are made."""
    with serving(site, worker=True):
        alone = []
        for number in range(-1, COUNT):
            wait_for_spares(site)
            spent = sign_up(site, f"alone-{number + 1}")
            alone += [spent] if number >= 0 else []
        results |= {"provision_s": timing.middle(alone)}
        wait_for_spares(site)
        burst = [sign_up(site, f"burst-{number}") for number in range(BURST)]
        say(f"{BURST} in a row without a pause: median {timing.middle(burst):.2f} s, slowest {max(burst):.2f} s")


def sign_up(site: Site, slug: str) -> float:
    """Sign up, enter, and read what the workspace is drawn from."""
    started = time.perf_counter()
    founder = site.sign_up(slug)
    described = founder.get("/meta/")
    assert described["company"]["slug"] == slug and described["member"]["is_admin"]
    spent = time.perf_counter() - started
    founder.close()
    return spent


def wait_for_spares(site: Site, seconds: float = 60) -> None:
    """Until no spare is being made any more: the next founder finds the machine as an occasional one does."""
    until = time.monotonic() + seconds
    with site.database() as database:
        while time.monotonic() < until:
            row = database.execute(SPARES).fetchone()
            if row is not None and row[0] == 8:
                return
            time.sleep(0.2)
    raise TimeoutError("The worker did not make new spare schemas.")
