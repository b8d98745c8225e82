// @ts-check
/**
 * The board by keyboard: Tab goes from column to column, up and down from sticker to sticker, left and right carry
 * the sticker to the neighbouring column, Enter opens it, Delete takes it off.
 */
import { buttonOf, lists, move, nameOf, say, takeOff } from "./gallery-moves.js";

/** @param {HTMLElement} list @returns {HTMLElement[]} */
function stickersIn(list) {
  return /** @type {HTMLElement[]} */ ([...list.children]);
}

/** @param {KeyboardEvent} event */
function press(event) {
  const sticker = event.target instanceof Element && event.target.matches(".sticker-text")
    ? event.target.closest(".sticker") : null;
  if (!(sticker instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (act(sticker, event.key)) event.preventDefault();
}

/** @param {HTMLElement} sticker @param {string} key @returns {boolean} whether the key meant something here */
function act(sticker, key) {
  const list = sticker.parentElement;
  if (!list) return false;
  const all = stickersIn(list);
  const at = all.indexOf(sticker);
  switch (key) {
    case "ArrowLeft": carry(sticker, -1); break;
    case "ArrowRight": carry(sticker, 1); break;
    case "ArrowUp": focus(all[at - 1]); break;
    case "ArrowDown": focus(all[at + 1]); break;
    case "Home": focus(all[0]); break;
    case "End": focus(all.at(-1)); break;
    case "Delete": takeOff(sticker); break;
    default: return false;
  }
  return true;
}

/** @param {HTMLElement} sticker @param {number} step */
function carry(sticker, step) {
  const all = lists();
  const from = all.findIndex((list) => list === sticker.parentElement);
  const to = all[from + step];
  if (!to) return say("edge", { column: nameOf(all[from]) });
  move(sticker, to);
  focus(sticker);
  sticker.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement | undefined} sticker */
function focus(sticker) {
  if (sticker) buttonOf(sticker)?.focus();
}

/** One stop for Tab in each list: the sticker last used there, else the first. */
function oneStopEach() {
  for (const list of lists()) {
    const buttons = stickersIn(list).flatMap((sticker) => buttonOf(sticker) ?? []);
    const stop = buttons.find((button) => button === document.activeElement)
      ?? buttons.find((button) => button.dataset.stop === "true") ?? buttons[0];
    for (const button of buttons) {
      button.tabIndex = button === stop ? 0 : -1;
      button.dataset.stop = String(button === stop);
    }
  }
}

/** Makes the board work by keyboard, and keeps it so after each refresh. */
export function startKeys() {
  const board = document.getElementById("board");
  board?.addEventListener("keydown", press);
  board?.addEventListener("focusin", oneStopEach);
  board?.addEventListener("live:updated", oneStopEach);
  oneStopEach();
}
