"""Printed forms: what stands on the paper, in which language, and for whom."""

from __future__ import annotations

import io
import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pypdf
import pytest
from django.apps import apps

from kernel import registry
from kernel.printing import typesetting
from kernel.printing.capitals import DIGITS, capitals
from kernel.refusals import Refused
from tests.api import PREFIX, Api, where
from tests.trade import customer, item, join, machine, quote, some

EVERY = [(resource, form) for resource in registry.everything().values() for form in resource.prints]


# capitals ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.30", "叁角整"),
        ("0.35", "叁角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("105", "壹佰零伍元整"),
        ("110.01", "壹佰壹拾元零壹分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("10000", "壹万元整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100005", "壹拾万零伍元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("231000", "贰拾叁万壹仟元整"),
        ("256741.20", "贰拾伍万陆仟柒佰肆拾壹元贰角整"),
        ("325000.04", "叁拾贰万伍仟元零肆分"),
        ("1000000", "壹佰万元整"),
        ("20010300", "贰仟零壹万零叁佰元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹万亿元整"),
        ("9999999999999999.99", "玖仟玖佰玖拾玖万亿玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("1.005", "壹元零壹分"),
    ],
)
def test_amounts_in_capitals(amount: str, text: str):
    assert capitals(Decimal(amount)) == f"人民币{text}"


def test_negative_amounts_and_other_currencies():
    assert capitals(Decimal("-12.30")) == "人民币负壹拾贰元叁角整"
    assert capitals(Decimal("-0.001")) == "人民币零元整"
    assert capitals(Decimal(5), "USD") == "美元伍元整"
    assert capitals(Decimal(5), "CHF").startswith("CHF")


def test_capitals_can_be_read_back():
    """An independent reader of the numerals finds the amount that was written."""
    chance = random.Random(1)
    for _ in range(3000):
        fen = chance.randrange(10 ** chance.randrange(1, 15))
        amount = Decimal(fen) / 100
        assert read_back(capitals(amount).removeprefix("人民币")) == amount


def read_back(text: str) -> Decimal:
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = section = digit = fen = 0
    whole, _yuan, rest = text.removesuffix("整").rpartition("元")
    for sign in whole:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in units:
            section, digit = section + digit * units[sign], 0
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    for sign in rest:
        if sign in DIGITS:
            digit2 = DIGITS.index(sign)
        else:
            fen += digit2 * (10 if sign == "角" else 1)
    return Decimal(total + section + digit) + Decimal(fen) / 100


# on paper ------------------------------------------------------------------------------------------------------------
def printed(api: Api, document: dict, query: str = "", language: str = "zh-hans") -> tuple[str, int]:
    """The text of the PDF without spaces, and its number of pages."""
    answer = api.client.get(f"{PREFIX}{where(document)}print/{query}", headers={"Accept-Language": language, "Accept": "application/pdf"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), answer.content
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split()), len(pages)


@pytest.fixture(scope="module")
def offer(api: Api) -> dict:
    (house,) = api.rows("organization.company")
    values = {
        "name": "申测仪器（上海）有限公司",
        "tax_no": "91310115MA1K4ABC2X",
        "address": "上海市张江路 1688 号",
        "bank_name": "工商银行张江支行",
        "bank_account": "100123456789",
    }
    api.change(api.read("organization.company", house["id"]), values)
    buyer = customer(api, name=some("宝钢研究院"), address="上海市富锦路 885 号", contacts=[{"name": "李明", "phone": "13812345678"}])
    lines = [
        {"item": machine(api, name="电子万能试验机", spec="100 kN 双柱台式")["id"], "discount": "10"},
        {"item": item(api, "1234.5", name="楔形夹具")["id"], "quantity": "2.5", "remark": "含检定"},
    ]
    return quote(api, *lines, customer=buyer["id"], contact=buyer["contacts"][0]["id"], title="试验机")


def test_a_quote_on_paper(api: Api, offer: dict):
    text, pages = printed(api, offer)
    assert pages == 1
    for part in (
        "申测仪器（上海）有限公司",
        "91310115MA1K4ABC2X",
        offer["number"],
        offer["customer"]["label"],
        "李明",
        "13812345678",
        "富锦路885号",
    ):
        assert part.replace(" ", "") in text
    assert "电子万能试验机" in text and "100kN双柱台式" in text and "含检定" in text
    assert "231,000.00" in text and "207,900.00" in text and "2.5" in text and "3,086.25" in text
    assert f"¥{Decimal(offer['total']):,.2f}" in text
    assert capitals(Decimal(offer["total"])) in text
    assert f"{Decimal(offer['tax_total']):,.2f}" in text
    assert "工商银行张江支行" in text and "签字（盖章）" in text and "1/1" in text


def test_a_quote_in_english(api: Api, offer: dict):
    text, _pages = printed(api, offer, language="en")
    assert "Totalincl.VAT" in text and "Paymentterms" not in text and "Signature,stamp" in text
    assert "签字" not in text and "人民币" not in text
    assert printed(api, offer, "?language=en")[0] == text


def test_a_draft_is_marked_and_what_was_sent_is_not(api: Api, offer: dict):
    fresh = quote(api, {"item": item(api)["id"]})
    assert "草稿" in printed(api, fresh)[0]
    assert "草稿" not in printed(api, api.act(fresh, "send")["document"])[0]


def test_long_quotes_repeat_their_headings_and_count_their_pages(api: Api):
    part = item(api, name="Bolt")["id"]
    text, pages = printed(api, quote(api, *({"item": part, "remark": f"r{number}x"} for number in range(80))))
    assert pages > 2
    assert text.count("名称与规格") >= pages - 1
    assert f"{pages}/{pages}" in text
    assert all(f"r{number}x" in text for number in range(80))


def test_a_contract_with_its_payment_plan(api: Api, offer: dict):
    agreed = api.made(api.act(offer, "send")["document"], "accept", "contracts.contract")
    text, _pages = printed(api, agreed)
    assert agreed["number"] in text
    for stage in agreed["plan"]:
        assert "".join(stage["name"].split()) in text
        assert f"{Decimal(stage['amount']):,.2f}" in text
    assert "甲方（买方）" in text and "乙方（卖方）" in text and "本合同一式两份" in text


def test_texts_of_the_user_are_text_and_no_markup(api: Api):
    nasty = '#panic("x") = *bold* $x$ #image("/etc/passwd") \\ [ ]'
    text, _pages = printed(api, quote(api, {"item": item(api)["id"]}, title=nasty, remark=nasty))
    assert text.count("".join(nasty.split())) == 2


def test_masked_prices_stay_masked_on_paper(api: Api, offer: dict):
    name = some("Role")
    api.create(
        "organization.role",
        {"name": name, "grants": {"*": {"*": "all"}}, "masks": {"quoting.quote": {"total": "hide", "lines.unit_price": "hide"}}},
    )
    text, _pages = printed(join(api, name), offer)
    assert "•••" in text
    assert capitals(Decimal(offer["total"])) not in text and f"{Decimal(offer['total']):,.2f}" not in text


def test_who_may_not_print_or_see_gets_no_paper(api: Api, offer: dict):
    name = some("Role")
    api.create("organization.role", {"name": name, "grants": {"quoting.quote": {"read": "all"}}})
    join(api, name).get(f"{where(offer)}print/", 403)
    name = some("Role")
    api.create("organization.role", {"name": name, "grants": {"quoting.quote": {"*": "own"}}})
    join(api, name).get(f"{where(offer)}print/", 404)


def test_unknown_forms_and_languages(api: Api, offer: dict):
    api.get(f"{where(offer)}print/?template=napkin", 404)
    assert api.get(f"{where(offer)}print/?language=xx", 400)["code"] == "bad_language"


def test_the_file_is_named_in_the_readers_script(api: Api, offer: dict):
    answer = api.client.get(f"{PREFIX}{where(offer)}print/", headers={"Accept-Language": "zh-hans"})
    named = answer["Content-Disposition"]
    assert named.startswith("inline; filename*=utf-8''")
    assert unquote(named.partition("''")[2]).endswith(f"{offer['number']}.pdf")


def test_the_logo_is_printed(api: Api, offer: dict):
    before = images(api, offer)
    (house,) = api.rows("organization.company")
    content = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
        "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
    )
    file = api.post("/files/", {"name": "logo.png", "type": "image/png", "size": len(content)}, 201)
    assert api.client.put(file["upload"]["url"], content, content_type="image/png").status_code == 200
    api.post(f"/organization/companies/{house['id']}/files/", {"file": file["id"]}, 201)
    assert images(api, offer) == before + 1


