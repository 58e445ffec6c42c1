"""The rooms of the house, as code to look at."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

ROOMS = ("domain", "storage", "graph", "usecases", "cards", "dialogs", "scheduler", "bot")
STARTS_SOMETHING = ("__main__", "migrations")


def modules() -> Iterator[ModuleType]:
    """Import every module of every room that does not start something by being imported."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if not any(part in STARTS_SOMETHING for part in found.name.split(".")):
                yield importlib.import_module(found.name)
