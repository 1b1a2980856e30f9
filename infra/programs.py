"""The programs that make up the running product, as `make run`, the image and the bench start them.

In the image: `python -m infra.programs web|worker|beat`, or any command of manage.py.
"""

from __future__ import annotations

import os
import sys
import tempfile
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
# `make run` may be started by root on a machine of one's own; jobs carry JSON, which is what the warning is about.
EXPECTED_WARNING = "ignore:You're running the worker with superuser privileges"
WEB_WORKERS = 2
WEB_THREADS = 4
JOB_PROCESSES = 2


def web(port: int, host: str = "127.0.0.1", workers: int = WEB_WORKERS) -> list[str]:
    """The web server. Threads idle as long as it allows: each keeps a database connection that is dear to make."""
    size = ["--workers", str(workers), "--blocking-threads", str(WEB_THREADS), "--blocking-threads-idle-timeout", "600"]
    safety = ["--respawn-failed-workers", "--workers-kill-timeout", "20", "--no-ws"]
    return [str(BIN / "granian"), "--interface", "wsgi", "--host", host, "--port", str(port), *size, *safety, "config.wsgi:application"]


def worker() -> list[str]:
    """The background worker."""
    quiet = ["--without-gossip", "--without-mingle", "-l", "warning"]
    return [*celery(), "worker", "--pool", "prefork", "--concurrency", str(JOB_PROCESSES), *quiet]


def beat() -> list[str]:
    """The scheduler; its timetable is in the database."""
    return [*celery(), "beat", "--pidfile", "", "-l", "warning"]


def celery() -> list[str]:
    return [str(BIN / "celery"), "--quiet", "-A", "config.celery:app"]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def environment(**more: str) -> dict[str, str]:
    """What every program of the product needs to find the code."""
    roots = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "DJANGO_SETTINGS_MODULE": "config.settings"}
    return os.environ | roots | {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": EXPECTED_WARNING} | more


def ready(port: int) -> bool:
    """Whether the web server on this machine says that it is ready."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def main() -> None:
    """Become one of the programs."""
    listen = int(os.environ.get("PORT", "8000")), os.environ.get("HOST", "127.0.0.1")
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="millwright-metrics-"))
    own = {"web": lambda: web(*listen), "worker": worker, "beat": beat}
    command = own[sys.argv[1]]() if sys.argv[1] in own else manage(*sys.argv[1:])
    os.execve(command[0], command, environment())  # noqa: S606 - it is to become this process


if __name__ == "__main__":
    main()