def images(api: Api, document: dict) -> int:
    answer = api.client.get(f"{PREFIX}{where(document)}print/")
    return sum(len(page.images) for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)


@pytest.mark.parametrize(("resource", "form"), EVERY, ids=[f"{resource.key}-{form.key}" for resource, form in EVERY])
def test_every_form_is_put_together_or_has_its_template(resource, form):
    template = Path(apps.get_app_config(resource.app).path) / "print" / f"{form.template}.typ"
    assert template.is_file() if form.paper is None else not form.template


# the press -----------------------------------------------------------------------------------------------------------
CONTENT = {"text": "宝钢"}


@pytest.fixture
def plain_form(tmp_path: Path, settings) -> Path:
    settings.ROOT = tmp_path
    form = tmp_path / "plain.typ"
    form.write_text("#let data = json(bytes(sys.inputs.data))\n#set text(font: data.fonts)\n#data.text")
    monkey = typesetting._mine.__dict__.pop("compiler", None)
    yield form
    typesetting._mine.__dict__.pop("compiler", None)
    if monkey is not None:
        typesetting._mine.compiler = monkey


def test_threads_print_side_by_side(plain_form: Path):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda number: typesetting.pdf(plain_form, {"text": f"宝钢 {number}"}), range(40)))
    assert ["".join(pypdf.PdfReader(io.BytesIO(one)).pages[0].extract_text().split()) for one in made] == [
        f"宝钢{number}" for number in range(40)
    ]


def test_without_a_chinese_font_chinese_is_refused_and_english_printed(plain_form: Path, monkeypatch):
    monkeypatch.setattr(typesetting, "_chinese", lambda found: [])
    with pytest.raises(Refused) as refused:
        typesetting.pdf(plain_form, CONTENT)
    assert refused.value.code == "no_font"
    assert typesetting.pdf(plain_form, {"text": "Steel"}).startswith(b"%PDF")


def test_a_broken_form_says_what_is_wrong(plain_form: Path):
    plain_form.write_text("#nonsense()")
    with pytest.raises(Refused) as refused:
        typesetting.pdf(plain_form, CONTENT)
    assert refused.value.code == "bad_template" and "nonsense" in str(refused.value)
