// @ts-check
/** The two dialogs of the gallery: a sticker (its words, where to move it) and a column (its name and marks). */
import { lists, move, nameOf, newColumnFrom, rename, takeOff } from "./gallery-moves.js";
import { offerNames } from "./gallery-names.js";
import { refresh } from "./live.js";
import { makeTarget, pressedTarget } from "./move-targets.js";
import { removeRecord } from "./save-state.js";

const stickerDialog = /** @type {HTMLDialogElement} */ (document.getElementById("sticker-dialog"));
const columnDialog = /** @type {HTMLDialogElement} */ (document.getElementById("column-dialog"));
const words = /** @type {HTMLTextAreaElement} */ (document.getElementById("sticker-dialog-text"));
const question = /** @type {HTMLElement} */ (document.getElementById("sticker-dialog-question"));

/** Id of the opened sticker; its element may be replaced while the dialog is open. */
let openedSticker = "";
let openedColumn = "";

/** @returns {HTMLElement | null} */
function sticker() {
  return document.querySelector(`#board [data-sticker="${CSS.escape(openedSticker)}"]`);
}

/** @param {HTMLElement} element */
function openSticker(element) {
  openedSticker = element.dataset.sticker ?? "";
  words.value = element.querySelector("[data-text]")?.textContent ?? "";
  question.hidden = element.querySelector(".sticker-mark") === null;
  const targets = stickerDialog.querySelector("[data-targets]");
  const buttons = lists().map((list, index) =>
    makeTarget(nameOf(list), list.id, index, list === element.parentElement));
  targets?.replaceChildren(...buttons);
  stickerDialog.showModal();
  buttons.find((button) => !button.disabled)?.focus();
}

/** @param {string} listId */
function moveTo(listId) {
  const element = sticker();
  const list = document.getElementById(listId);
  stickerDialog.close();
  if (!element || !list) return;
  move(element, list);
  element.querySelector("button")?.focus();
}

/**
 * A digit moves at once, unless the words are being corrected.
 * @param {KeyboardEvent} event
 */
function pressDigit(event) {
  const list = pressedTarget(stickerDialog, event);
  if (list !== null) moveTo(list);
}

/** @param {MouseEvent} event */
function clickSticker(event) {
  const pressed = event.target instanceof Element ? event.target.closest("button") : null;
  if (!pressed) {
    if (event.target === stickerDialog) stickerDialog.close();
    return;
  }
  correct();
  const element = sticker();
  if (pressed.dataset.target) moveTo(pressed.dataset.target);
  else stickerDialog.close();
  if (!element) return;
  if (pressed.hasAttribute("data-new-from-sticker")) openColumn(newColumnFrom(element));
  else if (pressed.hasAttribute("data-delete-sticker")) takeOff(element);
}

/** Saves the words when they were corrected. */
function correct() {
  const element = sticker();
  if (element) rename(element, words.value.trim().replace(/\s+/g, " "));
}

/**
 * Enter ends the correction.
 * @param {KeyboardEvent} event
 */
function endCorrection(event) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  stickerDialog.close();
}

/**
 * Opens the form of a column: one of the board, or one that is just being made and has only its name yet.
 * @param {{id: string, title: string}} column
 */
export function openColumn(column) {
  openedColumn = column.id;
  const element = document.getElementById(`column-${column.id}`);
  const about = element?.dataset ?? {};
  /** @type {Record<string, string | undefined>} */
  const values = {
    title: about.name ?? column.title,
    description: about.description,
    votesByHand: about.byHand,
    competence: about.competence,
    localMatter: about.localMatter,
    solvable: about.solvable,
  };
  for (const field of columnDialog.querySelectorAll("[data-field]")) {
    const control = /** @type {HTMLInputElement} */ (field);
    control.dataset.record = `problem/${column.id}`;
    control.value = values[control.dataset.field ?? ""] ?? "";
    control.defaultValue = control.value;
    control.removeAttribute("aria-invalid");
  }
  const hasStickers = element === null || element.hasAttribute("data-has-stickers");
  part("[data-tally-field]").hidden = hasStickers;
  part("[data-delete-column]").hidden = hasStickers;
  part("[data-cannot-delete]").hidden = !hasStickers;
  offerNames(column.id);
  columnDialog.showModal();
  const name = /** @type {HTMLInputElement} */ (document.getElementById("column-title"));
  name.focus();
  name.select();
}

/** @param {string} selector @returns {HTMLElement} */
function part(selector) {
  return /** @type {HTMLElement} */ (columnDialog.querySelector(selector));
}

/** @param {MouseEvent} event */
function clickColumn(event) {
  const pressed = event.target instanceof Element ? event.target.closest("button") : null;
  if (event.target === columnDialog) columnDialog.close();
  if (!pressed?.hasAttribute("data-delete-column")) return;
  columnDialog.close();
  removeRecord(`problem/${openedColumn}`, pressed.dataset.removed ?? "");
}

/** @param {MouseEvent} event */
function clickBoard(event) {
  if (!(event.target instanceof Element)) return;
  const element = event.target.closest(".sticker");
  const column = event.target.closest("[data-edit-column]")?.closest("[data-column]");
  if (element instanceof HTMLElement && event.target.closest(".sticker-text")) openSticker(element);
  else if (column instanceof HTMLElement) openColumn({ id: column.dataset.column ?? "", title: "" });
}

/** Connects the dialogs with the board. */
export function startDialogs() {
  document.getElementById("board")?.addEventListener("click", clickBoard);
  stickerDialog.addEventListener("click", clickSticker);
  stickerDialog.addEventListener("keydown", pressDigit);
  words.addEventListener("keydown", endCorrection);
  stickerDialog.addEventListener("close", correct);
  columnDialog.addEventListener("click", clickColumn);
  columnDialog.addEventListener("close", () => refresh("problem"));
}
