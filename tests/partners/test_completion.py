"""What is typed on a card or known to a register is offered, never written by itself (W-4.1.1): a service, or a text taken apart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenant_apps.partners.signatures import apart
from tests.api import Api

URL = "/partners/completion/"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "王小明  销售总监\n苏州恒力精密机械有限公司\n手机：138 1234 5678 | 电话：0512-6666 7777-801\nwxm@hengli.com.cn\nwww.hengli.com.cn\n江苏省苏州市工业园区星湖街328号",
            {
                "name": "王小明", "job": "销售总监", "company": "苏州恒力精密机械有限公司", "mobile": "138 1234 5678", "phone": "0512-6666 7777-801",
                "email": "wxm@hengli.com.cn", "website": "www.hengli.com.cn", "address": "江苏省苏州市工业园区星湖街328号",
            },
        ),
        (
            "名称：上海申测仪器有限公司\n纳税人识别号：91310000ma1k35aa1b\n地址、电话：上海市闵行区剑川路1号 021-55551234\n开户行：工商银行闵行支行\n账号：1001 2345 6789",
            {
                "company": "上海申测仪器有限公司", "tax_no": "91310000MA1K35AA1B", "invoice_address": "上海市闵行区剑川路1号 021-55551234",
                "bank_name": "工商银行闵行支行", "bank_account": "1001 2345 6789",
            },
        ),
        (
            "Anna Schmidt\nHead of Purchasing\nMuster Prüftechnik GmbH\nTel: +49 89 1234567\nFax: +49 89 1234568\nEmail: <anna@muster.de>",
            {"name": "Anna Schmidt", "job": "Head of Purchasing", "company": "Muster Prüftechnik GmbH", "phone": "+49 89 1234567", "email": "anna@muster.de"},
        ),
        ("李　雷，采购经理 ／ 13900001111", {"name": "李雷", "job": "采购经理", "mobile": "13900001111"}),
        ("祝好！\n\n", {}),
    ],
    ids=["card", "invoice", "english", "one line", "nothing"],
)  # fmt: skip
def test_a_pasted_card_is_taken_apart(text: str, told: dict[str, str]):
    assert apart(text) == told


@pytest.fixture
def register(settings) -> Iterator[str]:
    """A register of companies and a reader of cards, as a provider runs them."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self, told: Any) -> None:
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            row = {"name": "上海申测仪器有限公司", "tax_no": "91310000MA1K35AA1B", "address": "剑川路1号", "secret": "x"}
            self.answer({"rows": [row, {"tax_no": "without a name"}, "nonsense"]} if "q=" in self.path else {})

        def do_POST(self) -> None:
            self.answer({"name": "王小明", "bytes": len(self.rfile.read(int(self.headers["Content-Length"]))), "job": "经理"})

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    settings.OUTGOING_ALLOWED = ("127.0.0.0/8",)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_without_a_provider_a_text_is_taken_apart(api: Api):
    assert api.get(f"{URL}?q=申测") == {"on": False, "reader": False, "rows": []}
    told = api.post(URL, {"text": "王小明 经理\n13812345678"})
    assert told == {"name": "王小明", "job": "经理", "mobile": "13812345678"}
    assert api.post(URL, {"text": "x" * 5001}, 422)["code"] == "too_long"
    assert api.post(URL, {"text": 1}, 422)["code"] == "too_long"


def test_a_provider_answers_by_its_address(api: Api, register: str):
    for key in ("partners.register", "partners.card_reader"):
        api.create("organization.setting", {"name": key, "scope": "tenant", "value": register})
    told = api.get(f"{URL}?q=申测")
    assert told == {
        "on": True,
        "reader": True,
        "rows": [{"name": "上海申测仪器有限公司", "tax_no": "91310000MA1K35AA1B", "address": "剑川路1号"}],
    }
    answer = api.client.post(f"/api/v1{URL}", {"card": SimpleUploadedFile("card.png", b"\x89PNG")})
    assert answer.json() == {"name": "王小明", "job": "经理"}
