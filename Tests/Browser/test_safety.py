"""What anybody could send to the program, and what it must answer."""

import re
from collections.abc import Callable

import pytest

from program import Program
from wire import FORM, Answer, Wire, raw

LOGIN, PASSPHRASE = "aigul", "жети тоо ашып келген"
PATHS = ["/", "/login", "/welcome", "/nowhere", "/static/live.js", "/vendor/sortable.js",
         "/records/person", "/api/v1/status", "/api/v1/records/person", "/api/v1/events"]
LEAKS = re.compile(r"SQLite|GRDB|\.swift|/home/|/tmp/|/root/|Fatal|Error Domain|Optional\(", re.I)


@pytest.fixture(scope="module")
def program(start: Callable) -> Program:
    program = start("demo")
    program.add_account(LOGIN, "admin", PASSPHRASE)
    return program


@pytest.fixture(scope="module")
def nobody(program: Program) -> Wire:
    """Somebody who is not logged in."""
    return Wire(program)


@pytest.fixture(scope="module")
def admin(program: Program) -> Wire:
    """Somebody who may do everything."""
    return Wire(program).log_in(LOGIN, PASSPHRASE)


def check_headers(answer: Answer) -> None:
    """What a browser must be told with every answer."""
    policy = answer.headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'",
                 "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy, f"{answer.status} without {rule}"
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert "Cache-Control" in answer.headers
    assert not LEAKS.search(answer.text), answer.text


def check_problem(answer: Answer, *statuses: int) -> None:
    """An error of the API says what is wrong (RFC 9457)."""
    assert answer.status in (statuses or range(400, 500)), f"{answer.status}: {answer.text}"
    check_headers(answer)
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail"} <= answer.json.keys()
    assert answer.json["status"] == answer.status


def digest(admin: Wire) -> str:
    """The same as long as nothing in the store changed."""
    return admin.get("/api/v1/status").json["digest"]


def test_every_answer_has_the_headers(nobody: Wire, admin: Wire) -> None:
    problem = admin.get("/api/v1/records/problem?limit=1").json["records"][0]["id"]
    etag = nobody.get("/static/live.js").headers["ETag"]
    answers = {
        200: [admin.get("/"), admin.get("/api/v1/records/person"), nobody.get("/login"),
              nobody.get("/static/base.css"), nobody.get("/vendor/sortable.js"),
              admin.get("/api/v1/export"), admin.get("/api/v1/openapi.json"),
              admin.ask("HEAD", "/"), admin.get("/documents/D6/demo-s4")],
        303: [nobody.get("/"), admin.get("/login"), admin.form("/language", {"language": "ky"})],
        304: [nobody.get("/static/live.js", If_None_Match=etag)],
        400: [admin.form("/language", {"language": "xx"}), admin.get("/calendar?cycle=%zz"),
              nobody.get("/", Host=None)],
        401: [nobody.get("/api/v1/status"), nobody.get("/api/v1/events"),
              nobody.get("/api/v1/status", Authorization="Bearer no"),
              nobody.get("/api/v1/status", Authorization="nonsense")],
        403: [admin.form("/language", {"language": "ky"}, Origin="http://evil.example")],
        404: [nobody.get("/nowhere"), admin.get("/records/unknown"), admin.get("/static/no.js"),
              admin.get("/api/v1/nothing"), admin.send("PUT", "/nowhere", {})],
        405: [admin.send("PUT", "/records/person", {}), admin.get("/logout"),
              admin.send("DELETE", "/api/v1/status", {}), admin.get("/api/v1/search?q=a"),
              nobody.form("/static/live.js", {})],
        413: [admin.ask("POST", "/login", b"a" * 400_000, {
            "Content-Type": FORM, "Origin": admin.program.address})],
        415: [admin.send("POST", "/login", {}), admin.form("/api/v1/records/problem", {}),
              admin.send("PATCH", f"/api/v1/records/problem/{problem}", {},
                         Content_Type="application/merge-patch+json")],
        421: [nobody.get("/", Host="evil.example"), nobody.get("/static/live.js", Host="a:80")],
        422: [nobody.form("/login", {"login": "who", "passphrase": "what"}),
              admin.send("PATCH", f"/api/v1/records/problem/{problem}", {"title": 5})],
        501: [admin.send("MKCOL", "/records/person", {}), admin.send("PROPFIND", "/nowhere", {})],
    }
    for status, found in answers.items():
        for answer in found:
            assert answer.status == status, f"{status} expected, {answer.status}: {answer.text}"
            check_headers(answer)


@pytest.mark.parametrize("host", [
    "evil.example", "127.0.0.1", "localhost", "127.0.0.1:1", "127.0.0.1.nip.io:{port}",
    "[::1]:{port}", "evil.example:{port}", "127.0.0.1:{port}.evil.example",
    "evil@127.0.0.1:{port}", "0.0.0.0:{port}"])
def test_it_answers_to_its_own_name_alone(host: str, program: Program, admin: Wire) -> None:
    name = host.format(port=program.port)
    for path in PATHS:
        answer = admin.get(path, Host=name)
        assert answer.status == 421, f"{path}: {answer.status}"
        check_headers(answer)
    assert admin.form("/undo", {"commit": "x"}, Host=name).status == 421
    assert admin.get("/login", Host=f"localhost:{program.port}").status in (200, 303)


