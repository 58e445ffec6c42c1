"""The bot's own app in people's Teams: put there by the bot itself, and by nobody's hand."""

from http import HTTPStatus
from typing import Final

from domain.installing import Install
from graph.calls import Call, GraphRefused, path
from graph.client import Graph
from graph.needs import Need

_NOT_THEIRS: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class Apps:
    """Puts one app of the tenant's catalogue into the personal Teams of people.

    :param base: Graph's address with its version, by which the app is named.
    """

    def __init__(self, graph: Graph, *, base: str, app_id: str) -> None:
        self._graph = graph
        self._app = f"{base.rstrip('/')}/appCatalogs/teamsApps/{app_id}"

    async def install(self, aad_id: str) -> Install:
        """Put it there, or say why it cannot be.

        :raises GraphTrouble: when that is not about this person.
        """
        try:
            await self._graph.call(
                Call(
                    need=Need.INSTALL,
                    method="POST",
                    path=path("users", aad_id, "teamwork", "installedApps"),
                    body={"teamsApp@odata.bind": self._app},
                    once=True,  # a second time it is there already
                )
            )
        except GraphRefused as problem:
            if problem.status == HTTPStatus.CONFLICT:
                return Install.THERE
            if problem.status not in _NOT_THEIRS:
                raise
            return await self._why(aad_id)
        return Install.DONE

    async def _why(self, aad_id: str) -> Install:
        """Ask Entra who they are: Teams says no in one word for many reasons."""
        try:
            answer = await self._graph.call(
                Call(
                    need=Need.PEOPLE,
                    method="GET",
                    path=path("users", aad_id),
                    params={"$select": "id,userType,accountEnabled"},
                )
            )
        except GraphRefused as problem:
            missing = problem.status == HTTPStatus.NOT_FOUND
            return Install.UNKNOWN if missing else Install.REFUSED
        if answer.body.get("userType") == "Guest":
            return Install.GUEST
        return Install.REFUSED if answer.body.get("accountEnabled", True) else Install.CLOSED
