"""The product as `make run` starts it, on the data of this test run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra import build_web, programs
from infra.embedded.process import free_port
from tenants.models import Tenant
from tests.faults.programs import started, wait_for, worker


@dataclass
class Site:
    """Where the running product is found, and what its programs have written."""

    port: int
    web_log: Path
    worker_log: Path

    def address(self, company: Tenant | str = "") -> str:
        slug = company if isinstance(company, str) else company.slug
        return f"http://{f'{slug}.' if slug else ''}localhost:{self.port}"

    def mailed(self, company: Tenant, path: str) -> str:
        """A link that the worker has mailed: by default mails go to its console."""
        pattern = re.compile(rf"{re.escape(self.address(company))}{path}\S+")
        wait_for(lambda: pattern.search(self.worker_log.read_text()), f"a mail with a link to {path}")
        return pattern.findall(self.worker_log.read_text())[-1]


@contextmanager
def serving(logs: Path) -> Iterator[Site]:
    """Web server and worker with the client of this very source; gone afterwards, come what may."""
    build_web.build()
    site = Site(free_port(), logs / "web.log", logs / "worker.log")
    with started(programs.web(site.port), site.web_log, PUBLIC_PORT=str(site.port), RATE_LIMITS="0"), worker(site.worker_log):
        wait_for(lambda: programs.ready(site.port), f"the web server (see {site.web_log})")
        yield site
