"""The kernel as a Django app; it reads every business app's declarations once all models are there."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "kernel"
    business = True

    def ready(self) -> None:
        from kernel import registry

        registry.load()


class BusinessApp(AppConfig):
    """Base of every business app: its resources, handlers and gates are read at start."""

    business = True
    default = False

    platform = False
    """True: its documents are the operators' own and live in the public schema; companies see those that concern them."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        """The one class of an app's `apps.py` that Django shall take, although this base is imported beside it."""
        super().__init_subclass__(**kwargs)
        cls.default = True
