"""Two laptops of this peer, without a network: they agree, and refuse what is not right."""

import copy
import random
from dataclasses import replace

import pytest

from answering import Nearby, admit, community
from laptop import Laptop, Lie
from messages import (
    OTHER_COMMUNITY, OTHER_DEVICE, REMOVED, SPOKEN, STRANGER, Hello, Pull, Refusal)
from names import START, Head, sha256
from runs import BAD_SEAL, FORK, GAP, NOT_ADMITTED, UNSEALED_END, WRONG_KEY, Frame, Run
from session import Refusing, answer, meet
from statements import Remove, Role


def together(*laptops: Laptop) -> None:
    """All meet all, twice."""
    for _ in range(2):
        for one in laptops:
            for other in laptops:
                if one is not other:
                    meet(one, Nearby(other, one))


def frame_of(laptop: Laptop) -> Frame:
    """All that a laptop would send to one that has nothing."""
    return laptop.compose({}, set()).frame


def test_laptops_agree_and_the_next_meeting_is_one_question() -> None:
    office, school, club = community("office", "school", "club")
    together(office, school, club)
    office.edit("village", "v1", name="Арал", households=312)
    school.edit("village", "v1", name="Бирдик", note=None)
    club.edit("problem", "p1", title="Суу жок", votesByHand=-3, share=0.5, deleted=False)
    together(office, school, club)
    assert office.digest() == school.digest() == club.digest()
    assert office.heads == school.heads == club.heads
    other = Nearby(school, office, requests=1)
    assert meet(office, other).is_same
    conflict = office.registers()["village", "v1"]["name"]
    assert len(conflict.conflicts) == 1
    school.edit("village", "v1", name="Арал")
    together(office, school, club)
    settled = club.registers()["village", "v1"]["name"]
    assert not settled.siblings and settled.content == "Арал"


def test_an_edit_made_after_seeing_a_value_wins_whatever_the_clock_says() -> None:
    office, school = community("office", "school")
    together(office, school)
    office.edit("village", "v1", name="one")
    together(office, school)
    school._now = lambda: 946_684_800_000
    school.edit("village", "v1", name="two")
    together(office, school)
    assert office.records()["village", "v1"]["name"] == "two"
    assert not office.registers()["village", "v1"]["name"].siblings


def test_a_cable_pulled_anywhere_loses_nothing() -> None:
    for seed in range(40):
        chance = random.Random(seed)
        office, school = community("office", "school")
        together(office, school)
        for number in range(12):
            chance.choice([office, school]).edit("e", f"r{number % 3}", f=number)
        for _ in range(200):
            one, other = chance.sample([office, school], 2)
            try:
                ending = meet(one, Nearby(other, one, chance.randint(0, 9)), limit=400)
            except ConnectionError:
                continue
            assert ending.is_same
            break
        assert office.digest() == school.digest() and office.heads == school.heads


def test_frames_are_as_small_as_asked_and_in_the_end_all_is_there() -> None:
    office, school = community("office", "school")
    together(office, school)
    for number in range(30):
        office.edit("e", "r", f="x" * number)
    ending = meet(office, Nearby(school, office), limit=900)
    assert ending.is_same and ending.frames > 5 and ending.pushed == 30


def test_whom_one_does_not_speak_with() -> None:
    office, school = community("office", "school")
    together(office, school)
    stranger = Laptop("stranger")
    stranger.join(office.community, office.ring.public)
    with pytest.raises(Refusing) as refusing:
        meet(stranger, Nearby(office, stranger))
    assert refusing.value.refusal == Refusal(STRANGER)
    hello = school.hello()
    for told, code in (
            (replace(hello, community=sha256(b"")), OTHER_COMMUNITY),
            (replace(hello, device=stranger.device), OTHER_DEVICE)):
        with pytest.raises(Refusing) as refusing:
            answer(office, "hello", told.bytes(), school.ring.public.tls)
        assert refusing.value.refusal.code == code
    both = replace(hello, versions=(SPOKEN[0], 9))
    assert Hello.read(answer(office, "hello", both.bytes(), school.ring.public.tls))


