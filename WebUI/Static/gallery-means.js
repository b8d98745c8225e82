// @ts-check
/**
 * R7 while one types: a sticker that names a missing means is asked about beside the line. It is on the board already,
 * so nobody waits; it can be written differently, or kept.
 */
import { change } from "./api.js";
import { namesMissingMeans } from "./hall-means.js";
import { refresh } from "./live.js";
import { enqueue } from "./outbox.js";

const box = document.getElementById("means");
const field = /** @type {HTMLInputElement | null} */ (document.getElementById("means-text"));
let asked = "";

/**
 * Asks about a sticker that was just typed, where there is reason to.
 * @param {string} id @param {string} text
 */
export function askAgain(id, text) {
  if (!box || !field || !namesMissingMeans(text, box.dataset)) return;
  asked = id;
  field.value = text;
  box.hidden = false;
}

/** @param {SubmitEvent} event */
function rewrite(event) {
  event.preventDefault();
  const text = field?.value.trim().replace(/\s+/g, " ") ?? "";
  if (!box || text === "") return;
  const id = asked;
  enqueue({
    key: `sticker/${id}/text`,
    run: () => change("sticker", id, { text }),
    done: () => refresh("sticker"),
    refused: () => refresh("sticker"),
  });
  close();
}

function close() {
  if (box) box.hidden = true;
  asked = "";
  document.getElementById("text")?.focus();
}

box?.querySelector("form")?.addEventListener("submit", rewrite);
box?.querySelector("[data-keep-words]")?.addEventListener("click", close);
