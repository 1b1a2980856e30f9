"""Whether a company is there already: one function for forms, programs and imports (W-4.1.1, spec 2.1).

An equal tax number, or the same name, is refused. A name that is alike, an equal telephone number or domain is a question: whoever enters it says that it is
another company by naming the one it looks like (`different_from`), and that stays with the account.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection
from django.utils.translation import gettext as _

from kernel import calls, people, words
from kernel.refusals import FieldError
from tenant_apps.partners import alike

if TYPE_CHECKING:
    from tenant_apps.partners.models import Partner

FEW = 500
"""So many are looked up in the database each for itself; more than that are compared in memory."""
SHOWN = 3
ANY = "*"
COLUMNS = ("id", "number", "name", "owner", "plain_name", "tax_no", "phone_key", "domain", "head", "aliases")


@dataclass
class Known:
    """What is compared of an account: one that is there, or one that is about to be."""

    pk: int | None
    number: str
    name: str
    owner: int | None
    plain: str
    tax: str
    phone: str
    domain: str
    head: str
    aliases: Sequence[str] = ()

    @staticmethod
    def of(row: Any) -> Known:
        return Known(row.pk, row.number, row.name, row.owner, row.plain_name, row.tax_no, row.phone_key, row.domain, row.head, row.aliases)

    def called_also(self, other: Known) -> bool:
        """Whether another has a name or number that was merged into this one."""
        return bool(self.aliases) and not {other.plain, other.tax, other.name}.isdisjoint({*self.aliases} - {""})


@dataclass
class Twin:
    """An account that another may be, and why: `tax`, `name`, `plain`, `alias`, `alike`, `phone`, `domain`."""

    known: Known
    why: list[str] = field(default_factory=list)

    @property
    def blocks(self) -> bool:
        return bool({"tax", "name"} & set(self.why))


def compared(one: Known, other: Known) -> list[str]:
    """Why two may be one company; nothing when they are not alike."""
    why = ["tax"] * bool(one.tax and (one.tax == other.tax or one.tax in other.aliases))
    if words.fold(one.name) == words.fold(other.name):
        return [*why, "name"]
    if one.plain == other.plain:
        why.append("plain")
    elif other.called_also(one):
        why.append("alias")
    elif alike.alike(one.name, other.name):
        why.append("alike")
    why += ["phone"] * bool(one.phone and one.phone == other.phone)
    return why + ["domain"] * bool(one.domain and one.domain == other.domain)


def twins(rows: Sequence[Known]) -> dict[int, list[Twin]]:
    """{position: accounts that are there and may be the same}, the surest first."""
    near = in_database(rows) if len(rows) <= FEW else _in_memory(rows)
    found: dict[int, list[Twin]] = {}
    for at, others in near.items():
        told = [Twin(other, why) for other in others if other.pk != rows[at].pk and (why := compared(rows[at], other))]
        if told:
            found[at] = sorted(told, key=lambda twin: (not twin.blocks, -len(twin.why), twin.known.pk or 0))
    return found


def typed(asked: dict[str, str]) -> Known:
    """What somebody has typed so far of an account, as it is compared."""
    from tenant_apps.partners.models import partner

    row = partner.Partner(name=asked["name"], tax_no=words.fold(asked["tax_no"]).upper().replace(" ", ""), phone=asked["phone"])
    row.plain_name, row.head = alike.plain_name(row.name), alike.head_of(row.name)
    row.phone_key, row.domain = partner.phone_key(row.phone), partner.domain_of(asked["website"])
    row.pk = int(asked["id"]) if asked["id"].isdecimal() and len(asked["id"]) < 19 else None
    return Known.of(row)


# in the database -----------------------------------------------------------------------------------------------------
def in_database(rows: Sequence[Known]) -> dict[int, list[Known]]:
    """Accounts near each of these by any of their marks, all in one statement, every mark by its index."""
    asked = [
        {"n": at, "plain": row.plain, "head": row.head, "tax": row.tax, "phone": row.phone, "domain": row.domain}
        for at, row in enumerate(rows)
    ]
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [alike.ENOUGH_TEXT, orjson.dumps(asked).decode()])
        hits = cursor.fetchall()
    found: dict[int, list[Known]] = defaultdict(list)
    for at, *values in hits:
        found[at].append(Known(*values))
    return found


NEAR = """
WITH threshold AS MATERIALIZED (SELECT set_config('pg_trgm.similarity_threshold', %s, true)),
asked AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(%s) AS row(n int, plain text, head text, tax text, phone text, domain text))
SELECT asked.n, p.id, p.number, p.name, p.owner, p.plain_name, p.tax_no, p.phone_key, p.domain, p.head, p.aliases
  FROM threshold, asked, LATERAL (
       SELECT id FROM partners_partner WHERE plain_name = asked.plain
 UNION SELECT id FROM partners_partner WHERE head %% asked.head
 UNION SELECT id FROM partners_partner WHERE tax_no = asked.tax AND tax_no <> ''
 UNION SELECT id FROM partners_partner WHERE phone_key = asked.phone AND phone_key <> ''
 UNION SELECT id FROM partners_partner WHERE domain = asked.domain AND domain <> ''
 UNION SELECT id FROM partners_partner WHERE aliases && ARRAY[asked.plain, asked.tax]::varchar[] AND cardinality(aliases) > 0
       ) near, LATERAL (SELECT * FROM partners_partner WHERE id = near.id LIMIT 1) p
