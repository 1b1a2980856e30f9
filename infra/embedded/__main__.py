"""Command line: `python -m infra.embedded run|start|stop|status|forget|exec --var DIR`."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

from infra import embedded

ROOT = Path(__file__).resolve().parents[2]


def run(options: argparse.Namespace) -> int:
    """In the foreground until Ctrl-C."""
    asked = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: asked.set())
    with embedded.servers(options.var, options.pg_port, options.valkey_port) as env:
        show(env)
        while not asked.wait(1):
            for name in env.revive():
                print(f"{name} had died and runs again.", flush=True)
    return 0


def start(options: argparse.Namespace) -> int:
    """In the background, returning when they answer."""
    if supervisor(options.var):
        return status(options)
    ports = [f"--{name}={port}" for name, port in (("pg-port", options.pg_port), ("valkey-port", options.valkey_port)) if port]
    log = options.var / "log/servers.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "infra.embedded", "run", "--var", str(options.var.resolve()), *ports]
    with log.open("ab") as out:
        child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)
    while not (options.var / "servers.env").exists():
        if child.poll() is not None:
            print(f"The servers did not start; {log} ends:\n{log.read_text()[-2000:]}", file=sys.stderr)
            return 1
        time.sleep(0.1)
    return status(options)


def stop(options: argparse.Namespace) -> int:
    if found := supervisor(options.var):
        found.send_signal(signal.SIGTERM)
        found.wait(60)
    print("Stopped.")
    return 0


def status(options: argparse.Namespace) -> int:
    if not supervisor(options.var):
        print("Not running.")
        return 3
    show(embedded.read_addresses(options.var))
    return 0


def forget(options: argparse.Namespace) -> int:
    embedded.forget(options.var)
    print(f"Everything in {options.var} is deleted.")
    return 0


def execute(options: argparse.Namespace) -> int:
    """Run a command against the servers, starting them for its duration when they do not run."""
    if supervisor(options.var):
        return subprocess.run(options.command, env=os.environ | embedded.read_addresses(options.var), check=False).returncode
    with embedded.servers(options.var, options.pg_port, options.valkey_port) as env:
        return subprocess.run(options.command, env=os.environ | env, check=False).returncode


def supervisor(var: Path) -> psutil.Process | None:
    """The running supervisor of a directory, found by the lock that it holds."""
    try:
        embedded.lock(var).close()
    except embedded.Busy:
        return psutil.Process(int((var / "servers.lock").read_text()))
    return None


def show(env: dict[str, str]) -> None:
    for name, url in env.items():
        print(f"{name}={url}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m infra.embedded", description="Embedded PostgreSQL and Valkey.")
    commands = {"run": run, "start": start, "stop": stop, "status": status, "forget": forget, "exec": execute}
    parser.add_argument("what", choices=commands)
    parser.add_argument("--var", type=Path, default=Path(os.environ.get("MILLWRIGHT_VAR", ROOT / "var")))
    parser.add_argument("--pg-port", type=int)
    parser.add_argument("--valkey-port", type=int)
    parser.add_argument("command", nargs="*", help="for exec, after --")
    try:
        options = parser.parse_args()
        return commands[options.what](options)
    except embedded.ServerError as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
