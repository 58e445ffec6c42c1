"""Microsoft's clouds: who gives tokens in each, where Graph is, and whom the bot answers to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Cloud(StrEnum):
    """Which cloud the tenant is in; Danish authorities are in the global one."""

    GLOBAL = "global"
    USGOV = "usgov"
    USGOV_DOD = "usgov-dod"
    CHINA = "china"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosts:
    """Addresses of one cloud.

    :param bot: the audience of the bot's own tokens, and the issuer of those that come to it.
    :param bot_keys: the OpenID metadata of whoever calls the bot.
    """

    entra: str
    graph: str
    bot: str
    bot_keys: str

    @property
    def bot_scope(self) -> str:
        return f"{self.bot}/.default"

    @property
    def graph_scope(self) -> str:
        return f"{self.graph}/.default"

    @property
    def graph_base(self) -> str:
        return f"{self.graph}/v1.0"


_US_BOT = "https://api.botframework.us"
_US_KEYS = "https://login.botframework.azure.us/v1/.well-known/openidconfiguration"

HOSTS: Mapping[Cloud, Hosts] = MappingProxyType(
    {
        Cloud.GLOBAL: Hosts(
            entra="https://login.microsoftonline.com",
            graph="https://graph.microsoft.com",
            bot="https://api.botframework.com",
            bot_keys="https://login.botframework.com/v1/.well-known/openidconfiguration",
        ),
        Cloud.USGOV: Hosts(
            entra="https://login.microsoftonline.us",
            graph="https://graph.microsoft.us",
            bot=_US_BOT,
            bot_keys=_US_KEYS,
        ),
        Cloud.USGOV_DOD: Hosts(
            entra="https://login.microsoftonline.us",
            graph="https://dod-graph.microsoft.us",
            bot=_US_BOT,
            bot_keys=_US_KEYS,
        ),
        Cloud.CHINA: Hosts(
            entra="https://login.partner.microsoftonline.cn",
            graph="https://microsoftgraph.chinacloudapi.cn",
            bot="https://api.botframework.azure.cn",
            bot_keys="https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
        ),
    }
)
