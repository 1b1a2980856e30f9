"""Whether a company is there already: asked of 200,000 accounts while somebody types, and of 50,000 rows of a sheet."""

from __future__ import annotations

import io
import random
from urllib.parse import urlencode

import xlsxwriter

from kernel.words import index
from tenant_apps.partners import alike
from tests.bench import imports, load, timing
from tests.bench.report import Results, say
from tests.bench.servers import Site, serving

THERE, ROWS, COUNT = 200_000, 50_000, 200
SIGNS = (
    "华晟晶科天工恒砺精测东岳博鼎辰金海纳启同远景力拓泰安诺宏凯瑞长江信达中联新锐盛德利民兴业永固康健飞跃腾龙祥云宇宙星河阳光明珠宝丰润泽"
    "嘉禾百川万里九鼎正元国威奥凌峰智诚睿思创想卓越领航先驱众合聚力汇通恩典雅迪欧普乐天成功远方南山北辰西岭春晖秋实夏木冬青松柏梅兰竹菊"
    "虎鹰鹏燕鹤翔翼驰骏骐骥麒麟凤凰玉石铁铜铝钛锌锡银钢锋刃剑盾弓弦琴棋书画诗茶酒泉溪湖潭洋港湾桥塔楼阁亭台轩苑园圃林森木森"
)
TRADES = (
    *load.TRADES,
    "电子科技有限公司",
    "仪器仪表有限公司",
    "新材料股份有限公司",
    "模具制造有限公司",
    "医疗器械有限公司",
    "轨道交通装备有限公司",
)


def names(count: int, seed: int) -> list[str]:
    """Distinct names as a register of companies has them: a place, two to four characters of its own, a trade."""
    chance, found = random.Random(seed), set()
    while len(found) < count:
        own = "".join(chance.choices(SIGNS, k=chance.choice((2, 3, 3, 4))))
        found.add(f"{chance.choice(load.PLACES)}{own}{chance.choice(TRADES)}")
    return sorted(found)


def fill(database: load.Database, schema: str, count: int) -> list[str]:
    """Accounts put straight into the table, with what names are compared by."""
    told = names(count, 5)
    with database.transaction():
        with database.cursor() as cursor:
            cursor.execute(
                "CREATE TEMP TABLE given (number text, name text, plain text, head text, phone text, search_text text) ON COMMIT DROP"
            )
            with cursor.copy("COPY given FROM STDIN") as copy:
                for at, name in enumerate(told, 1):
                    number = f"A{at:06d}"
                    copy.write_row((number, name, alike.plain_name(name), alike.head_of(name), f"021{at:08d}", index([number, name])))
        same = {name: name for name in ("number", "name", "head", "search_text")}
        more = {"plain_name": "plain", "phone": "phone", "phone_key": "phone", "kind": "'customer'", "grade": "'B'", "state": "'protected'"}
        lists = {"addresses": "'[]'", "titles": "'[]'", "aliases": "'{}'"}
        load.fill(database, f"{schema}.partners_partner", "given", same | more | lists)
    database.execute(f"VACUUM ANALYZE {schema}.partners_partner")
    return told


def measure(site: Site, results: Results) -> None:
    with serving(site):
        browser = site.sign_up("doubles")
        with site.database() as database:
            known = fill(database, site.schema("doubles"), THERE)
        browser = browser.again()
        asked = [known[at * 977 % THERE] if at % 2 else name for at, name in enumerate(names(COUNT + 40, 99))]

        def ask(number: int) -> None:
            name = asked[number % len(asked)].replace("有限公司", "")
            browser.get(
                f"/partners/partners/alike/?{urlencode({'name': name, 'phone': f'0219{number:07d}', 'tax_no': f'9131{number:014d}'})}"
            )

        spent = timing.times(ask, COUNT, warm=20)
        results |= {"duplicate_ms": timing.percentile(spent, 95)}
        say(f"{THERE:,} accounts: median {timing.middle(spent):.1f} ms")


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("name", "kind", "grade", "industry", "region", "phone", "tax_no", "different_from"))
        for row, name in enumerate(names(ROWS, 17), 1):
            sheet.write_row(row, 0, [name, "customer", "ABC"[row % 3], "汽车零部件", "华东", f"0512{row:08d}", f"91320{row:013d}", "*"])
    return out.getvalue()


def bring(site: Site, results: Results) -> None:
    with serving(site, worker=True):
        browser = site.sign_up("bring")
        results |= {"import_50k_s": imports.imported(browser, workbook(), ROWS)}
