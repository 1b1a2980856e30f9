"""The embedded servers keep what was written, whatever ends them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from infra import embedded
from infra.embedded import account, binaries, process

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in embedded.ADDRESSES:
        monkeypatch.delenv(name, raising=False)
    place = Path(tempfile.mkdtemp(prefix="millwright-infra-"))
    place.chmod(0o711)
    yield place
    embedded.forget(place)


OWNER = "-c role=millwright_owner"


def write(env: dict[str, str]) -> None:
    with psycopg.connect(env["DATABASE_URL"], options=OWNER) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('匠程')")
    with redis.Redis.from_url(env["BROKER_URL"]) as client:
        client.lpush("queue", "work")


def read(env: dict[str, str]) -> tuple[str, bytes]:
    with psycopg.connect(env["DATABASE_URL"], options=OWNER) as connection, redis.Redis.from_url(env["BROKER_URL"]) as client:
        row = connection.execute("SELECT word FROM kept").fetchone()
        assert row is not None
        return row[0], client.lindex("queue", 0)


def test_data_survives_a_restart(var: Path) -> None:
    with embedded.servers(var) as env:
        write(env)
        assert embedded.read_addresses(var) == env
    with embedded.servers(var) as env:
        assert read(env) == ("匠程", b"work")
    assert process.living_in(var / "postgres") == []


def test_dead_servers_are_revived_with_their_data(var: Path) -> None:
    with embedded.servers(var) as env:
        write(env)
        assert env.postgres is not None and env.postgres.child is not None
        assert env.valkey is not None and env.valkey.child is not None
        redis.Redis.from_url(env["BROKER_URL"]).execute_command("WAITAOF", 1, 0, 5000)
        env.postgres.child.kill()
        env.valkey.child.kill()
        env.postgres.child.wait()
        env.valkey.child.wait()
        assert env.revive() == ["Postgres", "Valkey"]
        assert read(env) == ("匠程", b"work")
        assert env.revive() == []


def test_a_killed_supervisor_leaves_nothing_that_hinders_the_next(var: Path) -> None:
    command = [sys.executable, "-m", "infra.embedded", "run", "--var", str(var)]
    first = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None and first.stdout.readline().startswith("DATABASE_URL=")
    write(embedded.read_addresses(var))
    first.kill()
    first.wait()
    (var / "postgres/postmaster.pid").write_text(f"{os.getpid()}\n{var}/postgres\n")  # the number now belongs to a living stranger
    with embedded.servers(var) as env:
        assert read(env)[0] == "匠程"


def test_leftovers_of_a_killed_supervisor_are_stopped(var: Path) -> None:
    with embedded.servers(var) as env:
        assert env.postgres is not None and env.postgres.child is not None
        left = psutil.Process(env.postgres.child.pid)
        process.clear_leftovers(env.postgres.data, signal.SIGINT, signal.SIGQUIT)
        assert not left.is_running() or left.status() == psutil.STATUS_ZOMBIE


def test_one_directory_has_one_supervisor(var: Path) -> None:
    with embedded.servers(var):
        with pytest.raises(embedded.Busy, match="already runs"), embedded.servers(var):
            pass
        with pytest.raises(embedded.Busy):
            embedded.forget(var)
    embedded.forget(var)
    assert not var.exists()


def test_outside_servers_are_used_as_they_are(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in embedded.ADDRESSES:
        monkeypatch.setenv(name, f"outside://{name}")
    with embedded.servers(var) as env:
        assert env == {name: f"outside://{name}" for name in embedded.ADDRESSES}
        assert env.postgres is None and env.valkey is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes to another account")
def test_root_drops_to_an_account_that_cannot_enter_the_project(var: Path) -> None:
    var.chmod(0o700)  # like a project below /root: the servers' data has to live elsewhere
    with embedded.servers(var) as env:
        write(env)
        assert env.postgres is not None and env.postgres.child is not None
        assert psutil.Process(env.postgres.child.pid).uids().effective != 0
        home = env.postgres.data.parent
        assert home != var
    with embedded.servers(var) as env:
        assert read(env) == ("匠程", b"work")
    embedded.forget(var)
    assert not home.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes to another account")
def test_programs_out_of_reach_are_copied_where_the_account_can_run_them(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "SHARED_HOME", var / "shared")
    who = account.current()
    var.chmod(0o755)
    installed = binaries.find(who)
    copied = binaries.Binaries(binaries.readable_copy(installed.root))
    for program in (copied.postgres("postgres"), copied.postgres("initdb"), copied.valkey):
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, **who.popen).stdout
        assert re.search(r"18\.|v=9", said)
    assert binaries.readable_copy(installed.root) == copied.root
    assert copied.root.stat().st_uid == 0
