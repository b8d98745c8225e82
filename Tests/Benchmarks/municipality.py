"""A municipality of thirty villages that goes through its cycle as often as records are wanted.

The same seed gives the same records, byte for byte. Every record comes after those it refers to.
"""

import itertools
import random
import uuid
from typing import Iterator, NamedTuple

from words import MEN, OCCUPATIONS, PROBLEMS, STREETS, SURNAMES, VILLAGES, WOMEN, Problem

Fields = dict[str, str | int | bool]

# Ages of the three sessions of a village (R3): the band's name, its youngest and oldest.
BANDS = {"18-35": (18, 35), "36-55": (36, 55), "56+": (56, 85)}
# Cycles begin in one of these years; a long run comes back to the first.
YEARS = range(2010, 2026)
# A session: people, how many of them the village knows already, problems, stickers each (R6).
PEOPLE, KNOWN, COLUMNS, STICKERS = range(20, 26), 12, 11, 5


class Record(NamedTuple):
    """One line of an import."""

    entity: str
    id: str
    fields: Fields


def municipality(seed: int) -> Iterator[Record]:
    """Makes records without end: one municipality, its villages, then cycle after cycle."""
    return _Maker(seed).records()


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.known: dict[tuple[str, str], list[str]] = {}

    def record(self, entity: str, **fields: str | int | bool) -> Record:
        """A record with an id as the program makes them: a UUIDv7, here one a millisecond."""
        self.count += 1
        milliseconds = 1_400_000_000_000 + self.count
        number = milliseconds << 80 | 0x7 << 76 | self.random.getrandbits(12) << 64
        number |= 0b10 << 62 | self.random.getrandbits(62)
        return Record(entity, str(uuid.UUID(int=number)), fields)

    def records(self) -> Iterator[Record]:
        place = self.record("municipality", name="Кең-Өзөн айылдык аймагы",
                            nameRu="Кен-Озенский айылный аймак")
        yield place
        villages = []
        for name in VILLAGES:
            villages.append(self.record("village", municipality=place.id, name=name,
                                        men=self.random.randint(150, 1500),
                                        women=self.random.randint(150, 1500),
                                        households=self.random.randint(80, 700)))
        yield from villages
        for year in itertools.cycle(YEARS):
            yield from self.cycle(place.id, villages, year)

    def cycle(self, place: str, villages: list[Record], year: int) -> Iterator[Record]:
        """The needs assessment of one year: sessions, then what the villages have in common."""
        cycle = self.record("cycle", municipality=place, stage=1, startsOn=f"{year}-02-01",
                            title=f"Жамаат муктаждыктарын биргелешип аныктоо, {year}")
        yield cycle
        themes: dict[Problem, list[str]] = {}
        for village in villages:
            columns: dict[Problem, list[str]] = {}
            for number, band in enumerate(BANDS, start=1):
                yield from self.session(cycle.id, village, year, number, band, columns)
            for problem, parts in columns.items():
                if len(parts) > 1:
                    merge = list(self.theme(cycle.id, problem, parts, village=village.id))
                    yield from merge
                    parts = [merge[0].id]
                themes.setdefault(problem, []).extend(parts)
        for problem, parts in themes.items():
            yield from self.theme(cycle.id, problem, parts)

    def theme(self, cycle: str, problem: Problem, parts: list[str],
              **village: str) -> Iterator[Record]:
        """A merge of similar problems with its parts."""
        theme = self.record("theme", cycle=cycle, title=problem.title, **village,
                            level="village" if village else "municipality")
        yield theme
        for part in parts:
            yield self.record("themePart", theme=theme.id, part=part, reason="Мааниси бирдей")

    def session(self, cycle: str, village: Record, year: int, number: int, band: str,
                columns: dict[Problem, list[str]]) -> Iterator[Record]:
        """One session: who came, the problems named, a sticker a vote, the minutes."""
        name = village.fields["name"]
        day = f"{year}-03-{self.random.randint(1, 28):02}"
        event = self.record("event", cycle=cycle, kind="session", village=village.id,
                            title=f"{name} айылындагы {number}-ЖМБА-сессия", date=day,
                            place=f"{name} айылы, клубдун имараты", ageBand=band, number=number,
                            status="held")
        yield event
        people = self.random.choice(PEOPLE)
        known = self.known.setdefault((village.id, band), [])
        present = self.random.sample(known, min(KNOWN, len(known)))
        while len(present) < people:
            person = self.person(village.id, year, band)
            yield person
            known.append(person.id)
            present.append(person.id)
        for person in present:
            yield self.record("attendance", event=event.id, person=person, role="participant",
                              signed=True)
        yield from self.gallery(event.id, people, columns)
        yield self.record("minutesEntry", event=event.id, position=1, kind="decision",
                          text=f"{people} катышуучу көйгөйлөрдү айтып, добуш берди.")

    def person(self, village: str, year: int, band: str) -> Record:
        woman = self.random.random() < 0.55
        surname = self.random.choice(SURNAMES) + ("а" if woman else "")
        name = self.random.choice(WOMEN if woman else MEN)
        youngest, oldest = BANDS[band]
        return self.record("person", fullName=f"{surname} {name}",
                           sex="female" if woman else "male", village=village,
                           birthYear=year - self.random.randint(youngest, oldest),
                           street=self.random.choice(STREETS),
                           occupation=self.random.choice(OCCUPATIONS),
                           contact=f"0555 {self.random.randint(0, 999_999):06}")

    def gallery(self, event: str, people: int,
                columns: dict[Problem, list[str]]) -> Iterator[Record]:
        """The problems a session named, each with its stickers."""
        named = []
        for problem in self.random.sample(PROBLEMS, COLUMNS):
            record = self.record("problem", event=event, title=problem.title,
                                 competence="local", localMatter=problem.matter)
            yield record
            columns.setdefault(problem, []).append(record.id)
            named.append((problem, record.id))
        weights = [1 / (place + 1) for place in range(COLUMNS)]
        for vote in range(people * STICKERS):
            problem, identifier = self.random.choices(named, weights)[0]
            yield self.record("sticker", event=event, problem=identifier,
                              text=f"{self.random.choice(problem.stickers)}, "
                                   f"{self.random.choice(STREETS)} көчөсү",
                              author=vote // STICKERS + 1)
