"""Broken, oversized and hostile input: a clear refusal each time, and the program goes on."""

import http.client
import time
from collections.abc import Callable

import pytest

from program import Program
from test_safety import check_headers, check_problem, digest
from wire import FORM, Wire, raw

PASSPHRASE = "жети тоо ашып келген"
MEGABYTE = 1_048_576
GOOD = {"event": "demo-s4", "title": "Жол чуңкур"}


@pytest.fixture(scope="module")
def program(start: Callable) -> Program:
    program = start("demo")
    program.add_account("aigul", "admin", PASSPHRASE)
    return program


@pytest.fixture(scope="module")
def admin(program: Program) -> Wire:
    return Wire(program).log_in("aigul", PASSPHRASE)


@pytest.mark.parametrize("body", [
    b"", b"{", b"null", b"[]", b"5", b'"text"', b"\xff\xfe{}", b'{"title":"\xd0"}',
    b"\xef\xbb\xbf{}",
    b'{"title":"\\ud800","event":"demo-s4"}', b'{"title":"a\\u0000b","event":"demo-s4"}',
    b'{"title":NaN}', b'{"title":1e999}', b'{"title":' + b"9" * 5000 + b"}", b"[" * 100_000,
    b'{"a":' * 20_000 + b"1" + b"}" * 20_000, b'{"title":"a","title":"b","event":"demo-s4"}',
    b'{"title":"x","event":"demo-s4"} more', b"{'title':'x'}",
    b'{"title":"a\nb","event":"demo-s4"}',
], ids=lambda body: ascii(body[:24])[2:-1])
def test_broken_json_is_refused(body: bytes, admin: Wire) -> None:
    before = digest(admin)
    check_problem(admin.send("POST", "/api/v1/records/problem", body), 400, 422)
    assert digest(admin) == before


@pytest.mark.parametrize("wrong", [
    {"title": ""}, {"title": "   "}, {"title": None}, {"title": 5}, {"title": ["a"]},
    {"title": {"a": 1}}, {"title": "а" * 501}, {"title": "текст\u202eтескери"},
    {"title": "мында\u0007үн"}, {"title": "a\u200bb"}, {"description": "а" * 20_001},
    {"votesByHand": -1}, {"votesByHand": 1.5}, {"votesByHand": "беш"}, {"votesByHand": 10**30},
    {"votesByHand": True}, {"competence": "ooba"}, {"localMatter": 24}, {"event": "no-such"},
    {"event": "demo-2026"}, {"event": "../x"}, {"event": None}, {"unknown": 1}, {"deleted": True},
    {"__proto__": {}}, {"id": "a b"}, {"id": "а"}, {"id": "x" * 65}, {"id": ""}, {"id": 5},
    {"id": "demo-s4"}, {"entity": "person"},
])
def test_a_wrong_field_is_named(wrong: dict, admin: Wire) -> None:
    before = digest(admin)
    answer = admin.send("POST", "/api/v1/records/problem", {**GOOD, **wrong})
    check_problem(answer, 409, 422)
    if answer.status == 422:
        fields = [error["field"] for error in answer.json["errors"]]
        assert next(iter(wrong)) in fields, answer.text
        assert all(error["message"] for error in answer.json["errors"])
    assert digest(admin) == before


@pytest.mark.parametrize("entity, field, value", [
    ("cycle", "startsOn", "1825-01-01"), ("cycle", "startsOn", "2026-02-30"),
    ("cycle", "startsOn", "19.11.2026"), ("cycle", "stage", 9), ("tokochSlice", "percent", 140),
    ("event", "startsAt", "25:00"), ("person", "birthYear", 1066), ("person", "age", 400),
    ("activity", "percentDone", 101), ("contribution", "amount", 10**18), ("person", "sex", "x"),
    ("mapFeature", "geometry", {"type": "Point"}), ("attachment", "sha256", "abc"),
    ("account", "secret", "scrypt$1$1$1$aa$bb"),
])
def test_values_outside_their_bounds(entity: str, field: str, value: object, admin: Wire) -> None:
    answer = admin.send("POST", f"/api/v1/records/{entity}", {field: value})
    check_problem(answer, 403, 422)
    if answer.status == 422:
        assert field in [error["field"] for error in answer.json["errors"]], answer.text


