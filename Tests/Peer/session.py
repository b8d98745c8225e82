"""A session (PROTOCOL.md §9), from the side that asks and from the side that answers."""

from dataclasses import dataclass, field
from typing import Protocol

from canonical import Malformed, TooLarge, UnknownFormat
from laptop import Laptop, Lie
from messages import (
    EARLIER_ONLY, LATER_ONLY, LIE, MALFORMED, OTHER_COMMUNITY, OTHER_DEVICE, REMOVED, SPOKEN,
    STRANGER, TOO_LARGE, Hello, Pull, Pulled, Pushed, Refusal)
from names import Log
from runs import Frame

FRAMES = 65_536


class Refusing(Exception):
    """A request that is not answered, or an answer that is not taken."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"refused with code {refusal.code}")
        self.refusal = refusal


class Stalled(Exception):
    """Frames come and go, and nothing changes."""


class Other(Protocol):
    """How one speaks with another laptop: bytes there, bytes back, or Refusing."""

    tls_hash: bytes

    def ask(self, what: str, body: bytes) -> bytes:
        """A request, "hello", "pull" or "push"."""


@dataclass
class Ending:
    """How a session ended."""

    is_same: bool
    pulled: int = 0
    pushed: int = 0
    refused: set[Log] = field(default_factory=set)
    frames: int = 0

    def count(self) -> None:
        """Counts a frame, whichever way it goes."""
        self.frames += 1
        if self.frames > FRAMES:
            raise Stalled


def check(laptop: Laptop, theirs: Hello, tls_hash: bytes) -> None:
    """Whether to speak with one who says this and has this TLS key."""
    owner = owner_of(laptop, tls_hash)
    if theirs.community != laptop.community:
        raise Refusing(Refusal(OTHER_COMMUNITY))
    if owner != theirs.device or owner == laptop.device:
        raise Refusing(Refusal(OTHER_DEVICE))
    if theirs.versions[0] > SPOKEN[1]:
        raise Refusing(Refusal(EARLIER_ONLY))
    if theirs.versions[1] < SPOKEN[0]:
        raise Refusing(Refusal(LATER_ONLY))


def owner_of(laptop: Laptop, tls_hash: bytes) -> bytes:
    """The laptop that belongs and has this TLS key."""
    owner = laptop.membership.owner(tls_hash)
    if owner is not None and not laptop.membership.belongs(owner):
        raise Refusing(Refusal(REMOVED))
    if owner is not None:
        return owner
    # The office one was just paired with, until its admission has come.
    if laptop.sponsor is not None and laptop.sponsor.tls == tls_hash:
        return laptop.sponsor.device
    raise Refusing(Refusal(STRANGER))


def answer(laptop: Laptop, what: str, body: bytes, tls_hash: bytes) -> bytes:
    """Answers a request of the owner of a TLS key; nothing is kept between two."""
    owner_of(laptop, tls_hash)
    try:
        if what == "hello":
            check(laptop, Hello.read(body), tls_hash)
            return laptop.hello().bytes()
        if what == "pull":
            pull = Pull.read(body)
            step = laptop.compose(pull.heads, set(pull.skipped))
            return Pulled(laptop.heads if pull.wants_heads else None, step.frame).bytes()
        refused = laptop.take(Frame.read(body))
        return Pushed(laptop.heads, refused).bytes()
    except Lie as lie:
        raise Refusing(Refusal(LIE, lie.run)) from lie
    except TooLarge as error:
        raise Refusing(Refusal(TOO_LARGE)) from error
    except UnknownFormat as error:
        # A hello of one that speaks later versions only.
        raise Refusing(Refusal(LATER_ONLY if what == "hello" else MALFORMED)) from error
    except Malformed as error:
        raise Refusing(Refusal(MALFORMED)) from error


def meet(laptop: Laptop, other: Other, limit: int = 1 << 20) -> Ending:
    """Greets, pulls, pushes and closes."""
    mine = laptop.hello()
    theirs = Hello.read(other.ask("hello", mine.bytes()))
    check(laptop, theirs, other.tls_hash)
    if mine.heads == theirs.heads:
        return Ending(mine.is_same(theirs))
    ending = Ending(False)
    heads = _pull(laptop, other, ending)
    unsendable: set[Log] = set()
    refused: set[Log] = set()
    while True:
        step = laptop.compose(heads, unsendable | refused, limit)
        unsendable |= step.forked
        if not step.frame.runs:
            break
        ending.count()
        pushed = Pushed.read(other.ask("push", step.frame.bytes()))
        if pushed.heads == heads and set(pushed.refused) <= refused:
            raise Stalled
        heads = pushed.heads
        refused |= set(pushed.refused)
        ending.pushed += sum(len(run.pieces) for run in step.frame.runs)
    mine = laptop.hello()
    theirs = Hello.read(other.ask("hello", mine.bytes()))
    check(laptop, theirs, other.tls_hash)
    ending.is_same = mine.is_same(theirs)
    return ending


def _pull(laptop: Laptop, other: Other, ending: Ending) -> dict:
    """Takes frames until there are no more; gives the other's heads."""
    heads: dict | None = None
    while True:
        before = laptop.heads
        request = Pull(before, tuple(sorted(ending.refused)), wants_heads=heads is None)
        pulled = Pulled.read(other.ask("pull", request.bytes()))
        if (pulled.heads is not None) != request.wants_heads:
            raise Malformed("heads where none were asked for, or none where they were")
        heads = pulled.heads if heads is None else heads
        ending.count()
        refused = set(laptop.take(pulled.frame))
        ending.pulled += sum(len(run.pieces) for run in pulled.frame.runs)
        if not pulled.frame.has_more:
            ending.refused |= refused
            return heads
        if laptop.heads == before and refused <= ending.refused:
            raise Stalled
        ending.refused |= refused
