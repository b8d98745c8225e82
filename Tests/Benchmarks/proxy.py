"""A TCP proxy on the loopback interface that counts what passes, by connection.

What two laptops say to each other is encrypted; the records of TLS (RFC 8446 §5.1) are not, and in
them the handshake can be told from what follows:

- each side's handshake ends with the first encrypted record it sends, because BoringSSL packs all
  of its encrypted messages into one;
- the answering side may then send tickets (§4.6.1), which hold the other's certificate: a first
  record longer than the head of any answer;
- a record of 24 bytes is an alert, here the one that ends the connection.
"""

import selectors
import socket
import threading
import time
from dataclasses import dataclass, field

ENCRYPTED = 23
HEAD, ALERT, LEAST_TICKETS = 5, 24, 600


@dataclass
class Way:
    """What one side of a connection has sent."""

    bytes: int = 0
    messages: int = 0
    """Of those bytes, what is neither handshake nor alert."""
    encrypted_records: int = 0
    buffer: bytearray = field(default_factory=bytearray)

    def take(self, data: bytes, may_send_tickets: bool) -> bool:
        """Counts data; answers whether any of it was a message."""
        self.bytes += len(data)
        self.buffer += data
        before = self.messages
        while len(self.buffer) >= HEAD:
            size = HEAD + int.from_bytes(self.buffer[3:HEAD], "big")
            if len(self.buffer) < size:
                break
            self.encrypted_records += self.buffer[0] == ENCRYPTED
            del self.buffer[:size]
            is_ticket = (may_send_tickets and self.encrypted_records == 2
                         and size > LEAST_TICKETS)
            if self.encrypted_records > 1 and size != ALERT and not is_ticket:
                self.messages += size
        return self.messages > before


@dataclass
class Passage:
    """One connection through the proxy."""

    asked: Way = field(default_factory=Way)
    """From the side that made the connection."""
    answered: Way = field(default_factory=Way)
    round_trips: int = 0
    """How often the asking side, after its handshake, waited for an answer."""
    is_asking: bool = False
    last: float = 0.0

    def count(self, is_from_asker: bool, data: bytes) -> None:
        """Takes what one side sent."""
        way = self.asked if is_from_asker else self.answered
        is_message = way.take(data, may_send_tickets=not is_from_asker)
        self.last = time.monotonic()
        if is_message:
            self.round_trips += is_from_asker and not self.is_asking
            self.is_asking = is_from_asker


class Proxy:
    """Passes connections on to a port while its block runs."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.passages: list[Passage] = []

    def __enter__(self) -> "Proxy":
        self.selector = selectors.DefaultSelector()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.selector.register(self.listener, selectors.EVENT_READ)
        self.is_ending = False
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_ending = True
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self.selector.close()

    @property
    def address(self) -> str:
        """Where the laptop behind the proxy seems to be."""
        return f"127.0.0.1:{self.port}"

    def settled(self, quiet: float = 0.5) -> list[Passage]:
        """The connections so far, once nothing has passed for a while."""
        while True:
            last = max((passage.last for passage in self.passages), default=0.0)
            if time.monotonic() - last > quiet:
                return list(self.passages)
            time.sleep(0.05)

    def _work(self) -> None:
        while not self.is_ending:
            for key, _ in self.selector.select(timeout=0.1):
                if key.fileobj is self.listener:
                    self._accept()
                else:
                    self._pass(key)

    def _accept(self) -> None:
        asker, _ = self.listener.accept()
        try:
            answerer = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            asker.close()
            return
        for side in (asker, answerer):
            side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        passage = Passage()
        self.passages.append(passage)
        self.selector.register(asker, selectors.EVENT_READ, (answerer, passage, True))
        self.selector.register(answerer, selectors.EVENT_READ, (asker, passage, False))

    def _pass(self, key: selectors.SelectorKey) -> None:
        source = key.fileobj
        other, passage, is_from_asker = key.data
        assert isinstance(source, socket.socket)
        try:
            data = source.recv(1 << 18)
            if data:
                passage.count(is_from_asker, data)
                other.sendall(data)
                return
        except OSError:
            pass
        for side in (source, other):
            if side.fileno() >= 0:
                self.selector.unregister(side)
                side.close()