@pytest.mark.parametrize("path, statuses", [
    ("/api/v1/records/nothing", (404,)), ("/api/v1/records/Problem", (404,)),
    ("/api/v1/records/problem/no-such", (404,)), ("/api/v1/records/problem/%00", (404,)),
    ("/api/v1/records/problem/" + "x" * 65, (404,)), ("/api/v1/records/%2e%2e", (404,)),
    ("/api/v1/records/problem?cursor=abc", (400, 422)),
    ("/api/v1/records/problem?cursor=99999999999999999999", (400, 422)),
    ("/api/v1/records/problem?event=a%20b", (422,)), ("/api/v1/records/problem?none=1", (422,)),
    ("/api/v1/records/problem?votesByHand=abc", (422,)),
    ("/api/v1/records/person?secret=1", (422,)),
    ("/api/v1/records/problem?title=%ff", (400, 422)), ("/api/v1/history/problem/none", (404,)),
    ("/api/v1/ranking", (422,)), ("/api/v1/ranking?cycle=none", (404,)),
    ("/api/v1/ranking?cycle=demo-2026&village=none", (404,)),
    ("/api/v1/cycles/none/summary", (404,)),
    ("/api/v1/events/none/attendance", (404,)), ("/api/v1/search?entity=none&q=a", (405,)),
    ("/api/v1/export?entity=none", (404,)), ("/api/v1/export?format=exe", (422,)),
    ("/api/v1/export?format=csv", (422,)), ("/api/v2/records/problem", (404,)),
])
def test_addresses_of_nothing(path: str, statuses: tuple[int, ...], admin: Wire) -> None:
    check_problem(admin.get(path), *statuses)


def test_pages_take_any_address_calmly(admin: Wire) -> None:
    for path in (
        "/static/../keys", "/static/..%2f..%2fstore.db", "/static/%2e%2e/store.db", "/%00", "/%ff",
        "/vendor/../../etc/passwd", "/%zz", "//evil.example/", "/;/", "/.git", "/cycles/x",
        "/records/person?cursor=x", "/records/person?q=%ff", "/search?q=" + "%d1%83" * 2000,
        "/events/%3Cscript%3E", "/ranking?cycle=%00", "/calendar?village='--",
        "/records/person/new?village=%22%3E%3Cscript%3E", "/search?q=%22%27%29%2A", "/search?q=%zz",
        "/login?back=//evil.example",
    ):
        answer = admin.get(path)
        assert answer.status < 500, f"{path}: {answer.status}"
        check_headers(answer)


@pytest.mark.parametrize("words", [
    "", " ", "а", "у" * 2000, "\"')*", "NEAR(a, b)", "AND OR NOT", "title:a", "a* OR b*", "-a",
    "%' OR '1'='1", "\u202eа\u200bб", "a\u0000b", "{\"q\":1}", "суу\nжол", "😀😀", "^$.*[]"])
def test_a_search_takes_any_words_calmly(words: str, admin: Wire) -> None:
    for entity in (None, "person", "problem"):
        answer = admin.find(words, entity)
        assert answer.status in (200, 303), f"{answer.status}: {answer.text[:500]}"
        check_headers(answer)
    answer = admin.send("POST", "/api/v1/search", {"q": words, "entity": "person"})
    assert (answer.status, type(answer.json["results"])) == (200, list)


def test_a_search_in_nothing_is_refused(admin: Wire) -> None:
    for entity, status in [("none", 404), ("Person", 404), ("account", 303), ("../x", 404)]:
        assert admin.find("суу", entity).status == status, entity
    check_problem(admin.send("POST", "/api/v1/search", {"q": "a", "entity": "none"}), 404)
    for data in ([], {}, {"q": 5}, {"q": ["a"]}, {"q": None}, {"q": {"a": 1}}):
        answer = admin.send("POST", "/api/v1/search", data)
        assert (answer.status, answer.json["results"]) == (200, []), data


@pytest.mark.parametrize("body", [
    b"%", b"%zz=1", b"\xff\xfe", b"title=%ff", b"=&=&&&;", b"problem=a%20b",
    b"title=" + b"a" * 5000, b"part=" * 5000], ids=lambda body: ascii(body[:24])[2:-1])
@pytest.mark.parametrize("path", [
    "/login", "/language", "/undo", "/records/problem", "/events/demo-s4/people", "/ranking/merge",
    "/events/demo-s4/stickers", "/ranking/part/remove", "/stickers/demo-s4-k001/move", "/accounts"])
