"""What a hostile caller sends: every kind of bad activity, made from one seed."""

import hmac
import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.issuer import Issuer, make_key, unpadded

KEPT_OUT = frozenset({400, 401, 403, 413, 415})
ANSWERED = frozenset({200, 400, 501})
OTHER_TENANT = "11111111-2222-4333-8444-555555555555"
CANARY = "kanariefugl"
_VERBS = ("", "help", "form.next", "form.nothing", "concern.open", "concern.take_up", "__class__")
_FIELDS: dict[str, type] = {
    "type": str, "id": str, "timestamp": str, "channelId": str, "serviceUrl": str, "text": str,
    "locale": str, "name": str, "from": dict, "recipient": dict, "conversation": dict,
    "channelData": dict, "membersAdded": list, "entities": list, "attachments": list,
}  # fmt: skip
_KINDS_OF_ACTIVITY = ("message", "invoke", "conversationUpdate", "installationUpdate", "typing")
_VALUES: tuple[object, ...] = (5, True, 1.5, "x", [], {})

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One call. `may` are the statuses that may answer it; `at_home` that a turn is in order."""

    kind: str
    body: bytes
    token: str
    may: frozenset[int] = KEPT_OUT
    at_home: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class Hostility:
    """Draws cases of every kind, evenly, for as long as one asks."""

    def __init__(
        self,
        *,
        issuer: Issuer,
        service_url: str,
        tenant: str,
        known: str,
        now: datetime,
        seed: int,
    ) -> None:
        self._issuer = issuer
        self._service_url = service_url
        self._tenant = tenant
        self._known = known
        self._now = now
        self._draw = random.Random(seed)  # noqa: S311  – the same badness every time
        self._number = 0
        self._forger = make_key()
        self._genuine = issuer.sign(self._claims())

    def cases(self, count: int) -> Iterator[Case]:
        makers: tuple[Callable[[], Case], ...] = (
            self._wrong_type,
            self._wrong_size,
            self._wrong_encoding,
            self._foreign_tenant,
            self._foreign_service,
            self._forged_token,
            self._replayed_token,
            self._guest,
            self._stranger,
            self._unknown_verb,
            self._junk_beside,
        )
        for number in range(count):
            yield makers[number % len(makers)]()

    def message(self, **changes: object) -> Json:
        """Give an activity nothing is wrong with, so that only `changes` are."""
        self._number += 1
        return {
            "type": "message",
            "id": f"hostile-{self._number}",
            "timestamp": self._now.isoformat(),
            "channelId": "msteams",
            "serviceUrl": self._service_url,
            "from": {"id": "29:known", "name": "Known", "aadObjectId": self._known},
            "recipient": {"id": f"28:{self._issuer.app_id}", "name": "SSP"},
            "conversation": {
                "id": "a:hostile",
                "conversationType": "personal",
                "tenantId": self._tenant,
            },
            "channelData": {"tenant": {"id": self._tenant}},
            "text": CANARY,
            "locale": "da-DK",
        } | changes

    def help_pressed(self, *, token: str) -> Case:
        """Give a press nothing is wrong with."""
        action: Json = {"verb": "help", "data": {}}
        pressed = self.message(type="invoke", name="adaptiveCard/action", value={"action": action})
        return self._case("genuine", pressed, token=token, may=ANSWERED, at_home=True)

    def _claims(self, **changes: object) -> Json:
        claims = self._issuer.claims(now=self._now, service_url=self._service_url) | changes
        return {name: value for name, value in claims.items() if value is not None}

    def _case(self, kind: str, activity: Json, **more: Any) -> Case:  # noqa: ANN401
        body = json.dumps(activity).encode()
        return Case(**({"kind": kind, "body": body, "token": self._genuine} | more))

    def _wrong_type(self) -> Case:
        name, right = self._draw.choice(list(_FIELDS.items()))
        wrong = [value for value in _VALUES if not isinstance(value, right)]
        return self._case("wrong type", self.message(**{name: self._draw.choice(wrong)}))

    def _wrong_size(self) -> Case:
        size = self._draw.randrange(1, 50)
        activity = self.message(
            value=self._draw.choice(
                [
                    _nested(32 + size),
                    "x" * (16_000 + size),
                    {f"k{n}": 0 for n in range(2_000 + size)},
                    ["x" * 9_000] * (30 + size),
                    [{"x" * (16_000 + size): 1}],
                ]
            )
        )
        return self._case("wrong size", activity)

    def _wrong_encoding(self) -> Case:
        good = json.dumps(self.message())
        body = self._draw.choice(
            [
                good.encode("utf-16"),
                good.encode("utf-32"),
                good.replace(CANARY, "\\ud800").encode(),
                good.replace(CANARY, "\\u0000").encode(),
                good.replace(f'"{CANARY}"', "NaN").encode(),
                good.replace(f'"{CANARY}"', '"a", "text": "b"').encode(),
                good.replace(f'"{CANARY}"', '"a", "value": 1e999').encode(),
                good.replace(f'"{CANARY}"', '"a", "value": ' + "9" * 99).encode(),
                good[: self._draw.randrange(len(good))].encode(),
                b"\xff\xfe" + self._draw.randbytes(200),
                b"[" * self._draw.randrange(1_000, 200_000),
                b"",
            ]
        )
        headers = {"Content-Type": self._draw.choice(["application/json"] * 3 + ["text/plain"])}
        return self._case("wrong encoding", {}, body=body, headers=headers)

    def _foreign_tenant(self) -> Case:
        changes: Json = self._draw.choice(
            [
                {"channelData": {"tenant": {"id": OTHER_TENANT}}},
                {"channelData": {"tenant": {}}},
                {"channelData": {}},
                {"channelData": None},
                {"conversation": {"id": "a:1", "tenantId": OTHER_TENANT}},
                {"conversation": {"id": "a:1", "tenantId": ""}},
            ]
        )
        kind = self._draw.choice(_KINDS_OF_ACTIVITY)
        return self._case("foreign tenant", self.message(type=kind, **changes))

    def _foreign_service(self) -> Case:
        address = self._draw.choice(
            [
                "https://smba.trafficmanager.net.example.org/",
                "https://smba.trafficmanager.net@example.org/",
                self._service_url.replace("http://", "http://user@"),
                self._service_url.replace("127.0.0.1", "localhost"),
                self._service_url.replace("http://", "https://"),
                self._service_url + "../",
                "http://169.254.169.254/",
                "",
            ]
        )
        channel = self._draw.choice(["msteams", "emulator", "webchat", None])
        return self._case(
            "foreign service",
            self.message(serviceUrl=address, channelId=channel),
            token=self._issuer.sign(self._claims(serviceurl=address)),
        )

    def _forged_token(self) -> Case:
        claims = self._claims()
        at = int(self._now.timestamp())
        sign = self._issuer.sign
        head, middle, seal = self._genuine.split(".")
        forgeries: tuple[Callable[[], str], ...] = (
            lambda: "",
            lambda: "nonsense",
            lambda: jwt.encode(claims, "", algorithm="none"),
            lambda: jwt.encode(claims, self._forger, "RS256", headers={"kid": "first"}),
            lambda: jwt.encode(claims, self._forger, "RS256", headers={"kid": CANARY}),
            lambda: jwt.encode(claims, self._forger, "RS256"),
            lambda: self._sealed_with_the_public_key(claims),
            lambda: sign(self._claims(aud=OTHER_TENANT)),
            lambda: sign(self._claims(aud=None)),
            lambda: sign(self._claims(iss="https://api.botframework.com")),
            lambda: sign(self._claims(exp=None)),
            lambda: sign(self._claims(nbf=None)),
            lambda: sign(self._claims(serviceurl=None)),
            lambda: sign(self._claims(nbf=at + 4_000)),
            lambda: f"{head}.{middle}.{seal[::-1]}",
            lambda: f"{head}.{middle}.",
            lambda: f"{head}.{unpadded(json.dumps(claims | {'x': 1}).encode())}.{seal}",
        )
        token = self._draw.choice(forgeries)()
        return self._case("forged token", self.message(), token=token)

    def _sealed_with_the_public_key(self, claims: Json) -> str:
        public = self._issuer.keys["first"].public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        head = {"alg": "HS256", "typ": "JWT", "kid": "first"}
        said = ".".join(unpadded(json.dumps(part).encode()) for part in (head, claims))
        return f"{said}.{unpadded(hmac.digest(pem, said.encode(), 'sha256'))}"

    def _replayed_token(self) -> Case:
        """Sign yesterday's calls, and old activities under today's token."""
        before = self._draw.randrange(3_700, 90_000)
        at = int(self._now.timestamp()) - before
        old = self._issuer.sign(self._claims(nbf=at - 3_600, exp=at))
        if self._draw.random() < 0.5:  # noqa: PLR2004
            return self._case("replayed token", self.message(), token=old)
        long_ago = datetime.fromtimestamp(at - 86_400, self._now.tzinfo).isoformat()
        return self._case("replayed token", self.message(timestamp=long_ago))

    def _guest(self) -> Case:
        sender: Json = {"id": "29:guest", "aadObjectId": self._known}
        marks: list[Json] = [
            sender | {"userRole": "guest"},
            sender | {"userRole": "anonymous"},
            sender | {"tenantId": OTHER_TENANT},
            {"id": "29:nobody"},
        ]
        sent_by = self._draw.choice(marks)
        return self._case("guest", self.message(**{"from": sent_by}))

    def _stranger(self) -> Case:
        """Someone of the tenant whom our register does not know asks for everything."""
        somebody = {"id": "29:s", "aadObjectId": str(self._draw.randbytes(16).hex())}
        text = self._draw.choice(["bekymring", "hjælp", "mine sager", CANARY, "14-årig dreng"])
        return self._case(
            "stranger",
            self.message(text=text, **{"from": somebody}),
            may=ANSWERED,
            at_home=True,
        )

    def _unknown_verb(self) -> Case:
        verb = self._draw.choice([*_VERBS, CANARY * self._draw.randrange(1, 200)])
        data: Json = {
            self._draw.choice(["draft", "concern", "revision", "step", "role", "userId"]): (
                self._draw.choice([CANARY, -1, None, [], {}, OTHER_TENANT, 10**17])
            )
        }
        actions: tuple[object, ...] = (
            {"verb": verb, "data": data},
            {"verb": 5, "data": data},
            {"verb": verb},
            {},
            [],
            None,
        )
        action = self._draw.choice(actions)
        name = self._draw.choice(["adaptiveCard/action", "application/search", CANARY, ""])
        activity = self.message(type="invoke", name=name, value={"action": action})
        return self._case("unknown verb", activity, may=ANSWERED, at_home=True)

    def _junk_beside(self) -> Case:
        """Send what Teams never does beside what it does: it must not matter."""
        junk = {self._draw.randbytes(8).hex(): self._junk(4) for _ in range(4)}
        kind = self._draw.choice(["typing", "messageReaction", "endOfConversation", CANARY])
        activity = self.message(type=kind, value=self._junk(6)) | junk
        return self._case("junk beside", activity, may=ANSWERED, at_home=True)

    def _junk(self, depth: int) -> object:
        if depth == 0:
            return self._draw.choice([None, True, -1, 1.5, "", "\u202e", CANARY])
        if self._draw.random() < 0.5:  # noqa: PLR2004
            return [self._junk(depth - 1) for _ in range(self._draw.randrange(3))]
        return {str(n): self._junk(depth - 1) for n in range(self._draw.randrange(3))}


def _nested(depth: int) -> object:
    below: object = 1
    for _ in range(depth):
        below = [below]
    return below
