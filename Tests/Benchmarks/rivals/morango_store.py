"""Morango, with which Kolibri synchronises: Django models in SQLite, merged field by field.

One process writes the records and queues them; another with a store of its own takes what was
queued over, row by row of SQLite, instead of the network. Measured is what the second one does
then: dequeue and deserialize.
"""

import json
import sqlite3
import subprocess
import sys
import uuid
from collections import defaultdict
from pathlib import Path

from measured import Record, arguments, fields, records, report, timed

# About twenty thousand field values: at Morango's rate a million would take most of an hour.
MOST = 4_840
SESSION = uuid.UUID(int=1).hex


def begin(database: Path, entities: dict[str, list[str]]) -> None:
    """Sets Django up with a database that has Morango's and the models' tables."""
    import django
    from django.conf import settings
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "morango",
                        "morango_app"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField", BENCH_ENTITIES=entities)
    django.setup()
    from django.core.management import call_command
    call_command("migrate", verbosity=0, run_syncdb=True)
    from morango.models import SyncSession, TransferSession
    from django.utils import timezone
    now = timezone.now()
    sync = SyncSession.objects.create(
        id=uuid.UUID(int=2).hex, profile="bench", start_timestamp=now, last_activity_timestamp=now)
    TransferSession.objects.create(
        id=SESSION, filter="bench", push=True, sync_session=sync, start_timestamp=now,
        last_activity_timestamp=now)


def give(rows: list[Record]) -> None:
    """Writes the records and queues them for the other."""
    from morango.models import InstanceIDModel, TransferSession
    from morango.sync.controller import MorangoProfileController
    from morango.sync.operations import _queue_into_buffer_v1
    from morango_app.models import MODELS
    InstanceIDModel.get_or_create_current_instance()
    made = defaultdict(list)
    for record in rows:
        columns = {f"f_{name}": str(value) for name, value in fields(record).items()}
        identifier = uuid.UUID(record["id"]).hex
        made[record["entity"]].append(MODELS[record["entity"]](
            id=identifier, _morango_source_id=identifier, _morango_partition="bench", **columns))
    for entity, objects in made.items():
        MODELS[entity].objects.bulk_create(objects, batch_size=500)
    MorangoProfileController("bench").serialize_into_store()
    from morango.models import DatabaseMaxCounter
    session = TransferSession.objects.get(id=SESSION)
    session.client_fsic = json.dumps(
        DatabaseMaxCounter.calculate_filter_specific_instance_counters(session.get_filter()))
    session.server_fsic = "{}"
    session.save()
    _queue_into_buffer_v1(session)
    print(session.client_fsic)


def take(giver: Path, counters: str) -> None:
    """Takes what was queued, and merges it."""
    from django.db import connection
    from morango.models import Buffer, InstanceIDModel, TransferSession
    from morango.sync.controller import MorangoProfileController
    from morango.sync.operations import _dequeue_into_store
    InstanceIDModel.get_or_create_current_instance()
    with connection.cursor() as cursor:
        cursor.execute("ATTACH ? AS giver", [str(giver)])
        for table in ("morango_buffer", "morango_recordmaxcounterbuffer"):
            cursor.execute(f"INSERT INTO main.{table} SELECT * FROM giver.{table}")
        cursor.execute("DETACH giver")
    size = sum(len(row) for row in Buffer.objects.values_list("serialized", flat=True))

    def merge() -> None:
        _dequeue_into_store(TransferSession.objects.get(id=SESSION), counters)
        MorangoProfileController("bench").deserialize_from_store()

    seconds = timed(merge)
    print(json.dumps([seconds, size]))


def main() -> None:
    if len(sys.argv) == 6:
        side, file, folder, entities, counters = sys.argv[1:]
        begin(Path(folder) / f"{side}.db", json.loads(entities))
        if side == "giver":
            give(list(records(Path(file), MOST)))
        else:
            take(Path(folder) / "giver.db", counters)
        return
    file, folder = arguments()
    entities: dict[str, list[str]] = {}
    values = 0
    for record in records(file, MOST):
        known = entities.setdefault(record["entity"], [])
        known += [name for name in fields(record) if name not in known]
        values += len(fields(record))

    def run(side: str, counters: str) -> str:
        command = [sys.executable, __file__, side, file, folder, json.dumps(entities), counters]
        return subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]

    counters = run("giver", "")
    seconds, size = json.loads(run("taker", counters))
    written = sum(
        _rows(folder / "taker.db", f"morango_app_{entity.lower()}") for entity in entities)
    expected = sum(1 for _ in records(file, MOST))
    if written != expected:
        raise SystemExit(f"Morango merged {written} records of {expected}.")
    report([seconds], values, size)


def _rows(database: Path, table: str) -> int:
    db = sqlite3.connect(database)
    return db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]


if __name__ == "__main__":
    main()
