"""How the bot proves who it is: to Entra, or to the stand-in that takes its place locally."""

import aiohttp
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.x509 import load_pem_x509_certificate
from yarl import URL

from bot.settings import Settings
from graph.tokens import Fetch, from_entra, from_local


def fetch_for(settings: Settings, session: aiohttp.ClientSession) -> Fetch:
    """Say how tokens for the Bot Connector are asked for."""
    if settings.local:
        return from_local(
            session=session,
            url=str(URL(settings.local_openid_metadata).origin() / "oauth" / "token"),
            app_id=settings.app_id,
            secret=settings.app_password,
        )
    return from_entra(
        app_id=settings.app_id,
        tenant_id=settings.tenant_id,
        credential=settings.app_password or _certificate(settings.app_certificate),
    )


def _certificate(pem: str) -> dict[str, str]:
    """Give msal a private key and its certificate; Entra names certificates by SHA-1."""
    certificate = load_pem_x509_certificate(pem.encode())
    return {
        "private_key": pem,
        "thumbprint": certificate.fingerprint(SHA1()).hex(),  # noqa: S303
        "public_certificate": pem,
    }
