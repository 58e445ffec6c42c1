"""Groups and people as Entra has them: what changed in the groups, and who can sign in.

Groups are read by `groups/delta`, for our own groups only: it tells who came and who left since
the last time, page by page. People are asked for one by one, in batches, and not by
`users/delta`: without a filter that reads everybody in the tenant, and with one it takes fifty
at most and starts over each time somebody new is among them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from domain.directory import Account
from domain.directory_changes import Changes, GroupChange
from graph.calls import Answer, Call, GraphRefused, GraphTrouble, path
from graph.client import Graph
from graph.needs import Need

MOST_GROUPS: Final = 50  # in the filter of one delta query
FIELDS: Final = "id,displayName,mail,userPrincipalName,accountEnabled,userType"
STATE_UNTOLD: Final = "accountEnabledUntold"  # our own code: User.ReadBasic.All is not enough
_GONE, _NOT_FOUND, _FORBIDDEN = 410, 404, 403
_START_OVER = frozenset({"syncStateNotFound", "resyncRequired", "syncStateInvalid"})
_NO_SUCH = frozenset({"Request_ResourceNotFound", "ResourceNotFound"})
_OUTSIDE = "#EXT#"


class Directory:
    """Reads the groups of committees and the accounts of colleagues."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    async def changes(self, groups: Sequence[str], *, link: str = "") -> Changes:
        """Read what changed in at most `MOST_GROUPS` groups since `link` was given.

        Without a link, or where Entra no longer knows it, all of them are read anew.

        :raises GraphTrouble: when Entra does not answer, or says no; nothing is half read.
        """
        if link:
            try:
                return await self._read(link, {}, groups, whole=False)
            except GraphRefused as refused:
                if refused.status != _GONE and _START_OVER.isdisjoint(refused.codes):
                    raise
        among = " or ".join(f"id eq '{each}'" for each in groups)
        asked = {"$select": "id,members", "$filter": among}
        return await self._read(path("groups", "delta"), asked, groups, whole=True)

    async def accounts(self, ids: Iterable[str]) -> tuple[dict[str, Account], frozenset[str]]:
        """Look each of these up; gives the accounts, and the ids that Entra does not have.

        :raises GraphTrouble: when one could not be looked up; then nobody is taken to be gone.
        """
        asked = sorted(set(ids))
        calls = [
            Call(
                need=Need.PEOPLE,
                method="GET",
                path=path("users", each),
                params={"$select": FIELDS},
            )
            for each in asked
        ]
        found: dict[str, Account] = {}
        missing: set[str] = set()
        for aad_id, answer in zip(asked, await self._graph.batch(calls), strict=True):
            if isinstance(answer, Answer):
                account = account_told(aad_id, answer.body)
                if account is None:
                    raise GraphRefused(need=Need.PEOPLE, status=_FORBIDDEN, codes=[STATE_UNTOLD])
                found[aad_id] = account
            elif _is_missing(answer):
                missing.add(aad_id)
            else:
                raise answer
        return found, frozenset(missing)

    async def _read(
        self, where: str, params: Mapping[str, str], groups: Sequence[str], *, whole: bool
    ) -> Changes:
        came: dict[str, dict[str, bool]] = {}
        left: dict[str, set[str]] = {}
        gone: set[str] = set()
        link = ""
        call = Call(need=Need.GROUPS, method="GET", path=where, params=params)
        async for page in self._graph.pages(call):
            link = page.delta_link or link
            for item in page.items:
                group = str(item["id"]).casefold()
                if "@removed" in item:
                    gone.add(group)
                    continue
                gone.discard(group)
                follow_members(item, came.setdefault(group, {}), left.setdefault(group, set()))
        known = {each.casefold() for each in groups}
        if whole:
            gone |= known - came.keys()
        return Changes(
            groups=[
                GroupChange(
                    group=each,
                    came=came.get(each, {}),
                    left=frozenset(left.get(each, ())),
                    gone=each in gone,
                )
                for each in sorted(known & (came.keys() | gone))
            ],
            link=link,
            whole=whole,
        )


def follow_members(item: Mapping[str, Any], came: dict[str, bool], left: set[str]) -> None:
    """Take what a page says of a group's members; a later page is right about somebody."""
    for member in item.get("members@delta", ()):
        who, kind = str(member["id"]).casefold(), str(member.get("@odata.type", ""))
        if "@removed" in member:
            came.pop(who, None)
            left.add(who)
        elif kind in {"#microsoft.graph.user", "#microsoft.graph.group"}:
            left.discard(who)
            came[who] = kind.endswith("group")


def _is_missing(answer: GraphTrouble) -> bool:
    return answer.status == _NOT_FOUND and not _NO_SUCH.isdisjoint(answer.codes)


def account_told(aad_id: str, body: Mapping[str, Any]) -> Account | None:
    """Read an account; None where we may not see whether it is open, and nobody would leave."""
    enabled = body.get("accountEnabled")
    if not isinstance(enabled, bool):
        return None
    upn = str(body.get("userPrincipalName") or "")
    outside = _OUTSIDE in upn
    return Account(
        aad_id=aad_id,
        name=str(body.get("displayName") or ""),
        mail=str(body.get("mail") or ("" if outside else upn)),
        enabled=enabled,
        guest=body.get("userType") == "Guest" or outside,
    )
