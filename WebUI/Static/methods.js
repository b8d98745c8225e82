// @ts-check
/**
 * What the pages of the methods share: doing something through the program, which does the sums and the geometry, and
 * saying what came of it. A form marked data-act="venn/rank" is sent so instead of loading the page anew.
 */
import { act } from "./api.js";
import { refresh } from "./live.js";
import { enqueue } from "./outbox.js";
import { offerUndo } from "./save-state.js";

/** @typedef {import("./api.js").Fields} Fields */
/** @typedef {{done: boolean, said: string, question: string | null, problem: string | null, commit: string}} Answer */
/** @typedef {{key?: string, done?: (answer: Answer) => void, stopped?: (answer: Answer) => void, refused?: () => void}} Options */

/** What the pages of the methods show: refreshed after everything that is done on them. */
const SHOWN = [
  "institution", "institutionLink", "tokochSlice", "tokochMatch", "hearingTopic", "budgetLine", "event",
];

const room = document.querySelector("[data-event]");
const status = document.querySelector("#venn-said, #tokoch-said");

/**
 * Does something that a form of the page could do. `stopped` is told why it was not done.
 * @param {string} action @param {Fields} fields @param {Options} [options]
 */
export function perform(action, fields, options = {}) {
  /** @type {Answer | null} */
  let answer = null;
  const event = room?.getAttribute("data-event") ?? "";
  enqueue({
    key: options.key,
    run: async () => {
      answer = await act(`/api/v1/events/${event}/${action}`, fields);
    },
    done: () => {
      if (answer?.done) {
        settle(answer);
        options.done?.(answer);
      } else if (answer) {
        options.stopped?.(answer);
      }
      refresh(...SHOWN);
    },
    refused: () => {
      options.refused?.();
      refresh(...SHOWN);
    },
  });
}

/** @param {Answer} answer */
function settle(answer) {
  if (answer.commit) offerUndo(answer.commit, answer.said);
  else say(answer.said);
}

/**
 * Says something to a screen reader.
 * @param {string} words
 */
export function say(words) {
  if (status) status.textContent = words;
}

/**
 * The fields of a form, with the button that sent it.
 * @param {HTMLFormElement} form @param {HTMLElement | null} submitter @returns {Fields}
 */
export function fieldsOf(form, submitter) {
  /** @type {Fields} */
  const fields = {};
  new FormData(form, submitter).forEach((value, name) => {
    fields[name] = String(value);
  });
  return fields;
}

/**
 * Forms that send themselves; where a row goes up or down, its place is named, so that trying again comes to the same.
 * @param {SubmitEvent} event
 */
function submit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.act || event.defaultPrevented) return;
  event.preventDefault();
  const fields = fieldsOf(form, event.submitter);
  const row = form.closest("li");
  const rows = row?.parentElement?.matches("#venn-rows, #slice-rows") ? [...row.parentElement.children] : [];
  if (row && rows.length > 0 && fields.direction) {
    fields.to = rows.indexOf(row) + 1 + (fields.direction === "up" ? -1 : 1);
  }
  perform(form.dataset.act, fields);
}

/** A button that had the focus and can be pressed no more hands it to its neighbour. */
function keepFocus() {
  const button = document.activeElement;
  if (!(button instanceof HTMLButtonElement) || !button.disabled) return;
  const other = button.form?.querySelector("button:not([disabled])");
  if (other instanceof HTMLElement) other.focus();
}

document.addEventListener("submit", submit);
document.addEventListener("live:updated", keepFocus);
