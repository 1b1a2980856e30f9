"""Where cryptography is, and that no text becomes markup by declaration: as `docs/security.md` says."""

from __future__ import annotations

import re

from infra.programs import ROOT

PRODUCT = ("src/kernel", "src/config", "shared_apps", "tenants", "tenant_apps")
SECURITY = (ROOT / "docs/security.md").read_text(encoding="utf-8")
CRYPTOGRAPHY = re.compile(r"^(?:import|from) (?:cryptography|hmac|jwt|fido2)\b", re.MULTILINE)
DIGEST = re.compile(r"hashlib\.(\w+)")
SAFE = {"sha256", "sha512", "blake2b", "file_digest"}
AS_ASKED = {"shared_apps/accounts/strength.py": {"sha1"}, "tenant_apps/process/channels/wecom_calls.py": {"sha1"}}
"""What breach lists and WeCom prescribe."""
MARKUP = re.compile(r"dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|mark_safe|SafeString|\|safe\b|autoescape off")


def sources(*endings: str) -> dict[str, str]:
    paths = [path for folder in PRODUCT for path in (ROOT / folder).rglob("*") if path.suffix in endings]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in paths}


def test_cryptography_is_where_the_inventory_says():
    assert [name for name, text in sources(".py").items() if CRYPTOGRAPHY.search(text) and f"`{name}`" not in SECURITY] == []


def test_the_inventory_names_what_there_is():
    named = [name for name in re.findall(r"`((?:src|shared_apps|tenants|tenant_apps)/[\w/]+\.py)`", SECURITY) if "/test_" not in name]
    assert named and [name for name in named if not (ROOT / name).is_file()] == []


def test_digests_are_strong():
    for name, text in sources(".py").items():
        assert set(DIGEST.findall(text)) <= SAFE | AS_ASKED.get(name, set()), name


def test_no_text_is_declared_to_be_markup():
    client = [path for path in (ROOT / "src/web").rglob("*.ts*") if "node_modules" not in path.parts]
    pages = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in client} | sources(".py", ".html")
    assert [name for name, text in pages.items() if MARKUP.search(text)] == []
