// @ts-check
/**
 * The line that says whether what was typed is saved, and the offer to take a deletion back
 * (template session-state). A refusal of the program stands there in its own words until the next change is saved.
 */
import { remove, undo } from "./api.js";
import { refresh } from "./live.js";
import { enqueue, outbox } from "./outbox.js";
import { fill } from "./text.js";

const OFFER_MS = 60_000;

const line = document.getElementById("save-state");
const refusal = document.getElementById("save-refused");
const login = document.getElementById("save-login");
const offer = document.getElementById("undo-offer");

/** The commit the offered undo would take back. */
let commit = "";
let offerTimer = 0;

/**
 * Deletes a record and offers to take it back.
 * @param {string} record "entity/id" @param {string} said
 */
export function removeRecord(record, said) {
  const [entity, id] = record.split("/");
  hideOffer();
  enqueue({
    run: async () => {
      commit = (await remove(entity, id)).commit;
    },
    done: () => {
      refresh(entity);
      if (commit && offer) showOffer(said);
    },
    refused: () => refresh(entity),
  });
}

/**
 * Offers to take back what was just done.
 * @param {string} done the commit @param {string} said
 */
export function offerUndo(done, said) {
  hideOffer();
  commit = done;
  if (commit) showOffer(said);
}

/** @param {string} said */
function showOffer(said) {
  if (!offer) return;
  const text = offer.querySelector("[data-text]");
  if (text) text.textContent = said;
  offer.hidden = false;
  offerTimer = window.setTimeout(hideOffer, OFFER_MS);
}

function hideOffer() {
  window.clearTimeout(offerTimer);
  if (offer) offer.hidden = true;
}

function takeBack() {
  const taken = commit;
  hideOffer();
  enqueue({ run: () => undo(taken), done: () => refresh(), refused: () => refresh() });
}

/** @param {Event} event */
function showState(event) {
  if (!line) return;
  const { state, count } = /** @type {CustomEvent<{state: string, count: number}>} */ (event).detail;
  const now = new Date();
  const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  const text = fill(line.dataset[state], { time, count });
  if (line.textContent !== text) line.textContent = text;
  line.dataset.state = state;
  if (state === "saved" && refusal && !refusal.hasAttribute("data-fresh")) refusal.hidden = true;
  refusal?.removeAttribute("data-fresh");
  if (login) login.hidden = state !== "signedOut";
}

/** @param {Event} event */
function showRefusal(event) {
  if (!refusal) return;
  const { message } = /** @type {CustomEvent<{message: string}>} */ (event).detail;
  refusal.textContent = message;
  refusal.hidden = false;
  refusal.setAttribute("data-fresh", "");
}

outbox.addEventListener("state", showState);
outbox.addEventListener("refused", showRefusal);
offer?.querySelector("[data-undo]")?.addEventListener("click", takeBack);