"""


# in memory -----------------------------------------------------------------------------------------------------------
class Book:
    """All accounts of the company by their marks, for an import that compares thousands. Kept for the running call, which alone adds to it."""

    def __init__(self, rows: Iterable[Known] = ()) -> None:
        listed = list(rows)
        self.rows: dict[int, Known] = dict(enumerate(listed))
        self.marks: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.heads = alike.Index((at, row.head) for at, row in self.rows.items())
        self.last = max((row.pk or 0 for row in listed), default=0)
        for at, row in self.rows.items():
            self._mark(at, row)

    def add(self, row: Known) -> None:
        at = len(self.rows)
        self.rows[at] = row
        self.heads.add(at, row.head)
        self.last = max(self.last, row.pk or 0)
        self._mark(at, row)

    def _mark(self, at: int, row: Known) -> None:
        for mark in _marks(row):
            self.marks[mark].append(at)
        for text in row.aliases:
            self.marks["plain", text].append(at)
            self.marks["tax", text].append(at)

    def near(self, row: Known) -> list[Known]:
        found = {at for mark in _marks(row) for at in self.marks.get(mark, ())}
        return [self.rows[at] for at in sorted(found.union(self.heads.near(row.head)))]


def _marks(row: Known) -> list[tuple[str, str]]:
    told = (("plain", row.plain), ("tax", row.tax), ("phone", row.phone), ("domain", row.domain))
    return [mark for mark in told if mark[1]]


def _in_memory(rows: Sequence[Known]) -> dict[int, list[Known]]:
    from tenant_apps.partners.models import Partner

    kept = calls.current().kept
    book: Book | None = kept.get("partners.book")
    newer = Partner.objects.filter(pk__gt=book.last if book else 0).order_by("pk").values_list(*COLUMNS).iterator(5000)
    if book is None:
        book = kept["partners.book"] = Book(Known(*values) for values in newer)
    else:
        for values in newer:
            book.add(Known(*values))
    return {at: near for at, row in enumerate(rows) if (near := book.near(row))}


# what is told --------------------------------------------------------------------------------------------------------
def refuse(documents: Sequence[Partner]) -> dict[int, FieldError]:
    """What is wrong with documents of which the identity is new: there already, among themselves too, or a question that nobody has answered."""
    asked = [(at, row) for at, row in enumerate(documents) if row.identity]
    if not asked:
        return {}
    rows = [Known.of(row) for _at, row in asked]
    there = twins(rows)
    earlier = Book()
    wrong: dict[int, FieldError] = {}
    for place, (at, document) in enumerate(asked):
        own = rows[place]
        mates = [Twin(other, why) for other in earlier.near(own) if (why := compared(own, other))] if len(rows) > 1 else []
        error = _error(document, [*there.get(place, []), *mates])
        if error is not None:
            wrong[at] = error
        if len(rows) > 1:
            earlier.add(own)
    return wrong


def _error(document: Partner, found: list[Twin]) -> FieldError | None:
    told = told_apart(document.different_from)
    sure = next((twin for twin in found if twin.blocks), None)
    if sure is not None:
        return FieldError(
            "tax_no" if "tax" in sure.why else "name", "duplicate", _("“%(name)s” is there already.") % {"name": sure.known.name}
        )
    open_ = [twin for twin in found if ANY not in told and twin.known.number not in told]
    return _question(open_) if open_ else None


def told_apart(text: str) -> set[str]:
    """The numbers of accounts that one was said not to be, as they are written in `different_from`."""
    return {*re.split(r"[\s,，、;；]+", text.strip())} - {""}


def _question(found: list[Twin]) -> FieldError:
    named = words.listed(_named(twin.known) for twin in found[:SHOWN])
    numbers = ", ".join(twin.known.number or twin.known.name for twin in found[:SHOWN])
    sentence = _("It may be there already: %(names)s. If it is another company, say so: write %(numbers)s into “Another company than”.")
    detail = sentence % {"names": named, "numbers": numbers or ANY}
    same = any("plain" in twin.why for twin in found)  # but for the legal form: sure enough to be called a duplicate
    return FieldError("name", "duplicate", detail) if same else FieldError("different_from", "alike", detail)


def _named(known: Known) -> str:
    """As much as everybody may know: the name and whose it is."""
    owner = people.named("member", known.owner)
    told = {"name": known.name, "number": known.number, "owner": owner["label"] if owner else _("nobody")}
    return _("“%(name)s” (%(number)s, %(owner)s)") % told
