"""Who is in the tenant when the stand-in starts: read from a JSON file."""

from localgraph.server import LocalGraph
from localgraph.wire import Json


def plant(graph: LocalGraph, given: Json) -> None:
    """Let people, groups and apps in, as `localgraph/README.md` describes the file.

    :raises KeyError, TypeError: when the file is not as described there.
    """
    for person in given.get("people", ()):
        graph.directory.add_person(**person)
    for group in given.get("groups", ()):
        graph.directory.add_group(**group)
    for app in given.get("apps", ()):
        graph.apps.publish(**app)
