"""One description of a paper as PDF, Word and Excel: all say the same, and nothing in them is a program."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import openpyxl
import pypdf
import pytest
from django.utils.translation import override

from kernel.printing import PAPER, SET, excel, paper, typesetting, word
from kernel.printing.content import words
from tests.api import PREFIX, Api, where
from tests.kernel.test_printing import offer
from tests.trade import item, machine, quote, some

__all__ = ["offer"]

NASTY = '=HYPERLINK("http://x")'
ROWS = [
    {"description": f"电子万能试验机 {number}", "spec": "100 kN", "remark": NASTY, "quantity": "2.5", "amount": "1,234.50", "unit": "台"}
    for number in range(3)
]


def told() -> tuple[dict, list[paper.Block]]:
    company = {"name": "申测仪器", "address": "张江路 1688 号", "phone": "021-5888", "tax_no": "91310115", "logo": []}
    head = {"language": "zh", "title": "报价单", "draft": True, "currency": "CNY", "company": company, "number": "Q1/2", "words": words()}
    columns = (
        paper.Column("名称", paper.goods, "left", wide=True),
        paper.column("单位", "unit", "center"),
        paper.column("数量", "quantity"),
        paper.column("金额", "amount"),
    )
    blocks = [
        paper.beside(paper.facts("甲方", ("名称", "宝钢研究院"), ("空", "")), paper.facts("乙方", ("名称", "申测仪器"))),
        *paper.chapters(
            paper.lines("标的", ROWS, *columns),
            paper.lines("没有", [], *columns),
            paper.terms("条款", "六十天交货", "", "质保一年"),
            paper.text("约定", "提交法院"),
        ),
        paper.sums(("不含税", "1,092.48"), ("合计", "¥1,234.50"), capitals="壹仟贰佰叁拾肆元伍角整"),
        {"kind": "break"},
        paper.signatures(("甲方", [("税号", "9131")]), ("乙方", [])),
    ]
    return head, paper.ready(blocks)


SAID = (
    "申测仪器", "报价单", "Q1/2", "草稿", "宝钢研究院", "一、标的", "电子万能试验机2", "100kN", NASTY, "2.5", "1,234.50", "二、条款", "六十天交货", "质保一年",
    "三、约定", "提交法院", "1,092.48", "¥1,234.50", "壹仟贰佰叁拾肆元伍角整", "9131", "签字（盖章）", "张江路1688号",
)  # fmt: skip


def plain(text: str) -> str:
    return "".join(text.split())


def of_pdf(content: bytes) -> str:
    return plain("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def of_word(content: bytes) -> str:
    made = docx.Document(io.BytesIO(content))
    parts = [made.element.body, made.sections[0].header._element, made.sections[0].footer._element]
    return plain("".join(node.text or "" for part in parts for node in part.iter() if node.tag.endswith("}t")))


def of_excel(content: bytes) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return plain("".join(shown(cell) for row in sheet.iter_rows() for cell in row if cell.value is not None))


def shown(cell) -> str:
    """A cell as its reader sees it."""
    assert cell.data_type != "f", "text of a user became a formula"
    if cell.data_type != "n":
        return str(cell.value)
    decimals = len(cell.number_format.partition(".")[2])
    return f"{Decimal(str(cell.value)):,.{decimals}f}"


def test_pdf_word_and_excel_say_the_same():
    with override("zh-hans"):
        content, blocks = told()
        pdf = typesetting.pdf(PAPER, {name: content[name] for name in SET if name in content} | {"blocks": blocks})
        found = {"pdf": of_pdf(pdf), "word": of_word(word.document(content, blocks)), "excel": of_excel(excel.workbook(content, blocks))}
    missing = {(way, part) for way, text in found.items() for part in SAID if plain(part) not in text}
    assert missing == set()
    assert not any("没有" in text or "空" in text for text in found.values()), "what says nothing is left out"


def test_word_repeats_headings_breaks_no_line_and_counts_pages():
    with override("en"):
        made = docx.Document(io.BytesIO(word.document(*told())))
    table = next(one for one in made.tables if len(one.rows) == 4)
    assert len(table._tbl.xpath(".//w:tblHeader")) == 1 and len(table._tbl.xpath(".//w:cantSplit")) == 3
    fields = [node.text for node in made.sections[0].footer._element.xpath(".//w:instrText")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert (round(made.sections[0].page_width.mm), round(made.sections[0].page_height.mm)) == (210, 297)


def test_the_seal_belongs_to_the_last_place_to_sign():
    blocks = paper.ready([paper.signatures(("A", [])), paper.signatures(("B", [])), paper.signatures()])
    assert [one["sealed"] for one in blocks] == [False, True]


@pytest.mark.parametrize(("lines", "width"), [(["台"], 13), (["1,234,567,890.00"], 34.4), (["x" * 99], 45)])
def test_narrow_columns_of_word_are_as_wide_as_what_stands_in_them(lines: list[str], width: float):
    columns = (paper.Column("Name", lambda row: row["name"], "left", wide=True), paper.column("N", "n"))
    found = word.widths_of(paper.lines("", [{"name": "x", "n": one} for one in lines], *columns))
    assert found == pytest.approx([word.COUNT, word.ROOM - word.COUNT - width, width])


def test_a_quote_in_word_and_excel_and_never_sealed_there(api: Api, offer: dict):
    url = f"{PREFIX}{where(offer)}print/"
    prints = api.get("/meta/quoting/quotes/")["prints"]
    assert all(one["ways"] == ["docx", "xlsx"] for one in prints)
    for key in ("default", "technical", "configuration"):
        document = api.client.get(f"{url}?template={key}&as=docx&language=zh-hans")
        sheet = api.client.get(f"{url}?template={key}&as=xlsx&language=zh-hans")
        assert document["Content-Disposition"].startswith("attachment")
        for text in (of_word(document.content), of_excel(sheet.content)):
            assert offer["number"] in text and "电子万能试验机" in text and ("231,000.00" in text) == (key == "default")
    assert api.get(f"{where(offer)}print/?as=odt", 400)["code"] == "bad_format"
    assert api.get(f"{where(offer)}print/?as=docx&seal=1", 409)["code"] == "no_seal"


def test_papers_carry_the_texts_of_the_series_of_their_goods(api: Api):
    texts = {
        "intro": "百吨级主机。", "intro_en": "A hundred tons.", "standard": "主机 1 台\n软件 1 套", "technical": "准确度 0.5 级", "technical_en": "Class 0.5",
        "warranty_text": "易损件除外。", "warranty_text_en": "Wearing parts excluded.",
    }  # fmt: skip
    made = api.create("catalog.series", {"name": some("UTM"), **texts})
    sold = api.change(machine(api), {"series": made["id"]})
    about = quote(api, {"item": sold["id"]}, {"item": item(api)["id"]})

    def said(form: str, language: str) -> str:
        return of_word(api.client.get(f"{PREFIX}{where(about)}print/?template={form}&as=docx&language={language}").content)

    assert "百吨级主机。" in said("default", "zh-hans") and "Ahundredtons." in said("default", "en")
    agreement = said("technical", "zh-hans")
    assert all(part in agreement for part in ("二、标准配置", "1.主机1台", "2.软件1套", "三、技术条款", "准确度0.5级", "易损件除外。"))
    english = said("technical", "en")
    assert all(part in english for part in ("Class0.5", "Wearingpartsexcluded.", "主机1台")), "what is not translated is not lost"
    assert "主机1台" in said("configuration", "zh-hans")