def test_broken_forms_are_refused(path: str, body: bytes, admin: Wire) -> None:
    before = digest(admin)
    answer = admin.ask("POST", path, body, {"Content-Type": FORM, "Origin": admin.program.address})
    assert 400 <= answer.status < 500, f"{answer.status} {answer.headers['Location']}"
    check_headers(answer)
    assert digest(admin) == before


def test_too_much_is_too_much(program: Program, admin: Wire) -> None:
    before = digest(admin)
    own = {"Origin": program.address}
    check_problem(admin.send("POST", "/api/v1/records/problem", b" " * (MEGABYTE + 1)), 413)
    check_problem(admin.send("POST", "/api/v1/records/problem", b"x" * (10 * MEGABYTE)), 413)
    form = admin.ask("POST", "/login", b"a" * (10 * MEGABYTE), {"Content-Type": FORM, **own})
    assert form.status == 413
    check_headers(form)
    line = b'{"entity":"problem","title":"' + b"a" * (2 * MEGABYTE) + b'"}\n'
    refused = admin.ask("POST", "/api/v1/import", line, own)
    assert (refused.status, refused.json["imported"]) == (422, False)
    assert refused.json["errors"][0]["line"] == 1
    # In pieces without a length, and a promise of more than there is room for.
    host = f"Host: {program.authority}\r\nOrigin: {program.address}\r\n"
    cookie = f"Cookie: {admin.headers['Cookie']}\r\nContent-Type: application/json\r\n"
    post = "POST /api/v1/records/problem HTTP/1.1\r\n" + host + cookie
    piece = f"{65536:x}\r\n".encode() + b" " * 65536 + b"\r\n"
    chunked = (post + "Transfer-Encoding: chunked\r\n\r\n").encode() + piece * 40
    assert raw(program, chunked, 5).startswith(b"HTTP/1.1 413 ")
    assert digest(admin) == before


def test_what_is_no_http_is_shown_the_door(program: Program, admin: Wire) -> None:
    own = f"Host: {program.authority}\r\n".encode()
    for sent in (b"GARBAGE\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET / HTTP/9.9\r\n\r\n",
                 b"GET / HTTP/1.1\r\n" + own + b"X y: z\r\n\r\n",
                 b"GET / HTTP/1.1\r\n" + own + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
                 b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + own + b"\r\n",
                 b"POST /login HTTP/1.1\r\n" + own + b"Content-Length: -5\r\n\r\n",
                 b"POST /login HTTP/1.1\r\n" + own + b"Content-Length: 5\r\nTransfer-Encoding: "
                 b"chunked\r\n\r\n0\r\n\r\n"):
        answer = raw(program, sent, 5)
        assert answer.startswith(b"HTTP/1.1 4"), f"{sent[:40]!r}: {answer[:60]!r}"
    assert admin.get("/").status == 200


def test_many_hands_at_once_leave_room_for_one_more(program: Program, admin: Wire) -> None:
    held = [http.client.HTTPConnection("127.0.0.1", program.port, timeout=5) for _ in range(200)]
    try:
        for connection in held:
            connection.connect()
        assert admin.get("/").status == 200
    finally:
        for connection in held:
            connection.close()


def test_guessing_a_passphrase_takes_ever_longer(program: Program) -> None:
    nobody = Wire(program)
    program.add_account("guessed", "viewer", PASSPHRASE)
    unknown = nobody.form("/login", {"login": "nobody-here", "passphrase": "бир эки үч төрт"})
    answers = [nobody.form("/login", {"login": "guessed", "passphrase": f"жаңылыш {number}"})
               for number in range(5)]
    statuses = [answer.status for answer in answers]
    assert statuses[0] == unknown.status == 422
    assert answers[0].text.replace("guessed", "") == unknown.text.replace("nobody-here", "")
    assert statuses[-1] == 429, statuses
    wait = int(answers[-1].headers["Retry-After"])
    assert 1 <= wait <= 300
    right = {"login": "guessed", "passphrase": PASSPHRASE}
    for login in ("guessed", " guessed ", "guessed\t"):
        assert nobody.form("/login", {**right, "login": login}).status == 429
    assert nobody.form("/login", {"login": "aigul", "passphrase": PASSPHRASE}).status == 303
    time.sleep(wait)
    assert nobody.form("/login", right).status == 303
