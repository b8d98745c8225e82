"""What laptops acknowledged, and whether it is still there when they agree again."""

import random
import threading
import time
from dataclasses import dataclass, field
from itertools import count

from laptop import Laptop

# Of all texts of a run: the same records are changed by test after test.
_NUMBERS = count()


@dataclass(frozen=True)
class Edit:
    """A value that somebody typed."""

    laptop: str
    """Where: the device."""
    record: str
    text: str
    """Written once in the whole run."""
    is_acknowledged: bool


@dataclass
class Ledger:
    """What was typed into the texts of stickers. An edit whose answer did not come may have been
    made or not."""

    edits: list[Edit] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, laptop: Laptop, device: str, record: str | None, event: str) -> None:
        """Changes a sticker, or makes one."""
        is_acknowledged = True
        with self.lock:
            text = f"{laptop.label}, {next(_NUMBERS)}"
        try:
            if record is None:
                record = laptop.make("sticker", event=event, text=text)
            else:
                laptop.change("sticker", record, text=text)
        except OSError:
            is_acknowledged = False
        with self.lock:
            self.edits.append(Edit(device, record or "", text, is_acknowledged))

    def check(self, laptops: list[Laptop]) -> str:
        """Each acknowledged edit is in every laptop's log, and is shown, or was seen by whoever
        wrote over it, or stands among the conflicts, which are the same everywhere. Returns what
        became of them."""
        by_record: dict[str, list[Edit]] = {}
        for edit in filter(lambda edit: edit.record, self.edits):
            by_record.setdefault(edit.record, []).append(edit)
        views = [_View(laptop) for laptop in laptops]
        assert all(view.conflicts == views[0].conflicts for view in views), "conflicts differ"
        shown = superseded = conflicts = 0
        for record, edits in by_record.items():
            if not any(edit.is_acknowledged for edit in edits):
                continue
            orders = {view.device: view.order(record) for view in views}
            current = {view.laptop.field("sticker", record, "text") for view in views}
            assert len(current) == 1, (record, current)
            for edit in filter(lambda edit: edit.is_acknowledged, edits):
                for device, order in orders.items():
                    assert edit.text in order, f"{edit} is lost on {device}: {order}"
                if edit.text in current:
                    shown += 1
                elif any(_is_seen(edit, later, orders) for later in edits):
                    superseded += 1
                else:
                    told = views[0].conflicts.get(record, ())
                    assert edit.text in told, f"{edit} is hidden by {current}, {told}: {orders}"
                    conflicts += 1
        acknowledged = shown + superseded + conflicts
        return (f"{acknowledged} acknowledged edits: {shown} shown, {superseded} superseded by who "
                f"had seen them, {conflicts} in conflicts; {len(self.edits) - acknowledged} not "
                "acknowledged")


class _View:
    """What one laptop knows at the end."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        self.device = laptop.device()
        self.conflicts: dict[str, frozenset[str]] = {}
        cursor = ""
        while cursor is not None:
            page = laptop.get("/api/v1/conflicts?limit=500" + (cursor and f"&cursor={cursor}"))
            for conflict in page["conflicts"]:
                texts = frozenset(version["value"] for version in conflict["versions"])
                self.conflicts[conflict["record"]] = texts
            cursor = page["next"]

    def order(self, record: str) -> list[str]:
        """The texts that a record held, in the order in which they came here."""
        steps = self.laptop.get(f"/api/v1/history/sticker/{record}")["history"]
        return [change["new"] for step in reversed(steps) for change in step["changes"]
                if change["field"] == "text"]


def _is_seen(edit: Edit, later: Edit, orders: dict[str, list[str]]) -> bool:
    """Whether an edit had come to the laptop that wrote another one, before it did."""
    order = orders.get(later.laptop, [])
    return (later.text in order and edit.text in order
            and order.index(edit.text) < order.index(later.text))


class Writer(threading.Thread):
    """Somebody who types on a laptop until told to stop; the same seed types the same."""

    def __init__(self, ledger: Ledger, laptop: Laptop, stickers: list[str], event: str,
                 chance: random.Random, pause: float) -> None:
        super().__init__(daemon=True)
        self.ledger, self.laptop, self.device = ledger, laptop, laptop.device()
        self.stickers, self.event = stickers, event
        self.chance = random.Random(chance.random())
        self.pause = pause
        self.is_over = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Types."""
        try:
            while not self.is_over.is_set():
                is_new = self.chance.random() < 0.2
                record = None if is_new else self.chance.choice(self.stickers)
                self.ledger.write(self.laptop, self.device, record, self.event)
                time.sleep(self.chance.uniform(0, 2 * self.pause))
        except BaseException as failure:  # The thread that waits for the end says it.
            self.failure = failure

    def end(self) -> None:
        """Ends it; what went wrong is raised here."""
        self.is_over.set()
        self.join(60)
        if self.failure:
            raise self.failure
