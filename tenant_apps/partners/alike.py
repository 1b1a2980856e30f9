"""How alike two company names are, with what tells nothing taken away: legal form, brackets, the place in front (spec 2.1).

The measure is that of PostgreSQL's `pg_trgm` over names in which each Chinese character stands as three letters (`kernel.words`), so that the
database and an import that compares thousands of rows in memory come to the same answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from kernel import divisions
from kernel.words import encode, fold

LEGAL = ["股份有限公司", "有限责任公司", "有限公司", "集团公司", "公司", "集团", "股份", "有限"]
ABROAD = r"\b(?:co|company|ltd|limited|inc|llc|corp|corporation|plc|gmbh|ag|kg|oy|ab|bv|nv|sa|sas|srl|spa)\b\.?"
FORMS = re.compile(rf"({'|'.join(LEGAL)}|{ABROAD}|\(.*?\)|[\s·,.，。、&-])")
TRADES = [
    "仪器", "仪表", "设备", "装备", "机械", "机电", "机床", "重工", "科技", "技术", "工程", "材料", "检测", "检验", "认证", "质量", "电子", "电气", "电器",
    "电力", "能源", "汽车", "零部件", "配件", "制造", "实业", "工业", "产业", "贸易", "商贸", "进出口", "发展", "研究院", "研究所", "研究", "大学",
    "精密", "模具", "模塑", "压铸", "铸造", "锻造", "五金", "金属", "钢铁", "特钢", "有色", "自动化", "智能", "信息", "网络", "软件", "系统",
    "医疗", "器械", "生物", "医药", "化工", "化学", "塑料", "橡胶", "高分子", "轨道交通", "交通", "航空", "航天", "船舶", "建材", "建设", "建筑", "服务",
    "咨询", "管理", "投资", "控股", "国际", "物流", "新材料", "新能源", "液压", "气动", "传动", "轴承", "阀门", "泵业", "电机", "光电", "光学", "半导体",
    "传感", "测控", "测试", "计量", "试验", "悬架", "底盘", "车身", "饰件", "紧固件", "弹簧", "线缆", "电缆", "包装", "印刷", "纺织", "食品",
]  # fmt: skip
LONGEST = sorted(TRADES, key=len, reverse=True)
NO_LETTER = re.compile(r"[^0-9a-z]")
NUMERALS = re.compile(r"[0-9]+|[一二三四五六七八九十]+")
ENOUGH = 6 / 10
ENOUGH_TEXT = "0.6"
LEFT, HEAD, RUN = 3, 2, 5
"""So many characters must be left when the place in front, and a trade at the end, is taken away: 上海大学 stays whole."""


def plain_name(name: str) -> str:
    """The name without legal form, brackets and spaces."""
    return FORMS.sub("", fold(name)) or fold(name)


def key_of(name: str) -> str:
    """What is compared: the plain name without the place in front, as letters that PostgreSQL's trigrams know."""
    return _letters(_without_place(plain_name(name)))


def head_of(name: str) -> str:
    """What a company is known by (字号), as letters: also without its trade, which very many share."""
    return _letters(_without_trade(_without_place(plain_name(name))))


def _letters(text: str) -> str:
    return NO_LETTER.sub("", encode(text).lower())


def _without_place(plain: str) -> str:
    found = _places().match(plain)
    return plain[found.end() :] if found and len(plain) - found.end() >= LEFT else plain


def _without_trade(text: str) -> str:
    while ending := next((trade for trade in LONGEST if text.endswith(trade) and len(text) - len(trade) >= HEAD), ""):
        text = text.removesuffix(ending)
    return text


@cache
def _places() -> re.Pattern[str]:
    """Provinces and cities with and without their ending, one or a province and one of its cities."""
    names = {name for code, name in divisions.names().items() if code.endswith("00")}
    short = {re.sub(r"(壮族|回族|维吾尔)?(特别行政区|自治区|省|市)$", "", name) for name in names}
    every = "|".join(sorted({name for name in names | short if len(name) > 1}, key=len, reverse=True))
    return re.compile(rf"(?:(?:{every})[省市]?){{1,2}}")


def numerals(name: str) -> tuple[str, ...]:
    """The numbers in a name: 一厂 and 二厂 are two works, however alike the rest is."""
    return tuple(NUMERALS.findall(plain_name(name)))


@lru_cache(maxsize=300_000)
def trigrams(key: str) -> frozenset[str]:
    padded = f"  {key} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def similarity(one: str, other: str) -> float:
    """Of two keys: what they have in common of all their trigrams, 0 to 1."""
    mine, theirs = trigrams(one), trigrams(other)
    shared = len(mine & theirs)
    return shared / (len(mine) + len(theirs) - shared)


def alike(one: str, other: str) -> float:
    """How alike two names are; 0 where it is not enough to ask, or their numbers tell them apart."""
    if numerals(one) != numerals(other) or similarity(head_of(one), head_of(other)) < ENOUGH:
        return 0
    much = similarity(key_of(one), key_of(other))
    return much if much >= ENOUGH else 0


class Index:
    """Many heads in memory, and which of them are near another.

    What has 60 % of its trigrams in common has a run of letters in common: a changed letter costs three trigrams, so that there may be one in eleven letters.
    """

    def __init__(self, heads: Iterable[tuple[int, str]]) -> None:
        self.of: dict[str, list[int]] = {}
        self.grams: dict[str, frozenset[str]] = {}
        self.holding: dict[str, list[str]] = defaultdict(list)
        for which, head in heads:
            self.add(which, head)

    def add(self, which: int, head: str) -> None:
        known = self.of.get(head)
        if known is not None:
            known.append(which)
            return
        self.of[head] = [which]
        self.grams[head] = trigrams(head)
        for run in _runs(head):
            self.holding[run].append(head)

    def near(self, head: str) -> list[int]:
        """Those whose heads are alike enough; the measure is that of `similarity`, after a look at how many trigrams there are at all."""
        mine, grams = trigrams(head), self.grams
        count = len(mine)
        fewest, most = count * ENOUGH, count / ENOUGH
        found: list[int] = []
        for other in {other for run in _runs(head) for other in self.holding.get(run, ())}:
            theirs = grams[other]
            if fewest <= len(theirs) <= most:
                shared = len(mine & theirs)
                if shared >= ENOUGH * (count + len(theirs) - shared):
                    found += self.of[other]
        return found


def _runs(head: str) -> set[str]:
    padded = f"  {head} "
    return {padded[at : at + RUN] for at in range(max(1, len(padded) - RUN + 1))}
