// @ts-check
/**
 * The cause and effect board of one priority: cards typed fast into eight columns, moved by mouse, finger, keyboard
 * or from a list. Each card is a record of its own, so that several groups and laptops write at once.
 */
import { startBoardDragging } from "./board-drag.js";
import { startDialog } from "./board-dialog.js";
import { startBoardKeys } from "./board-keys.js";
import { add, buttonOf, lists, move, nameOf, put, say, step, takeOff } from "./board-moves.js";
import { startWhy } from "./board-why.js";

/** @param {SubmitEvent} event */
function submit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.add) return;
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("text"));
  const text = field.value.trim().replace(/\s+/g, " ");
  if (text === "") return;
  field.value = "";
  field.focus();
  write(form, field, text);
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} field @param {string} text */
function write(form, field, text) {
  add(form.dataset.add ?? "", text, "", () => {
    if (field.value === "") field.value = text;
  });
}

/**
 * Several lines pasted at once are several cards.
 * @param {ClipboardEvent} event
 */
function paste(event) {
  const field = event.target;
  const form = field instanceof HTMLInputElement ? field.form : null;
  if (!form?.dataset.add || !(field instanceof HTMLInputElement)) return;
  const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/\r?\n/)
    .map((line) => line.trim()).filter((line) => line !== "");
  if (lines.length < 2) return;
  event.preventDefault();
  for (const line of lines) write(form, field, line);
}

if (document.getElementById("card-dialog")) {
  document.addEventListener("submit", submit);
  document.addEventListener("paste", paste);
  startWhy();
  startDialog();
  startBoardKeys({ lists, buttonOf, move, takeOff, step, edge: (list) => say("edge", { column: nameOf(list) }) });
  startBoardDragging({
    lists: "#board [data-cards]",
    item: ".sticker",
    column: "#board .column",
    sort: true,
    dropped: put,
  });
}
