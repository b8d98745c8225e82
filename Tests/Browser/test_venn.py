"""The Venn diagram under people's hands: mouse, keyboard alone, by list, two windows."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from conftest import Desk, Desks
from hands import button, open_demo, tab_to, wait_until_saved
from looks import WIDTHS, check_fits, check_words, faults
from texts import text

VENN = "/events/demo-s4/venn"
VILLAGE_X = "/events/x-s1/venn"
AO, SCHOOL, FAP = "x-s1-i1", "x-s1-i2", "x-s1-i12"


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    return open_demo(start, desks)


@pytest.fixture
def page(desk: Desk) -> Iterator[Page]:
    """The diagram of village X: fifteen institutions that nobody has laid down yet."""
    page = desk.window(VILLAGE_X)
    yield page
    page.close()


def circle(page: Page, institution: str) -> Locator:
    return page.locator(f"#circle-{institution}")


def name(page: Page, institution: str) -> Locator:
    """The name and the face of a circle, which lie over all circles."""
    return page.locator(f"#venn-svg [data-name-of='{institution}']")


def place(page: Page, institution: str) -> tuple[float, float, float]:
    """Middle and radius on the screen."""
    box = circle(page, institution).locator(".shape").bounding_box()
    assert box, institution
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"] / 2


def words(relation: str, one: str, other: str) -> re.Pattern:
    """What the list says of two institutions, whichever is named first."""
    both = (text(f"venn.relation.{relation}", a=a, b=b) for a, b in ((one, other), (other, one)))
    return re.compile("|".join(re.escape(sentence) for sentence in both))


def relation(page: Page, kind: str, one: str, other: str) -> Locator:
    return page.locator("#venn-relations li", has_text=words(kind, one, other))


def carry(page: Page, institution: str, x: float, y: float) -> None:
    """Takes a circle with the mouse and lets it go with its middle at a place."""
    circle(page, institution).scroll_into_view_if_needed()
    at_x, at_y, _ = place(page, institution)
    page.mouse.move(at_x, at_y)
    page.mouse.down()
    page.mouse.move((at_x + x) / 2, (at_y + y) / 2, steps=6)
    page.mouse.move(x, y, steps=6)
    page.mouse.up()
    wait_until_saved(page)


def how(page: Page, kind: str) -> None:
    """Chooses how two institutions work together."""
    page.locator(f"#venn-relate [value={kind}]").check()


def stored(desk: Desk, record: str) -> dict:
    return desk.context.request.get(f"/api/v1/records/{record}").json()


def test_a_circle_is_dragged_until_it_touches_overlaps_lies_inside_and_leaves(
    page: Page, desk: Desk,
) -> None:
    page.evaluate("document.querySelector('.venn-room').scrollIntoView()")
    x, y, radius = place(page, AO)
    _, _, small = place(page, FAP)
    carry(page, FAP, x + radius + small + 4, y)
    expect(relation(page, "touching", "Айыл өкмөтү", "ФАП")).to_have_count(1)
    # It jumped to the edge: touching is one distance, whatever the hand.
    one, other = stored(desk, f"institution/{AO}"), stored(desk, f"institution/{FAP}")
    distance = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
    assert abs(distance - 148) < 0.5, distance
    x, y, radius = place(page, AO)
    carry(page, FAP, x + radius, y)
    expect(relation(page, "overlapping", "Айыл өкмөтү", "ФАП")).to_have_count(1)
    x, y, radius = place(page, AO)
    carry(page, FAP, x + radius * 0.3, y + radius * 0.1)
    expect(relation(page, "inside", "Айыл өкмөтү", "ФАП")).to_have_count(1)
    page.reload()
    expect(relation(page, "inside", "Айыл өкмөтү", "ФАП")).to_have_count(1)
    # What was done can be taken back.
    x, y, radius = place(page, AO)
    carry(page, FAP, x + radius, y)
    expect(relation(page, "overlapping", "Айыл өкмөтү", "ФАП")).to_have_count(1)
    page.locator("#undo-offer").get_by_role("button").click()
    expect(relation(page, "inside", "Айыл өкмөтү", "ФАП")).to_have_count(1)


def test_a_relation_is_set_by_list_and_the_circles_follow(page: Page) -> None:
    page.locator("#venn-first").select_option(label="Мектеп")
    page.locator("#venn-second").select_option(label="Айыл өкмөтү")
    how(page, "overlapping")
    page.locator("[data-relate]").click()
    expect(relation(page, "overlapping", "Айыл өкмөтү", "Мектеп")).to_have_count(1)
    # What was stated before still holds.
    expect(relation(page, "inside", "Айыл өкмөтү", "ФАП")).to_have_count(1)
    (x1, y1, r1), (x2, y2, r2) = place(page, AO), place(page, SCHOOL)
    assert ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 < r1 + r2 - 2
    # Two of one size are not inside one another, and the page says what to do.
    how(page, "inside")
    page.locator("[data-relate]").click()
    question = page.locator("#venn-question")
    expect(question).to_contain_text("бирдей чоңдукта")
    expect(question.get_by_role("button")).to_be_hidden()
    how(page, "touching")
    expect(question).to_be_hidden()


def test_what_has_to_give_way_is_asked_first(page: Page) -> None:
    def relate(one: str, other: str, kind: str) -> None:
        page.locator("#venn-first").select_option(label=one)
        page.locator("#venn-second").select_option(label=other)
        how(page, kind)
        page.locator("[data-relate]").click()

    relate("Маданият үйү", "Айыл өкмөтү", "touching")
    expect(relation(page, "touching", "Айыл өкмөтү", "Маданият үйү")).to_have_count(1)
    # The small one is inside the large one, which a medium one only touches.
    relate("ФАП", "Маданият үйү", "inside")
    question = page.locator("#venn-question")
    expect(question).to_contain_text("Айыл өкмөтү")
    expect(relation(page, "inside", "Айыл өкмөтү", "ФАП")).to_have_count(1)
    button(question, "venn.question.anyway").click()
    expect(question).to_be_hidden()
    expect(relation(page, "inside", "Маданият үйү", "ФАП")).to_have_count(1)
    expect(page.locator("#undo-offer")).to_contain_text("ФАП")


def test_the_keyboard_alone_moves_sizes_and_relates(page: Page, desk: Desk) -> None:
    mosque = circle(page, "x-s1-i13")
    before = stored(desk, "institution/x-s1-i13")
    tab_to(page, page.locator(".venn-sheet"))
    for _ in range(20):
        page.keyboard.press("Tab")
        if mosque.evaluate("element => element === document.activeElement"):
            break
    expect(mosque).to_be_focused()
    expect(mosque).to_have_accessible_name(re.compile("^Мечит: "))
    for key in ("ArrowDown", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    wait_until_saved(page)
    after = stored(desk, "institution/x-s1-i13")
    assert after["y"] == before["y"] + 40 and after["x"] == before["x"] + 4, (before, after)
    expect(mosque).to_be_focused()
    page.keyboard.press("+")
    expect(page.locator("#size-x-s1-i13")).to_have_value("medium")
    expect(mosque).to_be_focused()
    page.keyboard.press("-")
    expect(page.locator("#size-x-s1-i13")).to_have_value("small")
    page.keyboard.press("Enter")
    expect(page.locator("#venn-second")).to_be_focused()
    expect(page.locator("#venn-first")).to_have_value("x-s1-i13")
    page.locator("#venn-second").select_option(label="СПА")
    how(page, "touching")
    tab_to(page, page.locator("[data-relate]"))
    page.keyboard.press("Enter")
    expect(relation(page, "touching", "Мечит", "СПА")).to_have_count(1)


def test_an_institution_is_added_marked_ordered_and_taken_off(page: Page, desk: Desk) -> None:
    page.locator("#venn-name").fill("Почта")
    page.locator("#venn-kind").select_option("outside")
    page.locator("#venn-name").press("Enter")
    row = page.locator(".venn-row").last
    expect(row.locator(".venn-name").first).to_have_value("Почта")
    row.locator(".venn-name").first.click()
    expect(row.locator(".venn-name").first).to_be_focused()
    expect(page.locator(".venn-row")).to_have_count(16)
    post = row.get_attribute("id").removeprefix("institution-")
    face = name(page, post).locator(".face")
    expect(face).to_have_count(0)
    # No is another thing than not asked.
    page.locator(f"#answer-{post}").select_option("false")
    expect(name(page, post).locator(".face-sad")).to_have_count(1)
    assert stored(desk, f"institution/{post}")["satisfied"] is False
    page.locator(f"#answer-{post}").select_option("")
    expect(face).to_have_count(0)
    assert "satisfied" not in stored(desk, f"institution/{post}")
    page.locator(f"#up-{post}").click()
    expect(page.locator(".venn-row").nth(14)).to_have_id(f"institution-{post}")
    # The same name once more is refused, and what was typed stays.
    page.locator("#venn-name").fill("почта")
    page.locator("#venn-name").press("Enter")
    expect(page.locator("#venn-name-error")).to_contain_text("почта")
    expect(page.locator("#venn-name")).to_have_value("почта")
    page.locator("#venn-name").fill("")
    page.locator(f"#more-{post} summary").click()
    page.locator(f"#more-{post} [data-remove]").click()
    expect(page.locator(".venn-row")).to_have_count(15)


def test_two_windows_draw_one_diagram(page: Page, desk: Desk, desks: Desks) -> None:
    other = desks.open_beside(desk).window(VILLAGE_X)
    before = circle(other, "x-s1-i7").get_attribute("transform")
    x, y, _ = place(page, "x-s1-i7")
    carry(page, "x-s1-i7", x + 30, y - 20)
    expect(circle(other, "x-s1-i7")).not_to_have_attribute("transform", before or "")
    after = circle(page, "x-s1-i7").get_attribute("transform")
    expect(circle(other, "x-s1-i7")).to_have_attribute("transform", after or "")
    other.locator("#answer-x-s1-i7").select_option("true")
    expect(name(page, "x-s1-i7").locator(".face-glad")).to_have_count(1)


def test_women_and_men_are_compared(desk: Desk) -> None:
    page = desk.window(VENN + "?drawnBy=women")
    compare = page.locator("#venn-compare")
    size = text("venn.compare.size", name="Жайыт комитети", women=text("venn.size.small"),
                men=text("venn.size.large"))
    expect(compare).to_contain_text(size)
    expect(compare).to_contain_text(text("venn.compare.only.women", name="Аялдар кеңеши"))
    similar = compare.locator(".venn-similar", has_text="Жаштар кеңеши")
    similar.get_by_role("button").click()
    expect(similar).to_have_count(0)
    # The other diagram has what this one lacks.
    copy = page.locator("#venn-copies form", has=page.locator("[value=men]")).get_by_role("button")
    rows = page.locator(".venn-row").count()
    copy.click()
    expect(copy).to_have_count(0)
    assert page.locator(".venn-row").count() > rows
    page.close()


def test_it_works_without_scripts(desk: Desk, desks: Desks) -> None:
    plain = desks.open(
        desk.program, storage_state=desk.context.storage_state(), java_script_enabled=False)
    page = plain.window(VILLAGE_X)
    page.locator("#venn-first").select_option(label="Пилорама")
    page.locator("#venn-second").select_option(label="Жаштар комитети")
    how(page, "touching")
    page.locator("[data-relate]").click()
    expect(page.locator(".flash")).to_contain_text("Пилорама")
    expect(relation(page, "touching", "Пилорама", "Жаштар комитети")).to_have_count(1)
    page.close()


@pytest.mark.parametrize("path", [VENN + "?drawnBy=women", VILLAGE_X])
def test_it_looks_well(desk: Desk, path: str, screenshots: Path) -> None:
    page = desk.window(path)
    name = "venn-women" if "women" in path else "venn"
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=screenshots / f"{name}-{width}.png", full_page=True)
        check_fits(page)
        check_words(page)
        assert not faults(page), "\n".join(faults(page))
    page.close()
