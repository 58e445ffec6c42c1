"""How the bot proves who it is: to Entra, or to the stand-in that takes its place locally."""

from datetime import datetime

import aiohttp
from cryptography.x509 import load_pem_x509_certificate
from yarl import URL

from bot.readers import SYSTEM_IDENTITY
from bot.settings import Settings
from graph.clouds import HOSTS
from graph.entra import from_entra, from_managed_identity
from graph.tokens import Fetch, from_local


def fetch_for(settings: Settings, session: aiohttp.ClientSession) -> Fetch:
    """Say how tokens for the Bot Connector are asked for."""
    return _fetch(settings, session, scope=HOSTS[settings.cloud].bot_scope)


def fetch_for_graph(settings: Settings, session: aiohttp.ClientSession) -> Fetch:
    """Say how tokens for Microsoft Graph are asked for, by the same proof."""
    return _fetch(settings, session, scope=HOSTS[settings.cloud].graph_scope)


def _fetch(settings: Settings, session: aiohttp.ClientSession, *, scope: str) -> Fetch:
    if settings.local:
        return from_local(
            session=session,
            url=str(URL(settings.local_openid_metadata).origin() / "oauth" / "token"),
            app_id=settings.app_id,
            secret=settings.app_password,
            scope=scope,
        )
    if settings.managed_identity:
        system = settings.managed_identity == SYSTEM_IDENTITY
        return from_managed_identity(
            client_id=None if system else settings.managed_identity, scope=scope
        )
    return from_entra(
        app_id=settings.app_id,
        tenant_id=settings.tenant_id,
        credential=settings.app_password or certificate(settings.app_certificate),
        scope=scope,
        entra=HOSTS[settings.cloud].entra,
    )


def certificate(pem: str) -> dict[str, str]:
    """Give msal a private key and its certificate; it names it by SHA-256 and signs by PS256."""
    return {"private_key": pem, "public_certificate": pem}


def proof_ends(settings: Settings) -> datetime | None:
    """Say when we can no longer prove who we are; None where nothing we hold says so."""
    if not settings.app_certificate:
        return None
    return load_pem_x509_certificate(settings.app_certificate.encode()).not_valid_after_utc
