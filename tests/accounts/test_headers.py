"""What every kind of answer tells the browser to keep from us."""

from __future__ import annotations

import gzip
import json
import os
import re
import secrets
import subprocess
import sys

import pytest

from infra.programs import ROOT
from tenants import metrics, observing
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
def test_every_answer_is_strict(platform, company, built, path: str, where: str):
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
def test_scripts_and_styles_of_a_page_have_its_nonce_and_no_other_page_has_it(platform, company, built, path: str):
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


def test_a_lost_database_is_told_with_the_same_headers(platform, company, monkeypatch):
    from django.db import OperationalError

    from shared_apps.accounts import stages

    def away(*_args: object) -> None:
        raise OperationalError

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


def test_cookies_are_of_no_use_to_scripts(platform, company):
    cookie = log_in(company, owner_of(company).email).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"], cookie["path"]) == (True, "Lax", "", "/")


def test_strict_transport_is_told_by_https_only(platform, company, settings):
    settings.SECURE_HSTS_SECONDS = 60
    assert "Strict-Transport-Security" not in browser(company).get("/login")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert browser(company, HTTP_X_FORWARDED_PROTO="https").get("/login")["Strict-Transport-Security"].startswith("max-age=60")


# what browsers refused -----------------------------------------------------------------------------------------------
OLD = {
    "csp-report": {
        "document-uri": "http://acme.localhost:8000/w/doc/sales.order/77?who=Li",
        "violated-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/x.js?stolen=1",
    }
}
NEW = {
    "type": "csp-violation",
    "body": {"documentURL": "http://acme.localhost:8000/login", "effectiveDirective": "style-src-attr", "blockedURL": "inline"},
}


def complaints() -> list[dict[str, str]]:
    return [one.told for one in observing.last_day(metrics.REPORTS)]


@pytest.fixture
def uncounted(monkeypatch) -> None:
    """Nothing was counted before."""
    monkeypatch.setattr(metrics, "REPORTS", f"csp-{secrets.token_hex(4)}")


def test_what_a_browser_refused_is_counted_without_saying_whose(platform, company, uncounted):
    policy = directives(browser(company).get("/login"))
    for report in (OLD, OLD, [NEW, NEW]):
        assert browser(company).post(policy["report-uri"], json.dumps(report), content_type="application/csp-report").status_code == 204
    assert {(one["rule"], one["refused"], one["page"]) for one in complaints()} == {
        ("script-src-elem", "https://evil.example", "w"),
        ("style-src-attr", "inline", "login"),
    }
    assert sorted(one.count for one in observing.last_day(metrics.REPORTS)) == [2, 2]
    assert not re.search(r"Li|77|stolen|acme", str(complaints()))
    line = 'millwright_policy_reports{page="w",refused="https://evil.example",rule="script-src-elem"} 2.0'
    assert line in browser().get("/metrics").content.decode()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 204),
        (b"7", 204),
        (b'{"csp-report": 7}', 204),
        (b'[{"body": {"blockedURL": 7}}]', 204),
        (b"x" * 20_000, 413),
    ],
)
def test_nonsense_is_no_report(platform, uncounted, body: bytes, status: int):
    assert browser().generic("POST", "/csp/", body, content_type="application/reports+json").status_code == status
    assert all(one == {"rule": "other", "refused": "other", "page": ""} for one in complaints())


def test_reports_are_limited(platform, company, uncounted, settings):
    settings.ACCOUNT_RATE_LIMITS = {"csp": "2/m/ip"}
    client = browser(company, REMOTE_ADDR="203.0.113.77")
    assert [client.post("/csp/", json.dumps(OLD), content_type="application/csp-report").status_code for _ in range(3)] == [204, 204, 429]


def test_what_a_company_knows_is_kept_by_no_browser(platform, company):
    client = log_in(company, owner_of(company).email)
    for path in ("/api/v1/meta/", "/api/v1/quoting/quotes/", "/api/v1/session/"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_descriptions_and_lists_travel_packed_to_those_who_take_it(platform, company):
    client = log_in(company, owner_of(company).email)
    plain = client.get("/api/v1/meta/")
    packed = client.get("/api/v1/meta/", HTTP_ACCEPT_ENCODING="gzip, br")
    assert "Content-Encoding" not in plain and packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
