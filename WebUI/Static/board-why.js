// @ts-check
/**
 * "Why?" under a cause: what is answered stands under it, and the next "why?" is asked about the answer, until people
 * repeat themselves.
 */
import { add, buttonOf, cardOf, tell, textOf } from "./board-moves.js";
import { fill } from "./text.js";

const board = document.getElementById("board");
const line = document.getElementById("why-line");
const form = document.getElementById("why-form");
const label = document.getElementById("why-label");
const words = /** @type {HTMLInputElement | null} */ (document.getElementById("why-text"));

/** The cause that is asked about, and the card written last, whose echo is still to be heard. */
let asked = "";
let written = "";

/** @param {string} id @param {string} text */
function ask(id, text) {
  if (!line || !label) return;
  asked = id;
  line.hidden = false;
  label.textContent = fill(board?.dataset.why, { text });
  place();
}

/** Stands under the cause it asks about; a cause that is not there yet comes with the next refresh. */
function place() {
  const card = cardOf(asked);
  if (!line || line.hidden || !card || card.nextElementSibling === line) return;
  const hadFocus = words !== null && words === document.activeElement;
  const at = words?.selectionStart ?? 0;
  card.after(line);
  line.dataset.depth = card.dataset.depth;
  if (!hadFocus || !words) return;
  words.focus({ preventScroll: true });
  words.setSelectionRange(at, at);
}

/** A person hears, and reads on the card, that the root seems to be reached. */
function listen() {
  const echo = written && cardOf(written)?.querySelector(".card-echo")?.textContent;
  if (cardOf(written)) written = "";
  if (echo) tell(echo);
}

function close() {
  if (!line || !words) return;
  line.hidden = true;
  words.value = "";
  const card = cardOf(asked);
  asked = "";
  if (card) buttonOf(card)?.focus();
}

/** @param {SubmitEvent} event */
function answer(event) {
  event.preventDefault();
  const text = words?.value.trim().replace(/\s+/g, " ") ?? "";
  if (!words || text === "") return;
  words.value = "";
  written = add("cause", text, asked, () => {
    if (words.value === "") words.value = text;
  });
  ask(written, text);
  words.focus();
}

/** Connects the "why?" of the causes. */
export function startWhy() {
  board?.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-why]") : null;
    const card = button?.closest("[data-card]");
    if (!(card instanceof HTMLElement) || button === board) return;
    ask(card.dataset.card ?? "", textOf(card));
    words?.focus();
  });
  form?.addEventListener("submit", answer);
  document.getElementById("why-close")?.addEventListener("click", close);
  words?.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  board?.addEventListener("live:updated", () => {
    place();
    listen();
  });
}
