// @ts-check
/**
 * The problem gallery: stickers typed fast, dragged into named columns (gallery-drag.js), moved by keyboard
 * (gallery-keys.js) or from a list (gallery-dialogs.js). Votes, ranking and findings come from the program:
 * the page's live parts refresh after each change, here and in every other window.
 */
import "./fields.js";
import { create, newId } from "./api.js";
import { openColumn, startDialogs } from "./gallery-dialogs.js";
import { startDragging } from "./gallery-drag.js";
import { startKeys } from "./gallery-keys.js";
import { askAgain } from "./gallery-means.js";
import { startNames } from "./gallery-names.js";
import { checkSeat, giveSeatBack, sayAdded, startSeats, takeSeat } from "./gallery-seats.js";
import { refresh } from "./live.js";
import { enqueue } from "./outbox.js";

const stickerForm = /** @type {HTMLFormElement | null} */ (document.getElementById("sticker-form"));
const columnForm = /** @type {HTMLFormElement | null} */ (document.getElementById("column-form"));
/** A sticker holds one problem in a few words; longer than this is a speech. */
const longest = Number(stickerForm?.dataset.longest);
const waiting = document.getElementById("waiting");

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
function input(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** @param {SubmitEvent} event */
function addSticker(event) {
  if (!stickerForm) return;
  event.preventDefault();
  const field = input(stickerForm, "text");
  const text = field.value.trim().replace(/\s+/g, " ");
  if (text === "") return;
  if (text.length > longest) {
    field.setCustomValidity(stickerForm.dataset.tooLong ?? "");
    field.reportValidity();
    return;
  }
  post(text);
  field.value = "";
  field.focus();
}

/**
 * Several lines pasted at once are several stickers.
 * @param {ClipboardEvent} event
 */
function paste(event) {
  const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/\r?\n/)
    .map((line) => line.trim()).filter((line) => line !== "" && line.length <= longest);
  if (lines.length < 2) return;
  event.preventDefault();
  if (checkSeat()) lines.forEach(post);
}

/** @param {string} text */
function post(text) {
  if (!stickerForm) return;
  const field = input(stickerForm, "text");
  const line = document.createElement("li");
  line.textContent = text;
  waiting?.append(line);
  const id = newId();
  const taken = takeSeat(id);
  const sticker = {
    id,
    event: stickerForm.dataset.event ?? "",
    problem: input(stickerForm, "problem").value || null,
    text,
    author: taken.seat,
  };
  enqueue({
    run: () => create("sticker", sticker),
    done: () => {
      line.remove();
      sayAdded(text, taken);
      askAgain(sticker.id, text);
      refresh("sticker");
    },
    refused: () => {
      giveSeatBack(id);
      // Several that were pasted do not fit into the line: the others stay to be read.
      if (field.value !== "") return line.classList.add("is-refused");
      line.remove();
      field.value = text;
    },
  });
}

/** @param {SubmitEvent} event */
function addColumn(event) {
  if (!columnForm) return;
  event.preventDefault();
  const field = input(columnForm, "title");
  const title = field.value.trim();
  if (title === "") return;
  const column = { id: newId(), event: columnForm.dataset.event ?? "", title };
  enqueue({
    run: () => create("problem", column),
    done: () => refresh("problem"),
    refused: () => {
      if (field.value === "") field.value = title;
    },
  });
  field.value = "";
  field.focus();
}

if (stickerForm && columnForm) {
  stickerForm.addEventListener("submit", addSticker);
  input(stickerForm, "text").addEventListener("input", (event) =>
    /** @type {HTMLInputElement} */ (event.target).setCustomValidity(""));
  input(stickerForm, "text").addEventListener("paste", paste);
  columnForm.addEventListener("submit", addColumn);
  startKeys();
  startDialogs();
  startNames();
  startSeats();
  startDragging(openColumn);
}