def test_a_removed_laptop_is_refused_and_what_it_wrote_later_means_nothing() -> None:
    office, school, club = community("office", "school", "club")
    together(office, school, club)
    school.edit("village", "v1", name="before")
    together(office, school)
    school.edit("village", "v1", name="after")
    meet(school, Nearby(club, school))
    accepted = {school.epoch: office.heads[school.log].seq}
    office.state(Remove(office.hello().time << 16, school.device, 1, accepted))
    together(office, club)
    assert office.heads == club.heads
    assert office.heads[school.log].seq == accepted[school.epoch] + 1
    assert office.records() == club.records() == {("village", "v1"): {"name": "before"}}
    with pytest.raises(Refusing) as refusing:
        meet(school, Nearby(office, school))
    assert refusing.value.refusal == Refusal(REMOVED)
    admit(club, school.ring.public, Role.CLERK, "school", term=2)
    together(office, club)
    together(office, school, club)
    assert office.digest() == school.digest() == club.digest()
    assert office.records()["village", "v1"] == {"name": "after"}


def test_lies_and_what_can_happen_among_honest_laptops() -> None:
    office, school = community("office", "school")
    together(office, school)
    start = office.heads[office.log].seq
    office.edit("e", "r", f=1)
    office.edit("e", "r", f=2)
    run = Run.of(office.logs[office.log], office.ring.public.log)
    held = school.heads
    last = run.pieces[-1]
    altered = replace(run, pieces=run.pieces[:-1] + (replace(last, time=last.time + 1),))
    open_end = replace(run, pieces=run.pieces[:-1] + (replace(last, seal=None),))
    other_key = replace(run, key=school.ring.public.log)
    for lie, code in ((altered, BAD_SEAL), (open_end, UNSEALED_END), (other_key, WRONG_KEY)):
        with pytest.raises(Lie) as caught:
            school.take(Frame((lie,)))
        assert caught.value.run[1][0] == code
        assert school.heads == held
    later = Run.of(office.logs[office.log][start + 1 :], office.ring.public.log)
    assert school.take(Frame((later,))) == {office.log: (GAP, start)}
    stranger = Laptop("stranger")
    stranger.found()
    assert school.take(frame_of(stranger)) == {stranger.log: (NOT_ADMITTED, 0)}
    assert school.take(Frame((run,))) == {} == school.take(Frame((run,)))
    assert school.heads == office.heads


def test_a_fork_is_seen_by_both_and_the_copy_goes_on_under_another_epoch() -> None:
    office, school, club = community("office", "school", "club")
    together(office, school, club)
    clone = copy.deepcopy(school)
    log = school.log
    school.edit("e", "r", f="school")
    clone.edit("e", "r", f="clone")
    clone.edit("e", "r", f="clone again")
    meet(office, Nearby(school, office))
    meet(club, Nearby(clone, club))
    ending = meet(office, Nearby(club, office))
    assert not ending.is_same
    assert log in office.forked and log in club.forked
    assert office.heads[log] != club.heads[log]
    meet(clone, Nearby(office, clone))
    clone.edit("e", "r", f="from now on")
    assert clone.log != log
    meet(clone, Nearby(office, clone))
    assert office.heads[clone.log].seq == 1
    with pytest.raises(Refusing) as refusing:
        meet(school, Nearby(clone, school))
    assert refusing.value.refusal == Refusal(OTHER_DEVICE)


def test_what_is_asked_is_what_is_answered() -> None:
    office, school = community("office", "school")
    together(office, school)
    tls = school.ring.public.tls
    for heads in ({}, {office.log: Head(1, office.community)}, school.heads):
        data = answer(office, "pull", Pull(heads, (school.log,), True).bytes(), tls)
        frame = data[data.index(b"F\1") :]
        runs = Frame.read(frame).runs
        assert all(run.log != school.log for run in runs)
        assert all(run.previous == heads.get(run.log, START) for run in runs)
    for what in ("hello", "pull", "push"):
        with pytest.raises(Refusing) as refusing:
            answer(office, what, b"nonsense", tls)
        assert refusing.value.refusal.code == 1
    assert FORK not in {code for code, _ in office.take(Frame()).values()}


def test_all_know_the_removals_of_one_whose_own_admission_fell() -> None:
    office, school, club, library = community("office", "school", "club", "library")
    together(office, school, club, library)
    office.state(Remove(office.hello().time << 16, school.device, 1, {}))
    late = Laptop("late")
    late.join(office.community, school.ring.public)
    admit(school, late.ring.public, Role.OFFICE, "late")
    meet(late, Nearby(school, late))
    late.state(Remove(late.hello().time << 16, club.device, 1, {}))
    meet(library, Nearby(school, library))
    meet(library, Nearby(late, library))
    together(office, library)
    for laptop in (office, library):
        assert late.device not in laptop.membership.members and late.log in laptop.heads
        assert not laptop.membership.belongs(club.device)
    assert office.heads == library.heads
