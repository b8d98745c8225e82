"""A laptop's key pairs and its certificate (PROTOCOL.md §2, §10)."""

import datetime
import functools
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from names import Keys, sha256


def tls_hash(certificate: bytes) -> bytes:
    """The hash by which a community knows the key of a DER certificate."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    return sha256(key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))


@dataclass
class KeyRing:
    """Three key pairs, each for one use."""

    log: Ed25519PrivateKey
    tls: ec.EllipticCurvePrivateKey
    bundle: X25519PrivateKey

    @classmethod
    def make(cls) -> "KeyRing":
        """A new laptop's."""
        return cls(
            Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1()),
            X25519PrivateKey.generate())

    @property
    def public(self) -> Keys:
        """What others know of it."""
        spki = self.tls.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        return Keys(
            self.log.public_key().public_bytes_raw(), sha256(spki),
            self.bundle.public_key().public_bytes_raw())

    @functools.cached_property
    def certificate(self) -> x509.Certificate:
        """Self-signed; the names and dates in it mean nothing."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.public.device.hex())])
        return (
            x509.CertificateBuilder()
            .subject_name(name).issuer_name(name).public_key(self.tls.public_key())
            .serial_number(1)
            .not_valid_before(datetime.datetime(2000, 1, 1))
            .not_valid_after(datetime.datetime(9999, 12, 31))
            .sign(self.tls, SHA256()))

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Certificate and TLS key as files, which Python's TLS wants."""
        certificate, key = folder / "certificate.pem", folder / "key.pem"
        certificate.write_bytes(
            self.certificate.public_bytes(serialization.Encoding.PEM))
        key.touch(mode=0o600)
        key.write_bytes(self.tls.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption()))
        return certificate, key
