"""The golden bytes, both ways: what is read is what was written, and is written again the same."""

import itertools
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from canonical import Malformed, Reader, UnknownFormat, Writer
from changes import Change, content_bytes
from digest import short
from entries import Header, is_sealed, seal
from forks import Meanings, carried, evidence_bytes, limbs_of, read_evidence
from invitations import Invitation
from membership import Membership, Said
from merge import Register
from messages import Hello, Pull, Pulled, Pushed, Refusal, heads_hash
from names import Head, device_of, heads_bytes, read_heads, sha256
from pairing import Ceremony, Offer, Reveal, status
from runs import Frame
from statements import Role, read_statement
from vectors import (
    change_of, content_of, frame_of, heads_of, keys_of, log_of, statement_of, vectors, version_of)

FAULTS = [
    "malformed", "wrongCommunity", "stranger", "removed", "wrongDevice", "olderProtocol",
    "newerProtocol", "tooLarge", "busy", "noRoom", "badRun"]
REASONS = [
    "notAdmitted", "tooManyLogs", "wrongKey", "unsealedEnd", "badSignature", "gap", "fork"]


def each(name: str) -> Any:
    """A test for each vector of a file."""
    found = vectors(name)
    assert found
    return pytest.mark.parametrize("vector", found, ids=[vector["name"] for vector in found])


def read_alone(data: bytes) -> dict:
    """A list of heads and nothing else."""
    reader = Reader(data)
    heads = read_heads(reader)
    reader.end()
    return heads


def check(vector: dict, read: Any, expected: Any, write: Any) -> None:
    """Reads and writes the bytes, and refuses them where one is missing or too many."""
    data = bytes.fromhex(vector["bytes"])
    assert read(data) == expected
    assert write(expected) == data
    for cut in range(len(data)):
        with pytest.raises(Malformed):
            read(data[:cut])
    with pytest.raises(Malformed):
        read(data + b"\0")


@each("change")
def test_changes(vector: dict) -> None:
    check(vector, Change.read, change_of(vector["fields"]), Change.bytes)


@each("statement")
def test_statements(vector: dict) -> None:
    check(vector, read_statement, statement_of(vector["fields"]), lambda said: said.bytes())


@each("header")
def test_headers(vector: dict) -> None:
    told = vector["fields"]
    header = Header(
        log_of(told), int(told["sequence"]), bytes.fromhex(told["previous"]),
        bytes.fromhex(told["payload"]), int(told["commit"]), int(told["milliseconds"]),
        told["trusted"], told["actor"])
    check(vector, Header.read, header, Header.bytes)
    assert header.hash.hex() == told["hash"]


@each("seal")
def test_seals(vector: dict) -> None:
    told, data = vector["fields"], bytes.fromhex(vector["bytes"])
    entry, key = bytes.fromhex(told["hash"]), bytes.fromhex(told["key"])
    signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(told["seed"]))
    assert signing.public_key().public_bytes_raw() == key
    assert device_of(key).hex() == told["device"]
    assert seal(entry, signing) == data
    assert is_sealed(data, entry, key)
    assert not is_sealed(data, sha256(entry), key)


@each("heads")
def test_heads(vector: dict) -> None:
    heads = heads_of(vector["fields"])
    check(vector, read_alone, heads, heads_bytes)
    assert heads_hash(heads).hex() == vector["fields"]["hash"]


@each("frame")
def test_frames(vector: dict) -> None:
    frame = frame_of(vector["fields"])
    check(vector, Frame.read, frame, Frame.bytes)
    for run, told in zip(frame.runs, vector["fields"]["runs"], strict=True):
        assert [entry.hash.hex() for entry in run.entries()] == told["hashes"]


@each("hello")
def test_hellos(vector: dict) -> None:
    told = vector["fields"]
    hello = Hello(
        (told["least"], told["greatest"]), bytes.fromhex(told["community"]),
        bytes.fromhex(told["device"]), int(told["milliseconds"]), told["trusted"],
        bytes.fromhex(told["digest"]), bytes.fromhex(told["heads"]))
    check(vector, Hello.read, hello, Hello.bytes)


def test_a_hello_of_a_later_version_is_no_lie() -> None:
    data = bytes.fromhex(vectors("hello")[0]["bytes"])
    with pytest.raises(UnknownFormat):
        Hello.read(data[:1] + b"\2\7" + data[3:])


@each("pull-request")
def test_pulls(vector: dict) -> None:
    told = vector["fields"]
    pull = Pull(
        heads_of(told["heads"]), tuple(log_of(log) for log in told["skipped"]),
        told["wantsHeads"])
    check(vector, Pull.read, pull, Pull.bytes)


@each("pull-answer")
def test_answers_to_pulls(vector: dict) -> None:
    told = vector["fields"]
    heads = heads_of(told["heads"]) if "heads" in told else None
    check(vector, Pulled.read, Pulled(heads, frame_of(told["frame"])), Pulled.bytes)


@each("push-answer")
def test_answers_to_pushes(vector: dict) -> None:
    told = vector["fields"]
    refused = {
        log_of(run): (REASONS.index(run["reason"]) + 1, int(run["place"]))
        for run in told["refused"]}
    check(vector, Pushed.read, Pushed(heads_of(told["heads"]), refused), Pushed.bytes)


@each("refusal")
def test_refusals(vector: dict) -> None:
    told = vector["fields"]
    run = None
    if told.get("run"):
        reason = REASONS.index(told["run"]["reason"]) + 1
        run = log_of(told["run"]), (reason, int(told["run"]["place"]))
    refusal = Refusal(FAULTS.index(told["fault"]) + 1, run)
    check(vector, Refusal.read, refusal, Refusal.bytes)
    assert refusal.status == told["status"]


