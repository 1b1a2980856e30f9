"""`make run`: everything the product needs, on one machine, until Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from infra import build_web, embedded, programs, watch
from infra.embedded.process import port_is_free

VAR = Path(os.environ.get("MILLWRIGHT_VAR", programs.ROOT / "var")).resolve()
PORT = int(os.environ.get("PUBLIC_PORT", "8000"))
HOST = os.environ.get("HOST", "127.0.0.1")
PG_PORT, VALKEY_PORT = 54329, 63799
SHOWN_SECONDS = 60
MARK = "MILLWRIGHT_RUN"


def secret_key() -> str:
    """A key of this installation's own, made once."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    kept = VAR / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


def figures() -> str:
    """Where the web workers count together, from nothing at every start."""
    kept = VAR / "metrics"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    return str(kept)


@contextmanager
def servers() -> Iterator[embedded.Servers]:
    """Ours, or those that a developer already started on the same data."""
    pg_port, valkey_port = (port if port_is_free(port) else None for port in (PG_PORT, VALKEY_PORT))
    try:
        with embedded.servers(VAR, pg_port, valkey_port) as env:
            yield env
    except embedded.Busy:
        yield embedded.Servers(embedded.read_addresses(VAR))


async def announce(demo: list[str], started: float) -> None:
    until = time.monotonic() + SHOWN_SECONDS
    while not await asyncio.to_thread(programs.ready, PORT):
        if time.monotonic() > until:
            return
        await asyncio.sleep(0.1)
    rule = "─" * 78
    domain = os.environ.get("BASE_DOMAIN", "localhost")
    ready = f"Millwright 匠程 is ready after {time.monotonic() - started:.1f} s:  http://{domain}:{PORT}"
    lines = [rule, ready, *demo, "Ctrl-C stops everything.", rule]
    print("\n".join(lines), flush=True)


async def product(env: embedded.Servers, started: float) -> None:
    """Migrate, fill in the demo companies, and keep the programs running until asked to stop."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, asked.set)
    own = {
        "MILLWRIGHT_VAR": str(VAR),
        "SECRET_KEY": secret_key(),
        "PUBLIC_PORT": str(PORT),
        "PROMETHEUS_MULTIPROC_DIR": figures(),
        MARK: str(VAR),
    }
    everywhere = programs.environment(**env, **own)
    await watch.once("deploy", programs.manage("deploy"), everywhere)
    demo = await watch.once("demo", programs.manage("demo"), everywhere)
    if asked.is_set():
        return
    parts = {"web": programs.web(PORT, HOST), "worker": programs.worker(), "beat": programs.beat()}
    announcement = asyncio.create_task(announce(demo, started))

    def revive() -> None:
        for name in env.revive():
            watch.say("servers", f"{name} had died and runs again")

    await watch.Watch(parts, everywhere).run(asked, revive)
    announcement.cancel()
    print("Stopping …", flush=True)


def clear_programs() -> None:
    """End what an earlier run that was killed has left: its programs carry our mark."""
    left = [process for process in psutil.process_iter() if mark_of(process) == str(VAR)]
    for process in left:
        process.kill()
    psutil.wait_procs(left, timeout=10)


def mark_of(process: psutil.Process) -> str | None:
    try:
        return process.environ().get(MARK)
    except (psutil.Error, OSError):
        return None


def main() -> None:
    started = time.monotonic()
    try:
        with embedded.lock(VAR, "product"):
            clear_programs()
            if not port_is_free(PORT):
                sys.exit(f"Port {PORT} is taken by another program. Use another one: PUBLIC_PORT={PORT + 1} make run")
            build_web.build()
            with servers() as env:
                asyncio.run(product(env, started))
    except embedded.ServerError as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
