"""Sign-ups that are not meant well."""

from __future__ import annotations

import secrets

import pytest

from tenants import slugs
from tests.accounts.test_sign_up import form, sign_up
from tests.founding import browser, person


def codes(answer) -> list[tuple[str, str]]:
    return [(error["path"], error["code"]) for error in answer.json()["errors"]]


@pytest.mark.parametrize("slug", ["www", "adrnin", "bi11ing", "log-in", "mi11wright", "rnillwright", "paypa1", "we-chat", "supp0rt"])
def test_addresses_that_people_would_take_for_ours_are_reserved(platform, slug: str):
    assert codes(sign_up(form(slug=slug))) == [("slug", "slug_reserved")]


def test_an_address_that_looks_like_another_companys_is_refused(found):
    name = f"sloan{secrets.token_hex(4).translate(str.maketrans('0158', 'abef'))}"
    found(slug=name)
    for alike in (name.replace("l", "1"), name.replace("o", "0"), name.replace("s", "5", 1), f"{name[:3]}-{name[3:]}"):
        assert codes(sign_up(form(slug=alike))) == [("slug", "slug_confusable")], alike
        assert browser().get(f"/api/v1/signup/check/?slug={alike}").json()["available"] is False
    assert sign_up(form(slug=f"{name}x")).status_code == 201


def test_the_usual_names_are_free():
    for slug in ("shence", "harbin-tools", "a1machines", "modern-mill", "km-test"):
        slugs.check(slug)


def test_thrown_away_mail_can_be_blocked(platform, settings):
    settings.BLOCKED_MAIL_DOMAINS = {"gone.example"}
    assert codes(sign_up(form(email="x@mx.gone.example"))) == [("email", "mail_blocked")]
    assert sign_up(form()).status_code == 201


def test_nobody_founds_companies_without_end(platform, settings):
    settings.COMPANIES_PER_PERSON = 1
    owner = person()
    assert sign_up(form(email=owner.email)).status_code == 201
    refused = sign_up(form(email=owner.email))
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_companies")
