"""What `make run` promises about the programs it keeps."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import psutil
import pytest

from infra import watch

CRASH_ONCE = """
import pathlib, sys, time
seen = pathlib.Path(sys.argv[1])
if not seen.exists():
    seen.write_text("crashed")
    sys.exit(3)
seen.write_text("running")
time.sleep(600)
"""


def test_a_crashed_program_is_started_again_and_all_end_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seen = tmp_path / "seen"
    programs = {"crasher": [sys.executable, "-c", CRASH_ONCE, str(seen)], "sleeper": [sys.executable, "-c", "import time; time.sleep(600)"]}
    kept = watch.Watch(programs, os.environ)

    async def until_it_runs() -> None:
        asked = asyncio.Event()

        def tick() -> None:
            if seen.exists() and seen.read_text() == "running":
                asked.set()

        await asyncio.wait_for(kept.run(asked, tick), 60)

    asyncio.run(until_it_runs())
    assert "ended with code 3" in capsys.readouterr().out
    assert [child.returncode for child in kept.children.values()] == [-signal.SIGTERM, -signal.SIGTERM]
    assert not any(psutil.pid_exists(child.pid) for child in kept.children.values())


ORPHAN_ONCE = """
import os, pathlib, subprocess, sys, time
seen = pathlib.Path(sys.argv[1])
if not seen.exists():
    orphan = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    seen.write_text(str(orphan.pid))
    os._exit(1)
seen.with_suffix(".again").touch()
time.sleep(600)
"""


def test_workers_of_a_crashed_program_do_not_hold_up_its_successor(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    kept = watch.Watch({"web": [sys.executable, "-c", ORPHAN_ONCE, str(seen)]}, os.environ)

    async def until_it_runs_again() -> None:
        asked = asyncio.Event()

        def tick() -> None:
            if seen.with_suffix(".again").exists():
                asked.set()

        await asyncio.wait_for(kept.run(asked, tick), 60)

    asyncio.run(until_it_runs_again())
    orphan = int(seen.read_text())
    assert not psutil.pid_exists(orphan) or psutil.Process(orphan).status() == psutil.STATUS_ZOMBIE


def test_a_failing_step_ends_everything_with_its_own_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="deploy failed with code 7"):
        asyncio.run(watch.once("deploy", [sys.executable, "-c", "print('no such table'); raise SystemExit(7)"], os.environ))
    assert "deploy │ no such table" in capsys.readouterr().out


def test_a_line_longer_than_any_buffer_is_passed_on_whole(capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(watch.once("long", [sys.executable, "-c", "print('匠' * 200_000)"], os.environ))
    said = capsys.readouterr().out
    assert sum(line.count("匠") for line in said.splitlines()) == 200_000
