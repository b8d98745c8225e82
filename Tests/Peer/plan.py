"""What to send next (PROTOCOL.md §8): of each log what the other lacks, up to a seal."""

from typing import NamedTuple

from canonical import FRAME_BYTES, Writer
from entries import Entry
from names import START, Head, Heads, Log
from runs import ENTRIES, Frame, Run

Logs = dict[Log, list[Entry]]
FRAME_OVERHEAD = 16


class Step(NamedTuple):
    """The next frame, and the logs that turned out to be forked."""

    frame: Frame
    forked: set[Log]


def size(run: Run) -> int:
    """The bytes of a run."""
    writer = Writer()
    run.write(writer)
    return len(writer.bytes)


def next_step(
    logs: Logs, order: list[Log], keys: dict[bytes, bytes], theirs: Heads, skipped: set[Log],
    limit: int = FRAME_BYTES,
) -> Step:
    """Fills one frame; a first sealed stretch goes whatever the limit."""
    runs: list[Run] = []
    forked: set[Log] = set()
    left, room = limit - FRAME_OVERHEAD, ENTRIES
    for log in order:
        entries, head = logs[log], theirs.get(log, START)
        if log in skipped or not _is_behind(head, entries):
            continue
        is_even = head.seq == len(entries)
        rest = entries[head.seq - 1 :] if is_even else entries[head.seq :]
        is_forked = is_even or rest[0].header.previous != head.hash
        best = None
        for end in [at for at, entry in enumerate(rest, 1) if entry.seal is not None]:
            run = Run.of(rest[:end], keys[log.device])
            is_needed = best is None and not runs
            if end > room or size(run) > left and not is_needed:
                break
            best = run
            if is_forked:
                break
        if best is None:
            return Step(Frame(tuple(runs), has_more=True), forked)
        runs.append(best)
        left -= size(best)
        room -= len(best.pieces)
        if is_forked:
            forked.add(log)
        elif len(best.pieces) < len(rest):
            return Step(Frame(tuple(runs), has_more=True), forked)
    return Step(Frame(tuple(runs)), forked)


def _is_behind(head: Head, entries: list[Entry]) -> bool:
    if not entries:
        return False
    last = entries[-1].head
    return last.seq > head.seq or last.seq == head.seq and last != head
