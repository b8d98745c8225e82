"""Requests over mutual TLS 1.3 (PROTOCOL.md §10)."""

import http.client
import socket
import ssl
import tempfile
from pathlib import Path

from canonical import Malformed
from invitations import Invitation
from keys import KeyRing, tls_hash
from laptop import Laptop
from messages import ANSWER_BYTES, Refusal
from session import Refusing

MEDIA_TYPE = "application/vnd.ashar.sync"
SECONDS = 30


class WrongKey(Exception):
    """The server is another than one wanted to speak with."""


class Connection:
    """One keep-alive connection to the laptop with a TLS key, or to whoever answers. It can go on
    from the ticket of an earlier one."""

    def __init__(
        self, address: str, port: int, ring: KeyRing, wanted: bytes | None = None,
        earlier: "Connection | None" = None,
    ) -> None:
        # OpenSSL takes a ticket within the context alone that it was given to.
        context = self.context = earlier.context if earlier else self._context(ring)
        self.http = http.client.HTTPSConnection(address, port, timeout=SECONDS, context=context)
        plain = socket.create_connection((address, port), SECONDS)
        self.http.sock = context.wrap_socket(plain, session=earlier.ticket if earlier else None)
        self.is_resumed = bool(self.http.sock.session_reused)
        self.ticket: ssl.SSLSession | None = None
        found = self.http.sock.getpeercert(binary_form=True)
        self.tls_hash = tls_hash(found) if found else b""
        if wanted is not None and self.tls_hash != wanted:
            self.http.close()
            raise WrongKey

    @staticmethod
    def _context(ring: KeyRing) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        # Who the server is says its key alone, which is looked at below.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        with tempfile.TemporaryDirectory() as folder:
            certificate, key = ring.write(Path(folder))
            context.load_cert_chain(certificate, key)
        return context

    def ask(self, what: str, body: bytes) -> bytes:
        """Posts to /peer/1/…; raises Refusing with what a refusal says."""
        self.http.request("POST", f"/peer/1/{what}", body, {"Content-Type": MEDIA_TYPE})
        response = self.http.getresponse()
        # A ticket comes with the first answer, not with the handshake.
        self.ticket = self.http.sock.session if self.http.sock else self.ticket
        data = response.read(ANSWER_BYTES + 1)
        if response.status == 200:
            return data
        try:
            raise Refusing(Refusal.read(data))
        except Malformed as error:
            raise http.client.HTTPException(f"status {response.status}") from error

    def join(self, laptop: Laptop, invitation: Invitation) -> None:
        """Uses an invitation: afterwards the laptop knows community and office."""
        keys = laptop.ring.public
        welcome = self.ask("pair/invitation", invitation.request(keys, laptop.label))
        if not invitation.is_welcome(welcome, keys, laptop.label):
            raise WrongKey
        laptop.join(invitation.community, invitation.keys)

    def close(self) -> None:
        """Ends it."""
        self.http.close()
