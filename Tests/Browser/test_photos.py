"""Photographs of a meeting: from files, from the camera, from a program; looked at, named, deleted."""

import re
import struct
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from conftest import Desk, Desks
from hands import button, log_in_to_demo, session_tab, tab_to, wait_until_saved
from looks import WIDTHS, check_fits, check_words, faults
from texts import text

PHOTOS = "/events/demo-s4/photos"
# What a camera writes about the place; the test's own word stands for it.
PLACE = b"GPS-42.8746"
# The child that reduces a photograph has to start first, on a slow machine too.
UPLOAD_MS = 60_000


@pytest.fixture(scope="module")
def desk(start: Callable, desks: Desks) -> Desk:
    return desks.open(start("demo"), permissions=["camera"])


@pytest.fixture(scope="module")
def page(desk: Desk) -> Page:
    """The album of a meeting, in one window for all tests."""
    page = desk.window(PHOTOS)
    log_in_to_demo(page)
    page.goto(PHOTOS)
    return page


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return (struct.pack(">I", len(data)) + name + data
                + struct.pack(">I", zlib.crc32(name + data)))
    rows = (b"\0" + bytes(colour) * width) * height
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"tEXt", b"Comment\0" + PLACE)
            + chunk(b"eXIf", exif(6) + PLACE)
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def exif(orientation: int) -> bytes:
    """How the camera was held, as cameras write it."""
    return b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def upload(page: Page, *files: FilePayload) -> None:
    """Chooses files; the album shows them when they have come through."""
    count = page.locator("[data-photo]").count()
    page.locator("#file").set_input_files(files)
    expect(page.locator("[data-photo]")).to_have_count(count + len(files), timeout=UPLOAD_MS)
    expect(page.locator(".upload")).to_have_count(0)


def test_files_come_into_the_album_and_stand_upright(page: Page, desk: Desk) -> None:
    expect(page.locator("#album")).to_contain_text(text("photos.none"))
    page.locator("#owner").select_option(index=2)
    item = page.locator("#owner option:checked").inner_text()
    page.locator("#caption").fill("Карта тартылууда")
    upload(page, payload("а.jpg", png(3000, 1500, (200, 40, 30))),
           payload("б.jpg", png(600, 400, (30, 80, 160))))
    expect(page.locator(".album-part h2")).to_contain_text(item.split(". ", 1)[1])
    expect(page.locator(".photo-caption")).to_have_text(["Карта тартылууда"] * 2)
    for picture, (width, height) in zip(
            page.locator(".photo img").all(), [(1024, 2048), (400, 600)], strict=True):
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("one => [one.naturalWidth, one.naturalHeight]") == [width, height]
    for file in (desk.program.data / "blobs").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert data.startswith(b"\xff\xd8\xff") and PLACE not in data
            assert file.stat().st_mode & 0o777 == 0o600


