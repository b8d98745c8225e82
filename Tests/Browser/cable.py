"""A cable between two laptops that can be pulled: everything one says to the other goes through."""

import socket
import threading


class Cable:
    """Leads connections to a port of this machine, while it is plugged in."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._is_plugged = True
        self._ends: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """What a person types to reach the laptop at the other end."""
        return f"127.0.0.1:{self.port}"

    def pull(self) -> None:
        """Breaks what goes on, and lets nothing new through."""
        with self._lock:
            self._is_plugged = False
            ends = list(self._ends)
        for end in ends:
            _break(end)

    def plug(self) -> None:
        """Lets connections through again."""
        with self._lock:
            self._is_plugged = True

    def close(self) -> None:
        """Ends it for good."""
        self.pull()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._ends |= {near, far}
                is_plugged = self._is_plugged
            if not is_plugged:
                _break(near)
                _break(far)
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            _break(source)
            _break(sink)
        with self._lock:
            self._ends.discard(source)


def _break(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
