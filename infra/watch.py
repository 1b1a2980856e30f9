"""Keeps a few programs running: prefixes what they print, starts again what crashed, stops all of them together."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence

from infra.embedded.process import die_with_parent

STEADY_SECONDS = 30
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30
GRACE_SECONDS = 25
KEPT_LINES = 100


def say(name: str, line: str) -> None:
    print(f"{name:<7}│ {line}", flush=True)


class Watch:
    """A set of programs that live and end together."""

    def __init__(self, programs: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> None:
        self.programs, self.env = programs, env
        self.children: dict[str, asyncio.subprocess.Process] = {}

    async def run(self, asked: asyncio.Event, tick: Callable[[], None]) -> None:
        """Until asked to stop; `tick` is called once a second and may start servers again."""
        tasks = [asyncio.create_task(self._keep(name, command)) for name, command in self.programs.items()]
        try:
            while not asked.is_set():
                tick()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(asked.wait(), timeout=1)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*(self._stop(child) for child in self.children.values()))

    async def _keep(self, name: str, command: Sequence[str]) -> None:
        clock = asyncio.get_running_loop().time
        pause = FIRST_PAUSE
        while True:
            started = clock()
            child = await start(command, self.env)
            self.children[name] = child
            code = await finish(name, child)
            pause = FIRST_PAUSE if clock() - started > STEADY_SECONDS else min(2 * pause, LONGEST_PAUSE)
            say(name, f"ended with code {code}; starting again in {pause:g} s")
            await asyncio.sleep(pause)

    async def _stop(self, child: asyncio.subprocess.Process) -> None:
        if child.returncode is not None:
            return
        child.send_signal(signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(exited(child), GRACE_SECONDS)
        end_group(child)
        await exited(child)


async def start(command: Sequence[str], env: Mapping[str, str]) -> asyncio.subprocess.Process:
    """In a session of its own, so that Ctrl-C reaches it only through us and in our order."""
    return await asyncio.create_subprocess_exec(
        *command,
        env=env,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=die_with_parent,  # asyncio has no other way to reach into the child
    )


async def finish(name: str, child: asyncio.subprocess.Process) -> int:
    """Print a program's lines until it ends, then end what it left behind: workers hold its port and its output."""
    printing = asyncio.create_task(relay(name, child, []))
    try:
        code = await exited(child)
        end_group(child)
        await printing
    finally:
        printing.cancel()
    return code


async def exited(child: asyncio.subprocess.Process) -> int:
    """Its exit code. Its own `wait` may, depending on the Python, last until orphans have closed its output."""
    while child.returncode is None:
        await asyncio.sleep(0.1)
    return child.returncode


def end_group(child: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


async def relay(name: str, child: asyncio.subprocess.Process, lines: list[str]) -> None:
    """Print a program's lines under its name until it closes its output; keeps the last of them."""
    assert child.stdout is not None
    text = codecs.getincrementaldecoder("utf-8")("replace")
    while chunk := await read_line(child.stdout):
        line = text.decode(chunk).rstrip()
        lines[:-KEPT_LINES] = []
        lines.append(line)
        say(name, line)


async def read_line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readuntil(b"\n")
    except asyncio.IncompleteReadError as end:
        return end.partial
    except asyncio.LimitOverrunError as long:
        return await stream.read(long.consumed)


async def once(name: str, command: Sequence[str], env: Mapping[str, str]) -> list[str]:
    """Run a program to its end; ends everything when it fails."""
    child = await start(command, env)
    lines: list[str] = []
    await relay(name, child, lines)
    if code := await exited(child):
        sys.exit(f"{name} failed with code {code}; its lines above say why. Data is as it was: repair, then start again.")
    return lines
