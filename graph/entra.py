"""Asking Entra for tokens by msal: with a certificate, a secret, or as the machine we run on.

msal keeps tokens and assertions of its own, and would hand out again what was refused; so each
question is asked by a new client, and `Tokens` is the one that keeps.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any, Final

import msal
import requests

from graph.tokens import (
    NOT_ANSWERED,
    NOT_REACHED,
    NOT_TRUSTED,
    Fetch,
    Grant,
    TokenRefused,
    granted,
)

WITHIN: Final = (5.0, 10.0)  # seconds: to be connected, and to be answered
ALL_OF_IT: Final = "/.default"
NO_IDENTITY: Final = "noManagedIdentity"

Parts = Mapping[str, str] | None

_NUMBERED = re.compile(r"AADSTS[0-9]{3,8}")


class _Line:
    """What msal asks through: no proxy, certificate or password of the environment's (MTG-18).

    msal names no time to wait at most; whatever else it says of how to ask is ours to decide.
    """

    def __init__(self, *, ca: str | None) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = ca or True

    def get(
        self, url: str, params: Parts = None, headers: Parts = None, **_: object
    ) -> requests.Response:
        return self._session.get(
            url, params=params, headers=headers, timeout=WITHIN, allow_redirects=False
        )

    def post(
        self,
        url: str,
        params: Parts = None,
        data: Mapping[str, str] | str | None = None,
        headers: Parts = None,
        **_: object,
    ) -> requests.Response:
        return self._session.post(
            url,
            params=params,
            data=data,
            headers=headers,
            timeout=WITHIN,
            allow_redirects=False,
        )

    def close(self) -> None:
        self._session.close()


def from_entra(
    *,
    app_id: str,
    tenant_id: str,
    credential: str | Mapping[str, str],
    scope: str,
    entra: str,
    discover: bool | None = None,
    ca: str | None = None,
) -> Fetch:
    """Ask Entra by client credentials, off the event loop: msal blocks.

    :param credential: the secret, or msal's mapping of a certificate
        (`private_key`, `public_certificate`).
    :param entra: the address of Entra in its cloud.
    :param discover: whether Microsoft is asked if it knows that address; None lets msal decide.
    :param ca: a file of certificates to trust instead of the usual ones.
    """

    def ask() -> Mapping[str, Any]:
        with closing(_Line(ca=ca)) as line:
            client = msal.ConfidentialClientApplication(
                app_id,
                authority=f"{entra}/{tenant_id}",
                client_credential=credential,
                instance_discovery=discover,
                http_client=line,
            )
            answer: dict[str, Any] = client.acquire_token_for_client([scope])
        return answer

    return _off_the_loop(ask)


def from_managed_identity(*, client_id: str | None, scope: str) -> Fetch:
    """Ask the machine in Azure that we run on, off the event loop.

    :param client_id: of a user-assigned identity; None is the machine's own.
    """

    def ask() -> Mapping[str, Any]:
        with closing(_Line(ca=None)) as line:
            client = msal.ManagedIdentityClient(
                msal.SystemAssignedManagedIdentity()
                if client_id is None
                else msal.UserAssignedManagedIdentity(client_id=client_id),
                http_client=line,
            )
            answer: dict[str, Any] = client.acquire_token_for_client(
                resource=scope.removesuffix(ALL_OF_IT)
            )
        return answer if "access_token" in answer else {"error": NO_IDENTITY}

    return _off_the_loop(ask)


def _off_the_loop(ask: Callable[[], Mapping[str, Any]]) -> Fetch:
    async def fetch() -> Grant:
        try:
            answer = await asyncio.to_thread(ask)
        except (OSError, ValueError, RuntimeError, msal.exceptions.MsalError) as problem:
            raise TokenRefused(_code(problem)) from problem
        return granted(answer)

    return fetch


_CODES: Final[Mapping[type[Exception], str]] = {
    requests.exceptions.SSLError: NOT_TRUSTED,
    requests.exceptions.ConnectionError: NOT_REACHED,
    requests.exceptions.Timeout: NOT_REACHED,
    msal.ManagedIdentityError: NO_IDENTITY,
}


def _code(problem: Exception) -> str:
    """Say in a word what went wrong; msal hides Entra's number in its own sentences."""
    for each in _behind(problem):
        if found := _NUMBERED.search(str(each)):
            return found[0]
    return next((code for kind, code in _CODES.items() if isinstance(problem, kind)), NOT_ANSWERED)


def _behind(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__
