"""Keys and certificates made for a test: of a server on this machine, and of the bot itself."""

import ssl
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"
BEGINS = datetime(2020, 1, 1, tzinfo=UTC)
ENDS = datetime(2099, 1, 1, tzinfo=UTC)
_PEM = serialization.Encoding.PEM


@dataclass(frozen=True, kw_only=True)
class Certified:
    """A private key and a certificate that belong together, until somebody mixes them."""

    key: rsa.RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        """Write both as one PEM, the way BOT_APP_CERTIFICATE wants them."""
        key = self.key.private_bytes(
            _PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return (key + self.certificate.public_bytes(_PEM)).decode()

    @property
    def public_key(self) -> rsa.RSAPublicKey:
        """Give the key the certificate speaks for."""
        key = self.certificate.public_key()
        assert isinstance(key, rsa.RSAPublicKey)
        return key

    @property
    def public(self) -> str:
        return self.certificate.public_bytes(_PEM).decode()


def certified(name: str = "ssp-bot", *, ends: datetime = ENDS) -> Certified:
    """Make a key and sign its certificate with it, also as a server on this machine."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))])
    certificate = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(ends)
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Certified(key=key, certificate=certificate)


def server_context(held: Certified, *, folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Give what a server speaks TLS with, and the file that makes others trust it."""
    both, trusted = folder / "server.pem", folder / "trusted.pem"
    both.write_text(held.pem, encoding="ascii")
    trusted.write_text(held.public, encoding="ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context, trusted
