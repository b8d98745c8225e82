"""Names, ages and contacts of residents are for the working group alone (R15), and text is text."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from conftest import Desks
from program import Program
from test_safety import check_problem, digest
from wire import Wire

PASSPHRASE = "жети тоо ашып келген"
NAME, STREET, WORK = "Чекирбаева Бүсайра", "Капчыгай көчөсү", "кой кайтарат"
CONTACT, ETHNICITY, SPEAKER = "0700 918 273", "дунганка", "Чекирбаева апа"
SPOKEN = "Каникул убагында күйөөм ооруп калды"
SECRETS = (NAME, "Чекирбаева", "Бүсайра", STREET, WORK, CONTACT, ETHNICITY, SPEAKER, SPOKEN)
OUTSIDERS = ("viewer", "deputy", "monitor")
# The forms that are there for everybody, and the pages on which a monitor writes.
OPEN_FORMS = {"/language", "/logout", "/search"}
MONITORED = re.compile(r"/records/(observation|progress|serviceRating)\b")

ATTACKS = [
    "<script>window.hacked = 1</script>", "<img src=x onerror=window.hacked=1>",
    "\"><svg onload=window.hacked=1>", "' onfocus=window.hacked=1 autofocus '",
    "</title><script>window.hacked=1</script>", "</textarea><script>window.hacked=1</script>",
    "{{{t.layout.brand}}} {{> layout}}", "javascript:window.hacked=1", "<!-- --><b>калың</b>",
    "&lt;script&gt;&amp;amp;", "${window.hacked=1}", "<a href=//evil.example>бас</a>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'>", "=HYPERLINK(\"http://evil.example\")",
]


@pytest.fixture(scope="module")
def program(start: Callable) -> Program:
    return start("demo")


@pytest.fixture(scope="module")
def admin(program: Program) -> Wire:
    program.add_account("aigul", "admin", PASSPHRASE)
    return Wire(program).log_in("aigul", PASSPHRASE)


@pytest.fixture(scope="module")
def person(admin: Wire) -> dict[str, str]:
    """A resident whom everything is known of, and the records that name her."""
    made = {"person": admin.make(
        "person", fullName=NAME, sex="female", age=77, ageAsOf="2026-11-19", street=STREET,
        occupation=WORK, contact=CONTACT, ethnicity=ETHNICITY)}
    made["attendance"] = admin.make(
        "attendance", event="demo-s4", person=made["person"], role="participant")
    made["minutesEntry"] = admin.make(
        "minutesEntry", event="demo-s4", position=9000, kind="text", text=SPOKEN, speaker=SPEAKER)
    made["proposal"] = admin.make(
        "proposal", event="demo-s4", author=made["person"], kind="proposal",
        decision="open", text="Жол оңдолсун")
    groups = admin.get("/api/v1/records/group").json["records"]
    if groups:
        made["membership"] = admin.make(
            "membership", group=groups[0]["id"], person=made["person"], role="member")
    answer = admin.send("PATCH", f"/api/v1/records/person/{made['person']}", {"age": 78})
    assert answer.status == 200
    return made


def outsider(program: Program, role: str) -> tuple[Wire, Wire]:
    """An account of a role that is not in the working group: its browser and its token."""
    token = program.add_account(role, role, PASSPHRASE)
    return Wire(program).log_in(role, PASSPHRASE), Wire(program).bearer(token)


def check_silent(answer_text: str, place: str) -> None:
    """Nothing of the resident is said."""
    words = unescape(answer_text)
    for secret in SECRETS:
        assert secret not in words and quote(secret) not in words, f"{place} says {secret}"


def links(page: str) -> set[str]:
    """Where a page leads to on this program."""
    return {unescape(href).partition("#")[0] for href in re.findall(r'href="(/[^"]*)"', page)}


@pytest.mark.parametrize("role", OUTSIDERS)
def test_outside_the_working_group_nobody_is_named(
    role: str, program: Program, admin: Wire, person: dict[str, str],
) -> None:
    browser, token = outsider(program, role)
    seen, waiting = set(), {"/", *links(browser.get("/records").text)}
    waiting |= {f"/records/{entity}/{id}" for entity, id in person.items()}
    waiting |= {f"/records/{entity}/{id}/history" for entity, id in person.items()}
    waiting |= {f"/events/demo-s4/{part}" for part in ("people", "minutes", "gallery")}
    waiting |= {"/events/demo-s4", "/documents/D6/demo-s4"}
    while waiting and len(seen) < 250:
        path = waiting.pop()
        seen.add(path)
        answer = browser.get(path)
        check_silent(answer.text, path)
        assert answer.status < 500
        if role != "monitor" or not MONITORED.match(path):
            forms = set(re.findall(r'action="([^"]*)"', answer.text)) - OPEN_FORMS
            assert not forms, f"{path} offers {forms}"
        waiting |= {link for link in links(answer.text) if link not in seen}
    assert len(seen) > 80, len(seen)
    for word in (NAME, CONTACT, SPEAKER, STREET, "оору"):
        # The search page repeats the question, which is not an answer.
        found = browser.find(word)
        assert found.status == 200
        assert not [id for id in person.values() if f"/{id}" in found.text], "it finds her"
        for entity in ("person", "attendance", "membership", "minutesEntry", "account"):
            assert browser.find(word, entity).status == 403
    for entity in ("person", "attendance", "membership", "minutesEntry", "account"):
        assert browser.get(f"/records/{entity}").status == 403
        check_problem(token.get(f"/api/v1/records/{entity}"), 403)
    assert browser.get("/documents/D6/demo-s4").status == 403
    assert browser.get("/events/demo-s4/people").status == 403


@pytest.mark.parametrize("role", OUTSIDERS)
def test_the_api_does_not_tell_either(
    role: str, program: Program, person: dict[str, str], admin: Wire,
) -> None:
    token = Wire(program).bearer(program.run("account", "token", role))
    paths = [f"/api/v1/{kind}/{entity}/{id}" for entity, id in person.items()
             for kind in ("records", "history")]
    paths += [f"/api/v1/records/person?contact={quote(CONTACT)}", "/api/v1/export?entity=person",
              f"/api/v1/records/person?fullName={quote(NAME)}", "/api/v1/export",
              "/api/v1/export?public=true", "/api/v1/export?format=csv&entity=person",
              "/api/v1/export?public=true&entity=person&format=csv",
              "/api/v1/export?entity=account", "/api/v1/openapi.json",
              "/api/v1/status", "/api/v1/cycles/demo-2026/summary",
              "/api/v1/events/demo-s4/attendance", "/api/v1/ranking?cycle=demo-2026"]
    openapi = admin.get("/api/v1/openapi.json").json
    entities = {match[1] for path in openapi["paths"]
                if (match := re.fullmatch(r"/api/v1/records/(\w+)", path))}
    paths += [f"/api/v1/records/{entity}?limit=500" for entity in entities]
    for path in paths:
        answer = token.get(path)
        assert answer.status < 500
        check_silent(answer.text, path)
    for question in ({"q": NAME}, {"q": "Чекир"}, {"q": "оору"}, {"q": STREET}):
        check_silent(token.send("POST", "/api/v1/search", question).text, "the search")
        for entity in ("person", "minutesEntry"):
            check_problem(token.send("POST", "/api/v1/search", {**question, "entity": entity}), 403)
    answer = token.get(f"/api/v1/records/proposal?author={person['person']}")
    check_silent(answer.text, "proposals of a person")


@pytest.mark.parametrize("role", OUTSIDERS)
def test_who_only_reads_changes_nothing(
    role: str, program: Program, person: dict[str, str], admin: Wire,
) -> None:
    browser = Wire(program).log_in(role, PASSPHRASE)
    history = admin.get(f"/api/v1/history/person/{person['person']}").json["history"]
    before = digest(admin)
    newcomer = {"login": "evil", "displayName": "Ж", "role": "admin", "passphrase": PASSPHRASE,
                "passphraseAgain": PASSPHRASE}
    for path, fields in {
        "/events/demo-s4/stickers": {"text": "жат"}, "/events/demo-s4/columns": {"title": "жат"},
        "/events/demo-s4/people": {"fullName": "Жат киши", "sex": "male"},
        "/events/demo-s4/headcount": {"all": "5"}, "/events/demo-s4/agenda": {"title": "жат"},
        "/events/demo-s3/held": {}, "/events/demo-s4/minutes": {"text": "жат", "kind": "text"},
        "/stickers/demo-s4-k001/move": {"problem": ""}, "/records/village": {"name": "Жат"},
        f"/records/person/{person['person']}/delete": {}, "/accounts": newcomer,
        "/records/problem/demo-s4-road/delete": {}, "/records/problem/demo-s4-road": {"title": "ж"},
    }.items():
        answer = browser.form(path, fields)
        assert answer.status == 403, f"{path}: {answer.status} {answer.headers['Location']}"
    for method, path, data in [
        ("POST", "/api/v1/records/person", {"fullName": "Жат киши"}),
        ("PATCH", f"/api/v1/records/person/{person['person']}", {"age": 20}),
        ("DELETE", "/api/v1/records/problem/demo-s4-road", {}),
        ("POST", "/api/v1/records/account", {"login": "evil", "role": "admin"}),
        ("POST", "/api/v1/import", {"entity": "village", "id": "v", "name": "Ж"}),
    ]:
        check_problem(browser.send(method, path, data), 403)
    assert browser.get("/accounts").status == browser.get("/records/village/new").status == 403
    undone = browser.form("/undo", {"commit": history[0]["commit"]})
    assert undone.status in (403, 409)
    assert digest(admin) == before


def test_no_name_stands_in_an_address(program: Program, admin: Wire) -> None:
    name = "Абылгазиева Уулкан"
    fields = {"fullName": name, "sex": "female", "age": "44", "street": "Сары-Өзөн",
              "contact": "0555 101 202", "role": "participant"}
    answers = [
        admin.form("/events/demo-s4/people", fields),
        admin.form("/records/person", {**fields, "fullName": name + " кичүү"}),
        admin.form("/records/person", {**fields, "age": "сан эмес"}),
        admin.form("/login", {"login": name, "passphrase": PASSPHRASE, "back": "/"}),
        admin.send("POST", "/api/v1/records/person", {"fullName": name + " орто"}),
    ]
    for answer in answers:
        place = answer.headers["Location"] or ""
        assert not re.search(r"%D0|%D1|[^\x20-\x7e]|0555", place, re.I), place
    pages = [admin.get(path).text for path in (
        "/records/person", "/events/demo-s4/people", "/documents/D6/demo-s4", "/accounts", "/",
        answers[1].headers["Location"])]
    pages += [admin.find("Абылгазиева").text, admin.find("Абылгазиева", "person").text]
    for page in pages[-2:]:
        assert name in unescape(page), "the search does not find her"
    for page in pages:
        for link in re.findall(r'(?:href|action|src|data-address)="([^"]*)"', page):
            told = unescape(link) + quote(unescape(link))
            assert "Абылгазиева" not in told and quote("Абылгазиева") not in told, link
    assert "Абылгазиева" not in program.said() and "0555" not in program.said()


def search(page: Page, path: str, words: str) -> None:
    """Searches by the form of a page."""
    page.goto(path)
    page.locator("main .search-form #q").fill(words)
    with page.expect_navigation():
        page.locator("main .search-form #q").press("Enter")
    expect(page.locator("main .search-form #q")).to_have_value(words)


def check_plain(page: Page, place: str) -> None:
    """Nothing that was typed has become a part of the page."""
    assert page.evaluate("window.hacked") is None, place
    strange = page.locator(
        "main script:not([src]), iframe, img[src=x], [onerror], [onload], [onfocus],"
        " a[href*='evil'], a[href^='javascript']")
    expect(strange).to_have_count(0)


def test_stored_text_is_shown_as_text(program: Program, admin: Wire, desks: Desks) -> None:
    session = admin.make("event", cycle="demo-2026", kind="session", village="kok-irim-aral",
                         title=ATTACKS[0], place=ATTACKS[1], audience=ATTACKS[2])
    for number, attack in enumerate(ATTACKS):
        problem = admin.make("problem", event=session, title=attack, description=attack)
        admin.make("sticker", event=session, problem=problem, text=attack)
        admin.make("sticker", event=session, text=attack)
        guest = admin.make("person", fullName=attack, street=attack, occupation=attack)
        admin.make("attendance", event=session, person=guest, role="participant")
        item = admin.make("agendaItem", event=session, position=number + 1, title=attack)
        admin.make("minutesEntry", event=session, agendaItem=item, position=1, kind="text",
                   text=attack, speaker=attack)
    admin.make("village", municipality="kok-irim", name=ATTACKS[3])
    desk = desks.open(program)
    page = desk.window("/login")
    desk.log_in(page, "aigul", PASSPHRASE)
    plain = page.evaluate("document.querySelectorAll('script').length")
    for path in ("", "/people", "/minutes", "/gallery"):
        page.goto(f"/events/{session}{path}")
        expect(page.locator("body")).to_contain_text(ATTACKS[0])
        assert page.evaluate("window.hacked") is None, path
    for path in ("/", "/calendar", "/villages", "/ranking", "/records/problem", "/records/person",
                 f"/records/event/{session}", f"/records/event/{session}/history",
                 f"/documents/D6/{session}", "/records/village/new",
                 f"/records/person/new?fullName={quote(ATTACKS[5])}"):
        page.goto(path)
        check_plain(page, path)
    for words in ("script", ATTACKS[1], ATTACKS[2]):
        for path in ("/search", "/records/problem"):
            search(page, path, words)
            check_plain(page, f"{words} on {path}")
            assert page.url == f"{program.address}/search", "an address holds what was searched for"
    assert plain > 0
    table = admin.get("/api/v1/export?format=csv&entity=problem").text
    assert '"\'=HYPERLINK(""http' in table
