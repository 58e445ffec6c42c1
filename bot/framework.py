"""botbuilder's side: its adapter under our door, with our way out behind its own interfaces."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NoReturn

from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ConversationParameters,
    ConversationResourceResponse,
    ResourceResponse,
)
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from bot.activities import read_activity
from bot.authenticate import Identity
from bot.connector import IN_A_TURN, Connector, write

Json = Mapping[str, Any]
OnTurn = Callable[[TurnContext], Awaitable[None]]


class Adapter(CloudAdapterBase):
    """CloudAdapterBase has everything we need except a web server, and we have one."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._way_out = _WayOut(connector)
        super().__init__(self._way_out)

    async def process(
        self, identity: Identity, activity: Json, on_turn: OnTurn
    ) -> InvokeResponse | None:
        """Take a turn with an activity that the door has read and verified.

        :return: what to answer an invoke with; None for everything else.
        """
        verified = AuthenticateRequestResult()
        verified.claims_identity = ClaimsIdentity(identity.claims, is_authenticated=True)
        verified.connector_factory = self._way_out
        answer: InvokeResponse | None = await self.process_activity(
            verified, read_activity(activity), on_turn
        )
        return answer

    async def say(self, context: TurnContext, activity: Json) -> str:
        """Answer this turn's activity with JSON as it stands; give the id the answer got.

        `send_activity` copies and rewrites what it sends, twice; a card is ready as it is.

        :raises NotDelivered: when Teams did not confirm it.
        """
        return await self.say_written(context, write(activity))

    async def say_written(self, context: TurnContext, activity: bytes) -> str:
        """Answer as `say` does, with an activity that was written as JSON before."""
        heard = context.activity
        conversation, service_url = heard.conversation.id, heard.service_url
        envelope = {
            "from": {"id": heard.recipient.id},
            "recipient": {"id": heard.from_property.id},
            "conversation": {"id": conversation},
        }
        if heard.type != ActivityTypes.message:
            return await self._connector.send(
                service_url=service_url,
                conversation=conversation,
                activity=_addressed(activity, envelope),
                pauses=IN_A_TURN,
            )
        return await self._connector.reply(
            service_url=service_url,
            conversation=conversation,
            to=heard.id,
            activity=_addressed(activity, {**envelope, "replyToId": heard.id}),
        )

    def answer(self, context: TurnContext, *, status: int, body: object = None) -> None:
        """Answer the invoke of this turn; `body` is JSON and goes out untouched."""
        context.turn_state[self._INVOKE_RESPONSE_KEY] = Activity(
            type=ActivityTypes.invoke_response, value=InvokeResponse(status=status, body=body)
        )


def _addressed(activity: bytes, envelope: Json) -> bytes:
    """Add the envelope to an activity that is written already, without reading it again."""
    return write(envelope)[:-1] + b"," + activity[1:]


class _WayOut(BotFrameworkAuthentication, ConnectorFactory):
    """Hands the SDK our pooled connector wherever it would make a client of its own."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._clients: dict[str, _Client] = {}

    async def create(self, service_url: str, audience: str | None) -> "_Client":
        if service_url not in self._clients:
            self._clients[service_url] = _Client(self._connector, service_url)
        return self._clients[service_url]

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return self

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """Give none: nobody signs in by card (Entra identifies people by their activities)."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> NoReturn:
        raise PermissionError("the door verifies")

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> NoReturn:
        raise PermissionError("the door verifies")


class _Client:
    """The part of the SDK's ConnectorClient that the SDK itself calls."""

    def __init__(self, connector: Connector, service_url: str) -> None:
        self.conversations = _Conversations(connector, service_url)


class _Conversations:
    def __init__(self, connector: Connector, service_url: str) -> None:
        self._connector = connector
        self._service_url = service_url

    async def reply_to_activity(
        self, conversation_id: str, activity_id: str, activity: Activity
    ) -> ResourceResponse:
        return ResourceResponse(
            id=await self._connector.reply(
                service_url=self._service_url,
                conversation=conversation_id,
                to=activity_id,
                activity=activity.serialize(),
            )
        )

    async def send_to_conversation(
        self, conversation_id: str, activity: Activity
    ) -> ResourceResponse:
        return ResourceResponse(
            id=await self._connector.send(
                service_url=self._service_url,
                conversation=conversation_id,
                activity=activity.serialize(),
                pauses=IN_A_TURN,
            )
        )

    async def update_activity(
        self, conversation_id: str, activity_id: str, activity: Activity
    ) -> ResourceResponse:
        return ResourceResponse(
            id=await self._connector.update(
                service_url=self._service_url,
                conversation=conversation_id,
                id=activity_id,
                activity=activity.serialize(),
            )
        )

    async def delete_activity(self, conversation_id: str, activity_id: str) -> None:
        await self._connector.delete(
            service_url=self._service_url, conversation=conversation_id, id=activity_id
        )

    async def create_conversation(
        self, parameters: ConversationParameters
    ) -> ConversationResourceResponse:
        made = await self._connector.create_conversation(
            service_url=self._service_url, parameters=parameters.serialize()
        )
        return ConversationResourceResponse(
            id=made.get("id"), activity_id=made.get("activityId"), service_url=self._service_url
        )
