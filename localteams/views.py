"""What one person sees of conversations and messages, as the page reads it."""

from localteams.state import Conversation, Json, Message, Team
from localteams.world import World

LAST_WORDS = 120


def team_summary(world: World, team: Team, aad_id: str) -> Json:
    return {
        "id": team.id,
        "name": team.name,
        "installed": team.installed,
        "channels": [summary(world, one, aad_id) for one in world.of_team(team)],
    }


def summary(world: World, conversation: Conversation, aad_id: str) -> Json:
    last = conversation.messages[-1] if conversation.messages else None
    return {
        "id": conversation.id,
        "kind": conversation.kind,
        "title": conversation.title,
        "unread": conversation.unread.get(aad_id, 0),
        "installed": conversation.installed,
        "members": len(conversation.members),
        "last": None
        if last is None
        else {
            "at": last.at,
            "from": _name(world, last),
            "text": (last.summary or last.text)[:LAST_WORDS],
        },
    }


def as_seen(world: World, message: Message, aad_id: str) -> Json:
    return {
        "id": message.id,
        "from": {"name": _name(world, message), "aad": message.sender},
        "at": message.at,
        "text": message.text,
        "card": message.card_for(aad_id),
        "edited": message.edited,
        "deleted": message.deleted,
        "summary": message.summary,
        "importance": message.importance,
        "thread": message.thread,
        "mine": message.sender == aad_id,
    }


def _name(world: World, message: Message) -> str:
    if message.sender is None:
        return world.directory.bot_name
    return world.person(message.sender).name
