// @ts-check
/**
 * One photograph large: turned over with the arrow keys or the buttons, named, put to another agenda item, deleted.
 * Without scripts a press on the small picture opens the picture itself.
 */
import { fill } from "./text.js";
import { removeRecord } from "./save-state.js";

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("photo-view"));
const album = /** @type {HTMLElement} */ (document.getElementById("album"));
const picture = /** @type {HTMLImageElement} */ (document.getElementById("view-picture"));
const words = /** @type {HTMLInputElement | null} */ (document.getElementById("view-words"));
const owner = /** @type {HTMLSelectElement | null} */ (document.getElementById("view-owner"));

/** Id of the photograph that is shown; its element may be replaced meanwhile. */
let shown = "";

/** Photographs whose bytes are here, in their order. @returns {HTMLElement[]} */
function photos() {
  return [...album.querySelectorAll("[data-photo]")].filter(
    (one) => one.querySelector("[data-open]") !== null).map((one) => /** @type {HTMLElement} */ (one));
}

/** @param {HTMLElement} photo */
function show(photo) {
  const all = photos();
  const { caption, taken } = photo.dataset;
  const link = /** @type {HTMLAnchorElement} */ (photo.querySelector("[data-open]"));
  if (shown !== photo.dataset.photo) save();
  shown = photo.dataset.photo ?? "";
  picture.src = link.href;
  picture.alt = link.querySelector("img")?.alt ?? "";
  put("view-place", fill(album.dataset.position, { place: all.indexOf(photo) + 1, count: all.length }));
  put("view-caption", words ? "" : caption ?? "");
  put("view-taken", taken ?? "");
  for (const field of [words, owner]) {
    if (field) field.dataset.record = `attachment/${shown}`;
  }
  if (words && document.activeElement !== words) {
    words.value = caption ?? "";
    words.defaultValue = words.value;
    words.removeAttribute("aria-invalid");
  }
  if (owner && document.activeElement !== owner) {
    owner.value = photo.dataset.owner ?? "";
    // What belonged to an agenda item that is gone belongs to the meeting.
    if (owner.selectedIndex < 0) owner.selectedIndex = 0;
  }
  for (const [selector, step] of /** @type {[string, number][]} */ ([["[data-back]", -1], ["[data-on]", 1]])) {
    const button = /** @type {HTMLButtonElement} */ (dialog.querySelector(selector));
    button.disabled = all[all.indexOf(photo) + step] === undefined;
  }
}

/** @param {string} id @param {string} text */
function put(id, text) {
  const element = document.getElementById(id);
  if (element && element.textContent !== text) element.textContent = text;
}

/** A field that was typed in saves itself when it is left (fields.js). */
function save() {
  if (document.activeElement === words) words?.blur();
}

/** @param {number} step */
function turn(step) {
  const all = photos();
  const next = all[all.findIndex((one) => one.dataset.photo === shown) + step];
  if (next) show(next);
}

/** @param {MouseEvent} event */
function open(event) {
  const link = event.target instanceof Element ? event.target.closest("[data-open]") : null;
  const photo = link?.closest("[data-photo]");
  if (!(photo instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(photo);
  dialog.showModal();
  /** @type {HTMLElement} */ (dialog.querySelector("[data-close]")).focus();
}

/** @param {MouseEvent} event */
function press(event) {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (event.target === dialog || button?.hasAttribute("data-close")) dialog.close();
  else if (button?.hasAttribute("data-back")) turn(-1);
  else if (button?.hasAttribute("data-on")) turn(1);
  else if (button?.hasAttribute("data-delete-photo")) remove(button.dataset.removed ?? "");
}

/** @param {string} said */
function remove(said) {
  const gone = shown;
  dialog.close();
  removeRecord(`attachment/${gone}`, said);
}

/** @param {KeyboardEvent} event */
function key(event) {
  if (event.target === words || event.target === owner) return;
  if (event.key === "ArrowLeft") turn(-1);
  else if (event.key === "ArrowRight") turn(1);
}

/** Somebody else may have changed or deleted what is shown. */
function follow() {
  if (!dialog.open) return;
  const photo = photos().find((one) => one.dataset.photo === shown);
  if (photo) show(photo);
  else dialog.close();
}

/** Connects the album with the dialog. */
export function startView() {
  album.addEventListener("click", open);
  album.addEventListener("live:updated", follow);
  dialog.addEventListener("click", press);
  dialog.addEventListener("keydown", key);
  dialog.addEventListener("close", () => {
    save();
    picture.removeAttribute("src");
    const link = document.querySelector(`#photo-${CSS.escape(shown)} [data-open]`);
    if (link instanceof HTMLElement) link.focus();
  });
}
