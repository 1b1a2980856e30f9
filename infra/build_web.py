"""Builds what the browser and the printer need: the web client into build/web, the type for PDFs into build/fonts.

Both are skipped while their sources are unchanged.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from infra.node import npm

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
CLIENT = ROOT / "src/web"
CHECKS = ("lint", "typecheck", "test")
FONTS = ("400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf", "LICENSE_FONT")
FONT_LOCK = ("package.json", "package-lock.json", ".npmrc")


def digest(files: Iterable[Path], root: Path) -> str:
    """One number for names and contents of files."""
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(f"{path.relative_to(root)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def unchanged(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def client_sources() -> list[Path]:
    folders = [entry for entry in CLIENT.iterdir() if entry.name != "node_modules"]
    return [path for entry in folders for path in (entry.rglob("*") if entry.is_dir() else [entry]) if path.is_file()]


def packages() -> None:
    """The client's packages, exactly as locked."""
    stamp = CLIENT / "node_modules/.lock-digest"
    value = digest([CLIENT / "package-lock.json"], CLIENT)
    if not unchanged(stamp, value):
        print("Installing the web client's packages …", flush=True)
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=CLIENT)
        stamp.write_text(value)


def client() -> None:
    """The built client, swapped in whole so that a running server never sees half of it."""
    stamp, target = BUILD / "web.digest", BUILD / "web"
    value = digest(client_sources(), CLIENT)
    if target.exists() and unchanged(stamp, value):
        return
    packages()
    print("Building the web client …", flush=True)
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as place:
        draft = Path(place) / "web"
        npm("run", "build", "--", "--outDir", str(draft), "--emptyOutDir", cwd=CLIENT)
        stamp.unlink(missing_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)
    stamp.write_text(value)


def fonts() -> None:
    """TrueType Noto Sans SC, which every printed document embeds."""
    source, target = ROOT / "infra/fonts", BUILD / "fonts"
    value = digest([source / name for name in FONT_LOCK], source)
    if unchanged(target / "digest", value):
        return
    print("Fetching the Chinese type for documents …", flush=True)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as place:
        for name in FONT_LOCK:
            shutil.copy(source / name, place)
        npm("ci", "--ignore-scripts", cwd=Path(place))
        for name in FONTS:
            shutil.copy(Path(place) / "node_modules/@expo-google-fonts/noto-sans-sc" / name, target)
    (target / "digest").write_text(value)


def check() -> None:
    """The client's own checks, where its packages are installed."""
    if not (CLIENT / "node_modules").exists():
        print("The web client's packages are not installed: its checks are skipped here and run by 'make test'.")
        return
    packages()
    for script in CHECKS:
        npm("run", script, cwd=CLIENT)


def build() -> None:
    (BUILD / "static").mkdir(parents=True, exist_ok=True)
    fonts()
    client()


if __name__ == "__main__":
    {"build": build, "check": check, "packages": packages, "fonts": fonts}[sys.argv[1]]()
