"""What every kind of answer tells the browser to keep from us."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from infra.programs import ROOT
from tests.founding import browser, log_in, owner_of

HOLE = re.compile(r"unsafe-(?:inline|eval)|\*|https?:")
NONCE = re.compile(r"'nonce-([^']+)'")
PAGES = ["/", "/w/home", "/login", "/signup", "/join/abc", "/reset/abc", "/nowhere", "/verify/abc", "/enter/?ticket=x", "/outside/x/"]
ANSWERS = ["/api/v1/session/", "/api/v1/meta/", "/api/v1/nowhere/", "/api/v1/docs/", "/api/v1/schema/", "/health/live"]


@pytest.fixture
def built(settings, tmp_path):
    """The client as built, in little."""
    settings.WEB_DIST = tmp_path
    for name in ("workspace", "door"):
        (tmp_path / f"{name}.html").write_text('<script type="module" nonce="NONCE_OF_THIS_ANSWER" src="/static/a.js"></script>')


def directives(answer) -> dict[str, str]:
    return {name: rest for name, _sep, rest in (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))}


@pytest.mark.parametrize("path", [*PAGES, *ANSWERS])
@pytest.mark.parametrize("where", ["company", "main", "nobody"])
def test_every_answer_is_strict(found, built, path: str, where: str):
    company = found()
    client = log_in(company, owner_of(company).email) if where == "company" else browser()
    if where == "nobody":
        client.defaults["HTTP_HOST"] = "no-such-company.localhost:8000"
    answer = client.get(path)
    policy = directives(answer)
    assert policy["default-src"] == policy["base-uri"] == policy["object-src"] == policy["frame-ancestors"] == "'none'"
    assert policy.pop("style-src-attr") == "'unsafe-inline'"
    assert "'strict-dynamic'" in policy["script-src"] and not any(HOLE.search(rest) for rest in policy.values()), policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/w/home", "/login", "/nowhere", "/verify/abc", "/api/v1/docs/"])
def test_scripts_and_styles_of_a_page_have_its_nonce_and_no_other_page_has_it(found, built, path: str):
    company = found()
    client = log_in(company, owner_of(company).email)
    seen = set()
    for _ in range(2):
        answer = client.get(path, headers={"accept": "text/html"})
        (nonce,) = set(NONCE.findall(answer["Content-Security-Policy"]))
        text = answer.content.decode()
        tags = re.findall(r"<(?:script|style)\b[^>]*>", text)
        assert tags and all(f'nonce="{nonce}"' in tag for tag in tags), tags
        assert not re.search(r"\son\w+=|\sstyle=|javascript:", text)
        seen.add(nonce)
    assert len(seen) == 2


def test_a_lost_database_is_told_with_the_same_headers(found, monkeypatch):
    from django.db import OperationalError

    from shared_apps.accounts import stages

    def away(*_args: object) -> None:
        raise OperationalError

    company = found()
    monkeypatch.setattr(stages, "pending", away)
    answer = browser(company).get("/api/v1/session/")
    assert answer.status_code == 503
    assert "default-src" in answer["Content-Security-Policy"]


def of_https(*names: str) -> list[str]:
    """Settings as they are where the product is served by https."""
    script = f"from django.conf import settings; print(*[getattr(settings, name) for name in {names}], sep='\\n')"
    env = os.environ | {"PUBLIC_SCHEME": "https", "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    return subprocess.run([sys.executable, "-c", script], env=env, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()


def test_by_https_cookies_belong_to_this_host_alone():
    names = (
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
    )
    assert of_https(*names) == ["__Host-sessionid", "__Host-csrftoken", "True", "True", "True", "Lax"]
    assert of_https("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS") == [str(365 * 24 * 3600), "True"]


def test_cookies_are_of_no_use_to_scripts(found):
    company = found()
    cookie = log_in(company, owner_of(company).email).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Lax", "", "/")


def test_strict_transport_is_told_by_https_only(found, settings):
    settings.SECURE_HSTS_SECONDS = 60
    company = found()
    assert "Strict-Transport-Security" not in browser(company).get("/login")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert browser(company, HTTP_X_FORWARDED_PROTO="https").get("/login")["Strict-Transport-Security"].startswith("max-age=60")