@each("fork")
def test_forks(vector: dict) -> None:
    log, payloads = log_of(vector["log"]), [bytes.fromhex(data) for data in vector["payloads"]]
    for payload in payloads:
        assert evidence_bytes(read_evidence(payload)) == payload
    limbs = limbs_of(log, [entry for payload in payloads for entry in carried(payload)])
    told = [
        (int(limb["epoch"]), int(limb.get("rival", 0)), limb.get("parent"), int(limb["after"]),
         limb["hashes"]) for limb in vector["limbs"]]
    assert told == [
        (limb.name.epoch, limb.rival.epoch if limb.rival else 0, limb.parent, limb.after,
         [entry.hash.hex() for entry in limb.entries]) for limb in limbs]
    meanings = Meanings(log, limbs)
    for asked in vector["meanings"]:
        edit = (asked["entity"], asked["record"], asked["field"])
        found = meanings.of(version_of(asked["version"]), edit, log_of(asked["holder"]))
        assert found == (version_of(asked["meaning"]) if "meaning" in asked else None)


@each("merge")
def test_the_merge_does_not_depend_on_the_order(vector: dict) -> None:
    edits = []
    for edit in vector["edits"]:
        names = {version_of(other) for other in edit.get("settles", [])}
        if "base" in edit:
            names.add(version_of(edit["base"]))
        edits.append((version_of(edit["version"]), names, content_of(edit["content"])))
    outcome = vector["outcome"]
    leaves = {
        version_of(leaf["version"]): content_bytes(content_of(leaf["content"]))
        for leaf in [outcome["current"], *outcome["siblings"]]}
    for order in itertools.permutations(edits):
        register = Register()
        for edit in order:
            register.take(*edit)
        assert register.current == version_of(outcome["current"]["version"])
        assert register.siblings == {version_of(leaf["version"]) for leaf in outcome["siblings"]}
        assert register.awaited == {version_of(version) for version in outcome["awaited"]}
        assert register.conflicts == [version_of(version) for version in outcome["conflicts"]]
        for version, content in leaves.items():
            assert content_bytes(register.contents[version]) == content


def said(told: dict) -> Said:
    """A statement where it stands."""
    head = Head(int(told["sequence"]), bytes.fromhex(told["hash"]))
    return Said(log_of(told), head, read_statement(bytes.fromhex(told["statement"])))


@each("membership")
def test_membership_does_not_depend_on_the_order(vector: dict) -> None:
    statements = [said(entry) for entry in vector["entries"]]
    expected = {}
    for told in vector["members"]:
        cut = None
        if "cut" in told:
            cut = {int(place["epoch"]): int(place["sequence"]) for place in told["cut"]}
        expected[bytes.fromhex(told["device"])] = (
            Role[told["role"].upper()], told["label"], int(told["term"]), cut, told["depth"],
            told["wasOffice"])
    for order in itertools.islice(itertools.permutations(statements), 720):
        membership = Membership(bytes.fromhex(vector["community"]), order)
        found = {
            device: (
                member.role, member.label, member.term, member.cut, member.depth,
                member.was_office)
            for device, member in membership.members.items()}
        assert found == expected


@each("pairing")
def test_pairing_by_numbers(vector: dict) -> None:
    data = {name: bytes.fromhex(vector[name]) for name in (
        "community", "officeNonce", "joinerNonce", "offer", "reveal", "commit")}
    offer = Offer(data["community"], keys_of(vector["office"]), data["officeNonce"])
    reveal = Reveal(keys_of(vector["joiner"]), data["joinerNonce"], vector["label"])
    assert Offer.read(data["offer"]) == offer and offer.bytes() == data["offer"]
    assert Reveal.read(data["reveal"]) == reveal and reveal.bytes() == data["reveal"]
    assert reveal.commit() == data["commit"]
    ceremony = Ceremony(offer, reveal)
    assert ceremony.number("office") == vector["officeNumber"]
    assert ceremony.number("joiner") == vector["joinerNumber"]
    for state, name in enumerate(("pollWaiting", "pollConfirmed", "pollEnded"), start=1):
        assert ceremony.poll(state).hex() == vector[name]
    for state, name in enumerate(("statusWaiting", "statusConfirmed", "statusAdmitted"), start=1):
        assert status(state).hex() == vector[name]


@each("invitation")
def test_pairing_by_invitation(vector: dict) -> None:
    invitation = Invitation(
        bytes.fromhex(vector["community"]), keys_of(vector["office"]),
        bytes.fromhex(vector["secret"]), Role[vector["role"].upper()], int(vector["expires"]),
        tuple(vector["addresses"]))
    data = bytes.fromhex(vector["invitation"])
    assert Invitation.read(data) == invitation and invitation.bytes() == data
    joiner, label = keys_of(vector["joiner"]), vector["label"]
    answer = bytes.fromhex(vector["answer"])
    assert invitation.request(joiner, label).hex() == vector["request"]
    assert invitation.is_welcome(answer, joiner, label)
    assert not invitation.is_welcome(answer[:-1] + b"\0", joiner, label)
    assert not invitation.is_welcome(answer, joiner, "another")


def test_numbers_that_could_be_shorter_or_longer_are_refused() -> None:
    for number in (0, 1, 127, 128, 300, 2**32, 2**63, 2**64 - 1):
        data = Writer().varint(number).done()
        assert Reader(data).varint() == number
        with pytest.raises(Malformed):
            Reader(data[:-1] + bytes([data[-1] | 0x80, 0])).varint()
    with pytest.raises(Malformed):
        Reader(b"\xff" * 9 + b"\x02").varint()


def test_what_people_compare() -> None:
    assert short(bytes([0xFF, 0, 0xFF, 0, 0xFF, 1])) == "ZW0FY07Z"
