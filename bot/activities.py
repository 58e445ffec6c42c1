"""The SDK's Activity from JSON that the door has read: what we use of it, and nothing else.

msrest's general reader costs more than all the rest of a turn; these few lines do not.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, Entity

Json = Mapping[str, Any]

ACCOUNT = {"id": "id", "name": "name", "aadObjectId": "aad_object_id", "role": "role"}
CONVERSATION = {
    "id": "id",
    "name": "name",
    "tenantId": "tenant_id",
    "conversationType": "conversation_type",
    "isGroup": "is_group",
}
# never `deliveryMode` and `callerId`: answers are sent, and only the door says who calls
PLAIN = MappingProxyType(
    {
        "type": "type",
        "id": "id",
        "name": "name",
        "action": "action",
        "locale": "locale",
        "channelId": "channel_id",
        "serviceUrl": "service_url",
        "replyToId": "reply_to_id",
        "text": "text",
        "textFormat": "text_format",
        "channelData": "channel_data",
        "value": "value",
    }
)


def read_activity(said: Json) -> Activity:
    """Make the SDK's object of an activity from `bot/intake.py`."""
    return Activity(
        **_named(said, PLAIN),
        from_property=_account(said["from"]),
        recipient=_account(said["recipient"]),
        conversation=ConversationAccount(**_named(said["conversation"], CONVERSATION)),
        members_added=[_account(each) for each in said.get("membersAdded", ())],
        members_removed=[_account(each) for each in said.get("membersRemoved", ())],
        entities=[_entity(each) for each in said.get("entities", ())],
    )


def _named(said: Json, names: Mapping[str, str]) -> dict[str, Any]:
    return {name: said[key] for key, name in names.items() if key in said}


def _account(said: Json) -> ChannelAccount:
    return ChannelAccount(**_named(said, ACCOUNT))


def _entity(said: Json) -> Entity:
    entity = Entity(type=said.get("type"))
    entity.additional_properties = {key: each for key, each in said.items() if key != "type"}
    return entity
