"""`make new APP=sales DOC=Return`: the three files of a document type, working as they stand.

What exists is added to, never overwritten; a migration is left to `make migrate`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from string import Template

from infra.programs import BIN, ROOT

HEADERS = {
    "models": '"""What the documents of this app are."""\n\nfrom __future__ import annotations\n',
    "actions": '"""What can happen to the documents of this app."""\n\nfrom __future__ import annotations\n',
    "resources": '"""How the documents of this app are shown."""\n\nfrom __future__ import annotations\n',
}
IMPORTS = {
    "models": (
        "from django.db import models",
        "from django.utils.translation import gettext_lazy as _",
        "from kernel.documents import Document",
        "from kernel.fields import StateField",
    ),
    "actions": (
        "from datetime import datetime",
        "from django.utils.translation import gettext as _t",
        "from django.utils.translation import gettext_lazy as _",
        "from kernel.access import Actor",
        "from kernel.actions import action",
        "from kernel.refusals import Refused",
        "from tenant_apps.$app.models import $doc",
    ),
    "resources": (
        "from django.utils.translation import gettext_lazy as _",
        "from kernel.resources import Resource, Section",
        "from tenant_apps.$app import actions",
        "from tenant_apps.$app.models import $doc",
    ),
}
BODIES = {
    "models": '''
class $doc(Document):
    """Say in one business sentence what a $words is."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        CONFIRMED = "confirmed", _("Confirmed")

    dated = models.DateField(_("Date"), null=True, blank=True)
    subject = models.CharField(_("Subject"), max_length=120)
    state = StateField(State, verbose_name=_("State"))

    number_format = "$letters{date:%Y}-{seq:05d}"
    date_field = "dated"
    search = ("number", "subject")

    class Meta(Document.Meta):
        verbose_name = _("$title")
        verbose_name_plural = _("${title}s")
''',
    "actions": '''
@action(label=_("Confirm"), when=$doc.State.DRAFT, then=$doc.State.CONFIRMED, style="primary", says=_("confirmed"))
def $verb($name: $doc, *, by: Actor, at: datetime) -> None:
    """Hold the $words to what it says."""
    if not $name.dated:
        raise Refused("no_date", _t("There is no date on it. Fill it in, then confirm."))
''',
    "resources": """
class ${doc}Resource(Resource):
    model = $doc
    columns = ("number", "subject", "dated", "owner", "state")
    filters = ("state", "dated", "owner")
    editable_when = {$doc.State.DRAFT}
    form = (Section(_("$title"), "subject", "dated", "owner"),)
    actions = (actions.$verb,)
""",
}


def add(app: str, doc: str, root: Path = ROOT) -> list[Path]:
    """Write the three declarations into an app of the company's schema."""
    folder = root / "tenant_apps" / app
    if not folder.is_dir():
        apps = sorted(path.parent.name for path in folder.parent.glob("*/apps.py"))
        raise SystemExit(f"There is no app {app!r}. Apps: {', '.join(apps)}")
    if not re.fullmatch(r"[A-Z][A-Za-z]+", doc):
        raise SystemExit("Name the document type like a class: make new APP=sales DOC=ReturnOrder")
    if any(re.search(rf"^class {doc}\b", path.read_text(), re.MULTILINE) for path in folder.rglob("*.py")):
        raise SystemExit(f"{doc} is there already in {folder.relative_to(root)}.")
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", doc).lower()
    verb = "confirm"
    while re.search(rf"^def {verb}\(", text(folder / "actions.py"), re.MULTILINE):
        verb += "_"  # the address is the verb without underscores: each document type has its own
    names = {"app": app, "doc": doc, "words": words, "title": words.capitalize(), "name": words.replace(" ", "_"), "verb": verb}
    names["letters"] = "".join(re.findall("[A-Z]", doc))
    return [extend(folder / f"{part}.py", part, names) for part in HEADERS]


def text(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def extend(path: Path, part: str, names: dict[str, str]) -> Path:
    """Put imports to the others at the top, the declaration at the end, and let ruff tidy up."""
    head, mark, rest = (text(path) or HEADERS[part]).partition("from __future__ import annotations\n")
    imports = "\n".join(IMPORTS[part])
    path.write_text(f"{head}{mark}\n{Template(imports).substitute(names)}\n{rest}\n{Template(BODIES[part]).substitute(names)}")
    subprocess.run([BIN / "ruff", "check", "--quiet", "--fix", "--select", "I,F401,F811", path], cwd=ROOT, check=True)
    subprocess.run([BIN / "ruff", "format", "--quiet", path], cwd=ROOT, check=True)
    return path


def main() -> None:
    if len(sys.argv) != 3:
        raise SystemExit("Say which: make new APP=sales DOC=Return")
    for path in add(sys.argv[1], sys.argv[2]):
        print(path.relative_to(ROOT))
    print("Next: make migrate, then its tests.")


if __name__ == "__main__":
    main()
