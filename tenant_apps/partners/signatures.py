"""What a pasted business card, mail signature or block of invoice details says: whose it is, where, and by which numbers. Rules only, no service."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LABELS = {
    "company": ("公司", "单位", "公司名称", "单位名称", "名称", "名 称", "开票抬头", "抬头", "company"),
    "name": ("姓名", "联系人", "name", "contact"),
    "job": ("职务", "职位", "title", "position"),
    "mobile": ("手机", "手机号", "移动电话", "微信", "mobile", "mob", "cell", "cellphone", "wechat", "m"),
    "phone": ("电话", "座机", "联系电话", "tel", "phone", "telephone", "t", "p"),
    "fax": ("传真", "fax", "f"),
    "email": ("邮箱", "电子邮箱", "电邮", "邮件", "email", "e-mail", "mail", "e"),
    "website": ("网址", "网站", "主页", "web", "website", "http", "url", "w"),
    "address": ("地址", "通讯地址", "收货地址", "address", "add", "addr", "a"),
    "invoice_address": ("地址电话", "地址、电话", "注册地址", "注册地址及电话", "开票地址"),
    "tax_no": ("税号", "纳税人识别号", "统一社会信用代码", "信用代码", "tax no", "tax id", "vat"),
    "bank_name": ("开户行", "开户银行", "银行", "bank"),
    "bank_account": ("账号", "帐号", "银行账号", "银行帐号", "账户", "account", "account no"),
}
OF = {re.sub(r"\s", "", label): name for name, labels in LABELS.items() for label in labels}
LABELLED = re.compile(r"^([^:：]{1,16}?)[\s.]*[:：]\s*(.+)$")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
SITE = re.compile(r"(?:https?://)?(?:www\.)[\w-]+(?:\.[\w-]+)+(?:/\S*)?|https?://\S+", re.ASCII)
TAX = re.compile(r"(?<![0-9A-Z])(?=[0-9A-HJ-NPQRTUWXY]*[A-Z]|9)[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
MOBILE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)")
PHONE = re.compile(
    r"(?<!\d)(?:\+\d{1,3}[-\s]?)?(?:\(?0\d{1,3}\)?[-\s]?)\d{3,4}[-\s]?\d{3,4}(?:\s*(?:-|转|ext\.?|#)\s*\d{1,5})?(?!\d)|\+\d{1,3}(?:[-\s]?\d{2,5}){2,4}(?!\d)"
)
COMPANY = re.compile(
    r"(?:公司|集团|工厂|[一-鿿]厂|大学|学院|研究院|研究所|中心|事务所|医院|局)$|\b(?:co\.?,?\s*ltd|ltd|limited|inc|gmbh|corp|corporation|llc|plc|university|institute|s\.?a\.?)\.?$",
    re.IGNORECASE,
)
JOB = re.compile(
    r"(?:经理|总监|总裁|总工|董事长|主任|主管|工程师|助理|专员|教授|部长|厂长|科长|采购员|代表|顾问|老师|院长|所长|销售|采购|财务|会计|技术员)$"
    r"|\b(?:manager|director|engineer|president|ceo|cto|cfo|buyer|officer|head|professor|assistant|sales|purchasing|consultant)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[省市区县镇].*(?:路|街|道|号|园|村|座|室|楼)|\d+号|\b(?:road|rd|street|st|avenue|ave|district)\b", re.IGNORECASE)
HAN_NAME = re.compile(r"^[一-鿿](?:\s?[一-鿿·]){1,3}$")
APART = re.compile(r"^([一-鿿])\s([一-鿿]{1,2})(?=[\s,，/]|$)")
"""李 雷: a short name set wide."""
LATIN_NAME = re.compile(r"^(?:[A-Z][a-z'-]+\.?\s){1,2}[A-Z][A-Za-z'-]+$")


def apart(text: str) -> dict[str, str]:
    """{field: value}; what cannot be told apart is left out, and the first of each kind counts. `mobile` stands apart from `phone`."""
    found: dict[str, str] = {}
    for line in _lines(text):
        name, value = _labelled(line)
        if name and name != "fax":
            found.setdefault(name, _trimmed(name, value))
        elif not name:
            _guess(line, found)
    return {name: value for name, value in found.items() if value}


def _lines(text: str) -> Iterator[str]:
    for raw in unicodedata.normalize("NFKC", text).replace("\x00", "").splitlines():
        for part in re.split(r"\s*[|｜;；\t]\s*|\s{3,}", raw):
            if part.strip():
                yield part.strip()


def _labelled(line: str) -> tuple[str, str]:
    told = LABELLED.match(line)
    name = OF.get(re.sub(r"\s", "", told[1]).lower(), "") if told else ""
    return (name, told[2].strip()) if told and name else ("", line)


def _trimmed(name: str, value: str) -> str:
    """Of a labelled value only what it is said to be: a mail address, a number."""
    pattern = {"email": MAIL, "website": SITE, "tax_no": TAX}.get(name)
    exact = pattern.search(value.upper() if name == "tax_no" else value) if pattern else None
    return exact[0] if exact else value


def _guess(line: str, found: dict[str, str]) -> None:
    """A line without a label: what it holds by its form, then what its rest is."""
    rest = line
    for name, pattern in (("email", MAIL), ("website", SITE), ("tax_no", TAX), ("mobile", MOBILE), ("phone", PHONE)):
        met = pattern.search(rest)
        if met:
            found.setdefault(name, met[0].strip())
            rest = (rest[: met.start()] + rest[met.end() :]).strip(" ,，·-/")
    for name, pattern in (("company", COMPANY), ("address", ADDRESS)):
        if rest and pattern.search(rest):
            found.setdefault(name, rest)
            return
    if rest:
        _person(rest, found)


def _person(text: str, found: dict[str, str]) -> None:
    """王小明 销售经理: a name, a title, or one after the other."""
    text = APART.sub(r"\1\2", text)
    words = re.split(r"\s*[/,，]\s*|\s+", text)
    if (HAN_NAME.match(text) or LATIN_NAME.match(text)) and not JOB.search(text):
        found.setdefault("name", text)
    elif len(words) > 1 and HAN_NAME.match(words[0]) and not JOB.search(words[0]):
        found.setdefault("name", words[0])
        if JOB.search(text):
            found.setdefault("job", " ".join(words[1:]))
    elif JOB.search(text):
        found.setdefault("job", text)