def test_two_hosts_are_one_too_many(program: Program) -> None:
    own = program.authority
    for hosts in ([own, "evil.example"], ["evil.example", own], [own, own], [own, ""]):
        lines = "".join(f"Host: {host}\r\n" for host in hosts)
        for path in ("/", "/api/v1/status", "/static/live.js", "/nowhere"):
            request = f"GET {path} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n"
            assert raw(program, request.encode(), 5).startswith(b"HTTP/1.1 400 "), hosts


def test_an_address_says_which_methods_it_takes(admin: Wire, nobody: Wire) -> None:
    problem = admin.get("/api/v1/records/problem?limit=1").json["records"][0]["id"]
    for method, path, allowed in [
        ("PUT", "/records/person", "GET, HEAD, POST"), ("DELETE", "/", "GET, HEAD"),
        ("GET", "/events/demo-s4/stickers", "POST"), ("HEAD", "/logout", "POST"),
        ("POST", f"/api/v1/records/problem/{problem}", "GET, HEAD, PATCH, DELETE"),
        ("GET", "/api/v1/search?q=a", "POST"), ("OPTIONS", "/api/v1/events", "GET, HEAD"),
    ]:
        answer = admin.ask(method, path, None, {"Origin": admin.program.address})
        assert (answer.status, answer.headers["Allow"]) == (405, allowed), path
        if path.startswith("/api/"):
            check_problem(answer, 405)
    assert nobody.get("/logout").status == 405


@pytest.mark.parametrize("kind", [
    "application/json-patch+json", "application/merge-patch+json", "application/jsonl",
    "application/problem+json", "text/json", "application/json-seq", "json", FORM])
def test_another_kind_of_data_is_refused_in_clear_words(kind: str, admin: Wire) -> None:
    before = digest(admin)
    answer = admin.send("POST", "/api/v1/records/village", {"name": "Жат"}, Content_Type=kind)
    check_problem(answer, 415)
    assert "application/json" in answer.json["detail"]
    assert digest(admin) == before


@pytest.mark.parametrize("origin", [
    None, "null", "http://evil.example", "https://{own}", "http://{own}.evil.example",
    "http://localhost:1", "http://{own}/"])
def test_what_another_site_sends_changes_nothing(
    origin: str | None, program: Program, admin: Wire,
) -> None:
    name = origin and origin.format(own=program.authority)
    before = digest(admin)
    problem = admin.get("/api/v1/records/problem?limit=1").json["records"][0]["id"]
    answers = [
        admin.send("POST", "/api/v1/records/village", {"name": "Жат"}, Origin=name),
        admin.send("PATCH", f"/api/v1/records/problem/{problem}", {"title": "жат"}, Origin=name),
        admin.send("DELETE", f"/api/v1/records/problem/{problem}", {}, Origin=name),
        admin.ask("POST", "/api/v1/import", '{"entity":"village"}', {"Origin": name}),
        admin.form(f"/records/problem/{problem}", {"title": "жат"}, Origin=name),
        admin.form(f"/records/problem/{problem}/delete", {}, Origin=name),
        admin.form("/events/demo-s4/stickers", {"text": "жат"}, Origin=name),
        admin.form("/login", {"login": LOGIN, "passphrase": PASSPHRASE}, Origin=name),
        admin.form("/accounts", {"login": "evil", "role": "admin"}, Origin=name),
        admin.form("/logout", {}, Origin=name),
    ]
    for answer in answers:
        assert answer.status == 403, answer.text
        check_headers(answer)
    assert digest(admin) == before
    assert admin.form("/undo", {"commit": "x"}, Sec_Fetch_Site="cross-site").status == 403
    assert admin.get("/").status == 200


def test_without_a_session_there_is_only_the_login(nobody: Wire, admin: Wire) -> None:
    for path in ("/", "/villages", "/calendar", "/ranking", "/records", "/records/person/new",
                 "/events/demo-s4/people", "/documents/D6/demo-s4", "/accounts", "/status"):
        answer = nobody.get(path)
        assert (answer.status, answer.body) == (303, b""), path
        assert answer.headers["Location"].startswith("/login")
    for method, path in [("GET", "/api/v1/status"), ("GET", "/api/v1/records/person"),
                         ("GET", "/api/v1/export?public=true"), ("POST", "/api/v1/import"),
                         ("DELETE", "/api/v1/records/problem/x"), ("POST", "/api/v1/search")]:
        check_problem(nobody.send(method, path, {}), 401)
    assert nobody.form("/events/demo-s4/stickers", {"text": "ким"}).status in (303, 401)
    for cookie in ("ashar-desk=", "ashar-desk=x", "ashar-desk=" + "0" * 64, "=;;=", "\xff"):
        assert nobody.get("/", Cookie=cookie).status == 303
    leaving = Wire(admin.program).log_in(LOGIN, PASSPHRASE)
    assert leaving.get("/").status == 200
    assert leaving.form("/logout", {}).status == 303
    assert leaving.get("/").status == 303


def test_the_cookie_is_for_this_program_alone(nobody: Wire) -> None:
    cookie = nobody.form(
        "/login", {"login": LOGIN, "passphrase": PASSPHRASE}).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Domain" not in cookie
    for back in ("http://evil.example/", "//evil.example", "/\\evil.example", "javascript:0",
                 "/\r\nSet-Cookie: a=b"):
        fields = {"login": LOGIN, "passphrase": PASSPHRASE, "back": back}
        assert nobody.form("/login", fields).headers["Location"] == "/"
