// @ts-check
/** What can be done with the stickers on the board; dragging, keys and dialogs all come here. */
import { change, create, newId } from "./api.js";
import { refresh } from "./live.js";
import { enqueue } from "./outbox.js";
import { removeRecord } from "./save-state.js";
import { fill } from "./text.js";

const LONGEST_TITLE = 500;

const board = document.getElementById("board");
const status = document.getElementById("board-said");

/**
 * Says to a screen reader what happened, with one of the board's texts.
 * @param {"moved" | "added" | "addedLast" | "removed" | "edge"} what @param {Record<string, string>} values
 */
export function say(what, values) {
  if (status) status.textContent = fill(board?.dataset[what], values);
}

/**
 * The lists of stickers in the order of the page: the unsorted one first.
 * @returns {HTMLElement[]}
 */
export function lists() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#board [data-stickers]"))];
}

/** @param {Element} sticker */
export function textOf(sticker) {
  return sticker.querySelector("[data-text]")?.textContent ?? "";
}

/** @param {HTMLElement} list */
export function nameOf(list) {
  return list.closest("section")?.querySelector("h3")?.textContent?.trim() ?? "";
}

/** @param {HTMLElement} sticker @returns {HTMLButtonElement | null} */
export function buttonOf(sticker) {
  return sticker.querySelector(".sticker-text");
}

/**
 * Puts a sticker into a list of the board and saves it.
 * @param {HTMLElement} sticker @param {HTMLElement} list
 */
export function move(sticker, list) {
  if (sticker.parentElement !== list) list.append(sticker);
  saveColumn(sticker, list.dataset.stickers ?? "");
  say("moved", { text: textOf(sticker), column: nameOf(list) });
}

/** @param {HTMLElement} sticker @param {string} problem empty for unsorted */
function saveColumn(sticker, problem) {
  const id = sticker.dataset.sticker ?? "";
  enqueue({
    key: `sticker/${id}/problem`,
    run: () => change("sticker", id, { problem: problem || null }),
    done: () => refresh("sticker"),
    refused: () => refresh("sticker"),
  });
}

/**
 * Opens a column named after a sticker and puts the sticker there. Returns the column's id and name.
 * @param {HTMLElement} sticker
 */
export function newColumnFrom(sticker) {
  const column = { id: newId(), event: board?.dataset.event ?? "", title: textOf(sticker).slice(0, LONGEST_TITLE) };
  enqueue({ run: () => create("problem", column), done: () => refresh("problem"), refused: () => refresh("sticker") });
  saveColumn(sticker, column.id);
  say("moved", { text: textOf(sticker), column: column.title });
  return column;
}

/** @param {HTMLElement} sticker @param {string} text */
export function rename(sticker, text) {
  const id = sticker.dataset.sticker ?? "";
  const shown = sticker.querySelector("[data-text]");
  if (text === "" || text === textOf(sticker)) return;
  if (shown) shown.textContent = text;
  enqueue({
    key: `sticker/${id}/text`,
    run: () => change("sticker", id, { text }),
    done: () => refresh("sticker"),
    refused: () => refresh("sticker"),
  });
}

/**
 * Takes a sticker off the board, with an offer to undo; the focus goes to its neighbour.
 * @param {HTMLElement} sticker
 */
export function takeOff(sticker) {
  const neighbour = sticker.nextElementSibling ?? sticker.previousElementSibling;
  const said = fill(board?.dataset.removed, { text: textOf(sticker) });
  const hadFocus = sticker.contains(document.activeElement);
  sticker.remove();
  if (hadFocus && neighbour instanceof HTMLElement) buttonOf(neighbour)?.focus();
  removeRecord(`sticker/${sticker.dataset.sticker}`, said);
}
