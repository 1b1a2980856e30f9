from kernel.api.views import ResourceView


class Print(ResourceView): ...
