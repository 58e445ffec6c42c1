"""Open a chat with somebody who has the app and never wrote, by the Connector (teams.md §6)."""

from bot.connector import Connector
from domain.delivery import Address
from scheduler.install_app import OpenChat
from storage.database import Database


def opener(database: Database, connector: Connector, *, app_id: str, tenant_id: str) -> OpenChat:
    """Open chats where Teams answers for others of the tenant; nowhere while nobody is known.

    Teams knows people of its own tenant by their Entra ids too.
    """

    async def open_chat(aad_id: str) -> Address | None:
        async with database.transaction() as tx:
            service_url = await tx.addresses.some_service_url()
        if service_url is None:
            return None
        made = await connector.create_conversation(
            service_url=service_url,
            parameters={
                "isGroup": False,
                "bot": {"id": f"28:{app_id}"},
                "members": [{"id": aad_id}],
                "tenantId": tenant_id,
                "channelData": {"tenant": {"id": tenant_id}},
            },
        )
        chat = str(made.get("id", ""))
        if not chat:
            return None
        return Address(conversation_id=chat, service_url=service_url, tenant_id=tenant_id)

    return open_chat
