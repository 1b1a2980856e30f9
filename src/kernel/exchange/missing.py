"""What a sheet refers to and is not there yet, made on the way where the person asked for it: categories, units, customers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kernel import calls, limits, registry
from kernel.access import Actor
from kernel.exchange import numbers
from kernel.exchange.columns import Column
from kernel.exchange.entries import Entry
from kernel.exchange.matching import Pair
from kernel.exchange.reading import Reader, Told
from kernel.exchange.references import names_of
from kernel.exchange.writing import Writer, attempt
from kernel.locks import take_turns
from kernel.resources import Resource
from kernel.specs import Spec, key_of

SHOWN = 20
NEVER_GUESSED = {"decimal", "money", "price", "percent", "json"}
"""A tax rate is not made as 0 % because somebody misspelt its name; a credit limit may stay unset."""


def named_by(spec: Spec, actor: Actor) -> str:
    """The field that a reference's text fills in when what it means is made; empty where the text does not suffice or the member may not."""
    resource = registry.of(spec.target) if spec.target is not None else None
    if resource is None or not resource.creatable or not actor.may(resource.key, "create"):
        return ""
    masked = actor.profile.masked(resource.key)
    free = [name for name in names_of(resource.model) if name in resource.writable and name not in masked]
    asked = {name: one for name, one in resource.fields.items() if one.custom or name in resource.writable}
    needed = {name for name, one in asked.items() if one.required or (one.type in NEVER_GUESSED and not one.null and not one.columns)}
    name = resource.model.label_field if resource.model.label_field in free else next(iter(free), "")
    return name if needed <= {name} else ""


@dataclass
class Made:
    """One kind of document made on the way: each with the entries of the sheet that refer to it."""

    resource: Resource
    used_by: list[tuple[Any, list[Entry]]] = field(default_factory=list)

    @property
    def documents(self) -> list[Any]:
        return [document for document, _entries in self.used_by]

    def told(self) -> dict[str, Any]:
        names = [str(document) for document in self.documents]
        return {"_key": self.resource.key, "label": str(self.resource.plural), "count": len(names), "names": names[:SHOWN]}


class Missing:
    """Makes what the chosen columns refer to, by the same rules as a form, and takes back what was made in vain."""

    def __init__(self, columns: Iterable[str], by: Actor, at: datetime) -> None:
        self.columns, self.by, self.at = frozenset(columns), by, at
        self.made: list[Made] = []

    def take_turns(self, known: Mapping[str, Column]) -> None:
        """Two imports at once do not make the same thing twice."""
        targets = [known[path].spec.target for path in self.columns if path in known]
        for key in sorted({key_of(target) for target in targets if target is not None}):
            take_turns(f"import:{key}")

    def make(self, reader: Reader, pairs: Sequence[Pair], in_sheet: Callable[[str], bool]) -> None:
        """Make what is found neither in the company nor, of its own kind, in the sheet itself."""
        wanted: dict[Any, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
        specs: dict[Any, Spec] = {}
        for entry, told in pairs if self.columns else ():
            for one in reader.references(told):
                own = one.model is reader.resource.model and in_sheet(one.text)
                if one.column in self.columns and not own and not reader.finder.named(one):
                    wanted[one.model][one.text].append(entry)
                    specs[one.model] = one.spec
        for model in sorted(wanted, key=key_of):
            self._make(reader, model, named_by(specs[model], self.by), wanted[model])

    def _make(self, reader: Reader, model: Any, name: str, wanted: dict[str, list[Entry]]) -> None:
        """A text that looks like one of the company's own numbers names something that is gone, not something new."""
        made, number = Made(registry.get(key_of(model))), numbers.shape_of(model)
        texts = [text for text in wanted if not number.fullmatch(text)]
        limits.ask_creating(made.resource.app, program=bool(model.date_field), adding=len(texts))
        pairs = [(Entry([]), Told({name: text}, {}, {})) for text in texts]
        Writer(made.resource, self.by, self.at).create(pairs, write=True)
        for text, (entry, _told) in zip(texts, pairs, strict=True):
            if entry.errors:
                reader.finder.refused[model, text] = entry.errors[0]
            else:
                made.used_by.append((entry.document, wanted[text]))
                reader.finder.add(entry.document)
        self.made.append(made)

    def take_back_unused(self) -> None:
        """Whatever only wrong rows refer to is not made after all."""
        for made in self.made:
            made.used_by = [(document, entries) for document, entries in made.used_by if _used(entries) or not _taken_back(document)]

    def groups(self) -> list[tuple[str, list[Any]]]:
        return [(made.resource.key, made.documents) for made in self.made if made.used_by]

    def told(self) -> list[dict[str, Any]]:
        return [made.told() for made in self.made if made.used_by]


def _used(entries: Sequence[Entry]) -> bool:
    return any(not entry.errors for entry in entries)


def _taken_back(document: Any) -> bool:
    """Remove a document and the news of it; False when something holds on to it."""
    subject = (key_of(type(document)), document.pk)
    _gone, refused = attempt(type(document)._default_manager.filter(pk=document.pk).delete)
    if refused is None:
        call = calls.current()
        call.events[:] = [event for event in call.events if (event.subject, event.subject_id) != subject]
        call.created[:] = [one for one in call.created if one is not document]
    return refused is None
