// @ts-check
/** The dialog of a card: its words, where to move it, with which one to join it, under which cause it belongs. */
import {
  buttonOf, cardOf, cardsIn, correct, hang, isBelow, lists, merge, move, nameOf, takeOff, textOf,
} from "./board-moves.js";
import { makeTarget, pressedTarget } from "./move-targets.js";

const MOST_TARGETS = 40;

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("card-dialog"));
const words = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("card-dialog-text"));

/** Id of the opened card; its element may be replaced while the dialog is open. */
let opened = "";

/** @param {HTMLElement} card */
function open(card) {
  if (!dialog || !words) return;
  opened = card.dataset.card ?? "";
  words.value = textOf(card);
  const list = card.parentElement;
  const targets = lists().map((one, index) =>
    makeTarget(nameOf(one), `move ${one.dataset.cards}`, index + 1, one === list));
  const others = list ? cardsIn(list).filter((one) => one !== card).slice(0, MOST_TARGETS) : [];
  const merges = others.map((one) => makeTarget(textOf(one), `merge ${one.dataset.card}`, null));
  const unders = list?.dataset.cards === "cause"
    ? others.filter((one) => !isBelow(one.dataset.card ?? "", card)
      && one.dataset.card !== card.dataset.parent) : [];
  fillPart("[data-targets]", targets);
  fillPart("[data-merges]", merges);
  fillPart("[data-unders]", [
    ...(card.dataset.parent ? [makeTarget(part("[data-unders]")?.dataset.top ?? "", "under ", null)] : []),
    ...unders.map((one) => makeTarget(textOf(one), `under ${one.dataset.card}`, null)),
  ]);
  dialog.showModal();
  targets.find((button) => !button.disabled)?.focus();
}

/** @param {string} selector @returns {HTMLElement | null} */
function part(selector) {
  return dialog?.querySelector(selector) ?? null;
}

/** @param {string} selector @param {HTMLElement[]} buttons */
function fillPart(selector, buttons) {
  const element = part(selector);
  element?.replaceChildren(...buttons);
  const around = element?.parentElement;
  if (around && around !== dialog) around.hidden = buttons.length === 0;
}

/** @param {string} target what to do, and with what */
function act(target) {
  const [what, id] = target.split(" ");
  const card = saved();
  dialog?.close();
  if (!card) return;
  if (what === "move") {
    const list = document.getElementById(`cards-${id}`);
    if (list) move(card, list);
  } else if (what === "under") {
    hang(card, id);
  }
  buttonOf(card)?.focus();
  if (what === "merge") merge(card, id);
}

/** The opened card, with its corrected words on the way to the store. */
function saved() {
  const card = cardOf(opened);
  if (card && words) correct(card, words.value.trim().replace(/\s+/g, " "));
  return card;
}

/** @param {MouseEvent} event */
function click(event) {
  if (!dialog || !(event.target instanceof Element)) return;
  const button = event.target.closest("button");
  if (!button) {
    if (event.target === dialog) dialog.close();
    return;
  }
  if (button.dataset.target) return act(button.dataset.target);
  const card = saved();
  dialog.close();
  if (card && button.hasAttribute("data-delete-card")) takeOff(card);
}

/** Connects the dialog with the board. */
export function startDialog() {
  document.getElementById("board")?.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(".sticker-text") : null;
    const card = button?.closest("[data-card]");
    if (card instanceof HTMLElement) open(card);
  });
  dialog?.addEventListener("click", click);
  dialog?.addEventListener("keydown", (event) => {
    const target = pressedTarget(dialog, event);
    if (target !== null) act(target);
  });
  words?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    dialog?.close();
  });
  dialog?.addEventListener("close", () => {
    const card = saved();
    opened = "";
    if (card && document.activeElement === document.body) buttonOf(card)?.focus();
  });
}
