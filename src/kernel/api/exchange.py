from kernel.api.me import MemberView
from kernel.api.views import ResourceView


class Export(ResourceView): ...


class Import(ResourceView): ...


class Inspect(ResourceView): ...


class Template(ResourceView): ...


class Undo(MemberView): ...