def test_what_is_no_photograph_is_refused_with_a_word(page: Page, desk: Desk) -> None:
    desk.watch.expect("status of 422")
    bomb = bytearray(png(8, 8, (0, 0, 0)))
    bomb[16:24] = struct.pack(">II", 60_000, 60_000)
    bomb[29:33] = struct.pack(">I", zlib.crc32(bytes(bomb[12:29])))
    broken = png(900, 900, (1, 2, 3))[:-400]
    before = page.locator("[data-photo]").count()
    page.locator("#file").set_input_files([
        payload("чийме.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        payload("бомба.jpg", bytes(bomb)), payload("үзүлгөн.jpg", broken)])
    refused = page.locator(".upload.is-refused")
    expect(refused).to_have_count(3, timeout=UPLOAD_MS)
    for line, word in zip(
            refused.all(), ["noPhotograph", "tooManyPixels", "damaged"], strict=True):
        expect(line).to_contain_text(text(f"photos.refusal.{word}"))
    assert page.locator("[data-photo]").count() == before
    for _ in range(3):
        page.locator("[data-dismiss]").first.click()
    expect(refused).to_have_count(0)


def test_the_camera_takes_again_and_is_let_go(page: Page) -> None:
    page.evaluate("""() => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      window.tracks = [];
      navigator.mediaDevices.getUserMedia = async (wish) => {
        const stream = await ask(wish);
        window.tracks.push(...stream.getTracks());
        return stream;
      };
    }""")
    page.locator("#owner").select_option(index=0)
    before = page.locator("[data-photo]").count()
    button(page, "photos.add.camera").click()
    camera = page.locator("#camera")
    take = button(camera, "photos.camera.take")
    expect(take).to_be_enabled()
    take.click()
    expect(camera.locator("#camera-still")).to_be_visible()
    assert page.evaluate("window.tracks.every(one => one.readyState === 'ended')")
    button(camera, "photos.camera.again").click()
    expect(take).to_be_enabled()
    take.click()
    button(camera, "photos.camera.keep").click()
    # The live picture is back for the next one.
    expect(take).to_be_enabled()
    button(camera, "photos.camera.close").click()
    expect(camera).to_be_hidden()
    # The dialog tells of its closing a moment after it is gone.
    page.wait_for_function("window.tracks.every(one => one.readyState === 'ended')")
    expect(page.locator("[data-photo]")).to_have_count(before + 1, timeout=UPLOAD_MS)
    expect(page.locator("#album-whole")).to_be_visible()


def test_a_photograph_is_looked_at_by_keyboard_named_and_moved(page: Page) -> None:
    view = page.locator("#photo-view")
    tab_to(page, page.locator("[data-open]").first)
    page.keyboard.press("Enter")
    expect(view).to_be_visible()
    place = text("photos.view.position", place=1, count=3)
    expect(view.locator("#view-place")).to_have_text(place)
    page.keyboard.press("ArrowRight")
    expect(view.locator("#view-place")).to_have_text(
        text("photos.view.position", place=2, count=3))
    page.keyboard.press("ArrowLeft")
    view.locator("#view-words").fill("Суу түтүгү")
    view.locator("#view-words").press("Enter")
    wait_until_saved(page)
    expect(page.locator(".photo-caption", has_text="Суу түтүгү")).to_have_count(1)
    view.locator("#view-owner").select_option(index=0)
    wait_until_saved(page)
    expect(page.locator("#album-whole ~ .photos [data-photo]")).to_have_count(2)
    expect(view).to_be_visible()
    page.keyboard.press("Escape")
    expect(view).to_be_hidden()
    page.reload()
    expect(page.locator("#album-whole ~ .photos .photo-caption")).to_have_text(["Суу түтүгү"])


def test_a_photograph_is_deleted_and_comes_back(page: Page) -> None:
    count = page.locator("[data-photo]").count()
    page.locator("[data-open]").first.click()
    button(page.locator("#photo-view"), "photos.view.remove").click()
    expect(page.locator("[data-photo]")).to_have_count(count - 1)
    page.locator("#undo-offer").get_by_role("button").click()
    expect(page.locator("[data-photo]")).to_have_count(count)


def test_the_album_by_keyboard_alone(page: Page) -> None:
    photos = page.locator("[data-photo]")
    count = photos.count()
    # The browser is told early to hand choosers over: on a slow machine Enter came before that.
    page.on("filechooser", lambda _: None)
    tab_to(page, page.locator("[data-choose]"))
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Enter")
    asked.value.set_files(payload("IMG_9.png", png(90, 60, (30, 90, 60))))
    expect(photos).to_have_count(count + 1, timeout=UPLOAD_MS)
    tab_to(page, page.locator("[data-open]").last)
    page.keyboard.press("Enter")
    view = page.locator("#photo-view")
    expect(view).to_be_visible()
    tab_to(page, button(view, "photos.view.remove"))
    page.keyboard.press("Enter")
    expect(photos).to_have_count(count)
    tab_to(page, page.locator("#undo-offer").get_by_role("button"))
    page.keyboard.press("Enter")
    expect(photos).to_have_count(count + 1)
    tab_to(page, page.locator("[data-open]").last)
    page.keyboard.press("Enter")
    tab_to(page, button(view, "photos.view.remove"))
    page.keyboard.press("Enter")
    expect(photos).to_have_count(count)


def test_the_minutes_show_the_photographs_of_the_item(page: Page) -> None:
    session_tab(page, "minutes").click()
    strips = page.locator(".photo-strip")
    expect(strips).to_have_count(2)
    link = strips.first.get_by_role("link").first
    name = re.search(r"#photo-(.+)$", link.get_attribute("href") or "")
    assert name
    link.click()
    expect(page.locator(f"#photo-{name[1]}")).to_be_in_viewport()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_album_looks_well(page: Page, width: int, screenshots: Path) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.reload()
    for picture in page.locator(".photo img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
    page.evaluate("scrollTo(0, 0)")
    check_fits(page)
    check_words(page)
    assert faults(page) == []
    page.screenshot(path=screenshots / f"photos-{width}.png", full_page=True)
    page.locator("[data-open]").first.click()
    expect(page.locator("#view-picture")).to_have_js_property("complete", True)
    assert faults(page) == []
    page.screenshot(path=screenshots / f"photo-view-{width}.png")
    page.keyboard.press("Escape")
    button(page, "photos.add.camera").click()
    expect(button(page.locator("#camera"), "photos.camera.take")).to_be_enabled()
    page.screenshot(path=screenshots / f"photo-camera-{width}.png")
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1366, "height": 900})


def test_a_phone_offers_its_own_camera(desk: Desk, desks: Desks, screenshots: Path) -> None:
    phone = desks.open(
        desk.program, storage_state=desk.context.storage_state(), has_touch=True, is_mobile=True,
        viewport={"width": 320, "height": 640})
    page = phone.window(PHOTOS)
    expect(page.locator(".photo-phone")).to_be_visible()
    expect(button(page, "photos.add.camera")).to_be_hidden()
    assert page.locator("#phone").get_attribute("capture") == "environment"
    count = page.locator("[data-photo]").count()
    page.locator("#phone").set_input_files(payload("image.jpg", png(40, 40, (9, 90, 9))))
    expect(page.locator("[data-photo]")).to_have_count(count + 1, timeout=UPLOAD_MS)
    page.screenshot(path=screenshots / "photos-phone.png")


def test_without_scripts_the_form_does_it(desk: Desk, desks: Desks) -> None:
    plain = desks.open(
        desk.program, storage_state=desk.context.storage_state(), java_script_enabled=False)
    page = plain.window(PHOTOS)
    count = page.locator("[data-photo]").count()
    plain.watch.expect("status of 422")
    button(page, "photos.add.button").click()
    expect(page.locator("#file-error")).to_have_text(text("photos.refusal.empty"))
    page.locator("#file").set_input_files(payload("image.jpg", png(40, 40, (90, 9, 9))))
    button(page, "photos.add.button").click()
    expect(page.locator(".flash")).to_contain_text(text("photos.added"))
    expect(page.locator("[data-photo]")).to_have_count(count + 1)
    expect(page.locator("[data-photo] a.plain-only").first).to_be_visible()


def test_a_photograph_that_is_not_here_has_a_place(page: Page, desk: Desk) -> None:
    token = desk.program.run("account", "token", "demo")
    request = urllib.request.Request(
        f"{desk.program.address}/api/v1/records/attachment", method="POST",
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        data=b'{"id": "away", "owner": "demo-s4", "name": "a", "mediaType": "image/jpeg",'
             b' "sha256": "' + b"0" * 64 + b'", "size": 700000}')
    urllib.request.urlopen(request).close()
    page.goto(PHOTOS)
    away = page.locator("#photo-away")
    expect(away).to_contain_text(text("photos.away.title"))
    expect(away.locator("img")).to_have_count(0)
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(urllib.request.Request(
            f"{desk.program.address}/api/v1/photos/away",
            headers={"Authorization": f"Bearer {token}"}))
    assert answer.value.code == 404
