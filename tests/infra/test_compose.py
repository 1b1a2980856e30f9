"""The set-up for a server, checked by reading it: no container engine is needed."""

from __future__ import annotations

import copy
import re

import pytest

from infra import caddyfile, compose
from infra.programs import ROOT

PRODUCT = ("src/kernel", "src/config", "tenants", "shared_apps", "tenant_apps")
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def stages() -> list[str]:
    return re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]


def test_compose_is_valid() -> None:
    assert list(compose.problems(compose.load())) == []


@pytest.mark.parametrize(
    ("service", "change", "said"),
    [
        ("proxy", None, "service proxy is missing"),
        ("valkey", {"image": "valkey/valkey"}, "names no version"),
        ("web", {"depends_on": {"mail": {"condition": "service_started"}}}, "depends on mail"),
        ("beat", {"depends_on": {"worker": {"condition": "service_healthy"}}}, "has no health check"),
        ("web", {"environment": {"DATABASE_ADDRESS": "x"}}, "does not read DATABASE_ADDRESS"),
        ("proxy", {"volumes": ["./caddy/Missing:/etc/caddy/Caddyfile"]}, "which does not exist"),
        ("postgres", {"volumes": ["pgdata:/var/lib/postgresql"]}, "volume pgdata is not declared"),
    ],
)
def test_the_check_notices_a_mistake(service: str, change: dict[str, object] | None, said: str) -> None:
    document = copy.deepcopy(compose.load())
    if change is None:
        del document["services"][service]
    else:
        document["services"][service].update(change)
    assert any(said in problem for problem in compose.problems(document))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("\task http://web:8000/health/domain\n", "", "has no ask"),
        ("ask http://web:8000", "ask http://product:8000", "leads to product"),
        ("reverse_proxy web:8000", "reverse_proxi web:8000", "reverse_proxi is not known in handle"),
        ("import wildcard", "import wild", "imports wild"),
        ("{$ACME_EMAIL}", "{$ACME_MAIL}", "ACME_MAIL is not given"),
        ("/certificates/fullchain.pem", "/keys/fullchain.pem", "/keys/fullchain.pem is not mounted"),
        ("\t\ton_demand\n\t}", "\t\ton_demand", "is not closed"),
        ("https:// {", "https:// ", "closes what was not opened"),
    ],
)
def test_the_check_notices_a_mistake_of_the_proxy(before: str, after: str, said: str) -> None:
    text = caddyfile.CADDYFILE.read_text()
    assert before in text
    problems = list(caddyfile.problems(text.replace(before, after), compose.load()["services"]))
    assert any(said in problem for problem in problems), problems


def test_whether_a_domain_is_proven_is_not_asked_from_outside() -> None:
    assert "handle /health/domain* {\n\t\trespond 404" in caddyfile.CADDYFILE.read_text()


def test_the_image_is_built_in_stages_and_runs_as_nobody_special() -> None:
    *earlier, last = stages()
    assert len(earlier) >= 2
    users = re.findall(r"^USER (\S+)", last, flags=re.MULTILINE)
    assert users and users[-1] not in {"root", "0"}
    assert "npm" not in last and "pip" not in last


def test_the_image_copies_only_what_exists() -> None:
    for stage in stages():
        for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", stage, flags=re.MULTILINE):
            for source in sources.split():
                assert (ROOT / source).exists(), source


def test_the_image_carries_every_package_of_the_product() -> None:
    copied = stages()[-1]
    code = [path.parent for pattern in ("*/__init__.py", "src/*/__init__.py") for path in ROOT.glob(pattern)]
    for package in {str(path.relative_to(ROOT)) for path in code} - {"tests", "infra"}:
        assert re.search(rf"^COPY {re.escape(package)} ", copied, flags=re.MULTILINE), package


def test_the_image_carries_what_the_product_uses_of_the_set_up() -> None:
    product = [path for folder in PRODUCT for path in (ROOT / folder).rglob("*.py")]
    used = {name for path in product for name in re.findall(r"^\s*from infra(?:\.| import )(\w+)", path.read_text(), re.MULTILINE)}
    for name in used | {"programs"}:
        assert f"infra/{name}.py" in stages()[-1]
