"""Which documents a word finds: by what their reader may see of them, so that a number that is hidden cannot be tried out digit by digit either."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower, Replace
from django.db.models.lookups import Contains

from kernel import words

CHINESE = "[㐀-鿿]"


def by_word(model: Any, word: str, hidden: Collection[str] = ()) -> Q:
    """Documents whose own text holds a word, in characters, pinyin or initials."""
    encoded = words.encode(word)
    found = Q(search_text__contains=encoded)
    veiled = [name for name in model.search if name in hidden]
    if not veiled:
        return found
    shown, plain = Q(pk__in=[]), Q()
    for name in model.search:
        if name not in hidden:
            shown |= Q(**{f"{name}__icontains": word})
    rest: Any = F("search_text")
    for name in veiled:
        folded: Any = Lower(Func(F(name), function="normalize", template="%(function)s(%(expressions)s, NFKC)", output_field=TextField()))
        rest = Replace(rest, folded, Value(" "), output_field=TextField())
        plain &= ~Q(**{f"{name}__regex": CHINESE})  # these stand in the text in letters, too
    return found & (shown | (plain & Q(Contains(rest, encoded))))
