"""Laptops that answer: within the test, or over TLS on a port of their own."""

import http.server
import ssl
import threading
from dataclasses import dataclass
from pathlib import Path

from connection import MEDIA_TYPE
from invitations import Invitation
from keys import KeyRing, tls_hash
from laptop import Laptop
from messages import STRANGER, Refusal
from names import Keys
from session import Refusing, answer
from statements import Admit, Role


@dataclass
class Nearby:
    """A laptop that is asked without a network; after so many requests the cable is pulled."""

    laptop: Laptop
    asking: Laptop
    requests: int = 1_000_000

    @property
    def tls_hash(self) -> bytes:
        """The key it shows."""
        return self.laptop.ring.public.tls

    def ask(self, what: str, body: bytes) -> bytes:
        """Answers as the listener does."""
        if self.requests == 0:
            raise ConnectionError
        self.requests -= 1
        return answer(self.laptop, what, body, self.asking.ring.public.tls)


def admit(
    office: Laptop, keys: Keys, role: Role = Role.CLERK, label: str = "", term: int = 1,
) -> None:
    """An office admits a laptop."""
    office.state(Admit(office.hello().time << 16, term, role, keys, label))


def community(*labels: str) -> list[Laptop]:
    """Laptops of one community; the first founded it and admitted the others as offices."""
    founder, *others = [Laptop(label) for label in labels]
    founder.found()
    for other in others:
        admit(founder, other.ring.public, Role.OFFICE, other.label)
        other.join(founder.community, founder.ring.public)
    return [founder, *others]


class Listener:
    """A laptop that answers over mutual TLS, with an invitation that is open."""

    def __init__(self, laptop: Laptop, folder: Path, known: list[KeyRing]) -> None:
        self.laptop = laptop
        self.invitation: Invitation | None = None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain(*laptop.ring.write(folder))
        # Python's TLS takes certificates it knows beforehand only.
        for ring in known:
            certificate, _ = ring.write(folder)
            context.load_verify_locations(certificate)
        self.server = http.server.HTTPServer(("127.0.0.1", 0), self._handler())
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        self.server.shutdown()
        self.server.server_close()

    def _answer(self, path: str, body: bytes, tls: bytes) -> bytes:
        what = path.removeprefix("/peer/1/")
        if what != "pair/invitation":
            return answer(self.laptop, what, body, tls)
        # What an office does with a request made with its invitation (§13).
        keys = Keys(body[18:50], body[50:82], body[82:114])
        label = body[147:].decode()
        invitation, self.invitation = self.invitation, None
        is_right = invitation and invitation.request(keys, label) == body and keys.tls == tls
        if not is_right:
            raise Refusing(Refusal(STRANGER))
        admit(self.laptop, keys, invitation.role, label)
        return invitation.welcome(keys, label)

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        listener = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == MEDIA_TYPE
                certificate = self.connection.getpeercert(binary_form=True)
                try:
                    data = listener._answer(self.path, body, tls_hash(certificate))
                    status = 200
                except Refusing as refusing:
                    data, status = refusing.refusal.bytes(), refusing.refusal.status
                self.send_response(status)
                self.send_header("Content-Type", MEDIA_TYPE)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
