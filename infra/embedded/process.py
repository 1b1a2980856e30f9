"""Starting server processes that cannot outlive us, and clearing away those that did."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from infra.embedded.account import Account

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
LOG_LIMIT = 10_000_000


class ServerError(RuntimeError):
    """A server did not start or stop; the sentence says where to look."""


def die_with_parent() -> None:
    """Runs in the child: ask the kernel to end it when its parent is killed. Elsewhere than Linux leftovers are found at the next start."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def spawn(command: Sequence[str | Path], who: Account, log: Path, cwd: Path) -> subprocess.Popen[bytes]:
    """A server as our direct child, in a session of its own so that Ctrl-C reaches it only through us."""
    log.parent.mkdir(parents=True, exist_ok=True)
    fresh = not log.exists() or log.stat().st_size > LOG_LIMIT
    with log.open("wb" if fresh else "ab") as out:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - it only makes one system call
            **who.popen,
        )


def wait_ready(process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > until:
            tail = log.read_text(errors="replace")[-2000:]
            raise ServerError(f"{log.stem} did not start. Its log {log} ends:\n{tail}")
        time.sleep(0.03)


def stop(process: subprocess.Popen[bytes], gentle: signal.Signals, hard: signal.Signals) -> None:
    for sign, seconds in ((gentle, 30), (hard, 10), (signal.SIGKILL, 5)):
        if process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def living_in(directory: Path) -> list[psutil.Process]:
    """Processes that work in a data directory: servers of a supervisor that was killed."""
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()) == directory.resolve():
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def clear_leftovers(directory: Path, gentle: signal.Signals, hard: signal.Signals, seconds: float = 20) -> None:
    """Stop what a killed supervisor left running in this directory and wait until the last of it is gone."""
    for sign in (gentle, hard):
        if not (left := living_in(directory)):
            return
        for process in left:
            with suppress(psutil.NoSuchProcess):  # PostgreSQL's own workers come and go
                process.send_signal(sign)
        psutil.wait_procs(left, timeout=seconds)
    if left := living_in(directory):
        raise ServerError(f"Process {left[0].pid} still works in {directory}. End it, then start again.")
