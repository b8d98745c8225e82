"""Somebody on the network who announces services of our kind that are not there.

Run on a host: `fakes.py ADDRESS COUNT [TAG]`, which sends mDNS answers (RFC 6762) for so
many `_ashar._tcp` services, again and again until it is ended. With a tag the services say that
they belong to that community, which anybody can say.
"""

import random
import socket
import struct
import sys
import time

GROUP, PORT = "224.0.0.251", 5353
KIND = "_ashar._tcp.local"
SERVICES_A_PACKET = 12
PAUSE_SECONDS, ROUND_SECONDS = 0.005, 15
TYPE_A, TYPE_PTR, TYPE_TXT, TYPE_SRV = 1, 12, 16, 33
CLASS_IN, SECONDS_TO_LIVE = 1, 120


def name(text: str) -> bytes:
    """A domain name as labels (RFC 1035 §3.1)."""
    return b"".join(bytes([len(part)]) + part.encode() for part in text.split(".")) + b"\0"


def record(owner: str, kind: int, data: bytes) -> bytes:
    """A resource record (RFC 1035 §3.2.1)."""
    return name(owner) + struct.pack(">HHIH", kind, CLASS_IN, SECONDS_TO_LIVE, len(data)) + data


def service(number: int, tag: str, chance: random.Random) -> list[bytes]:
    """All that is said of one service: its name, place, text and address, where nobody is."""
    instance, host = f"fake-{number}.{KIND}", f"fake-{number}.local"
    tag = tag or f"{chance.getrandbits(64):016x}"
    texts = ["v=1", f"c={tag}", f"d={chance.getrandbits(128):032x}"]
    text = b"".join(bytes([len(part)]) + part.encode() for part in texts)
    address = bytes([10, 77, chance.randrange(1, 255), chance.randrange(1, 255)])
    return [
        record(KIND, TYPE_PTR, name(instance)),
        record(instance, TYPE_SRV, struct.pack(">HHH", 0, 0, 7844) + name(host)),
        record(instance, TYPE_TXT, text),
        record(host, TYPE_A, address),
    ]


def main(address: str, count: int, tag: str) -> None:
    """Announces them all, round after round."""
    chance = random.Random(count)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        out.bind((address, PORT))
        out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
        out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
        while True:
            for start in range(0, count, SERVICES_A_PACKET):
                numbers = range(start, min(count, start + SERVICES_A_PACKET))
                records = [one for number in numbers for one in service(number, tag, chance)]
                head = struct.pack(">HHHHHH", 0, 0x8400, 0, len(records), 0, 0)
                out.sendto(head + b"".join(records), (GROUP, PORT))
                time.sleep(PAUSE_SECONDS)
            print("announced", flush=True)
            time.sleep(ROUND_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
