// @ts-check
/**
 * The Tokoch: slices dragged at their edges (tokoch-bread.js) or typed, the real budget's lines matched to them, and
 * votes for topics by show of hands. The program does the sums.
 */
import "./fields.js";
import { change } from "./api.js";
import { refresh } from "./live.js";
import { fieldsOf, perform, say } from "./methods.js";
import { enqueue } from "./outbox.js";
import { showTyped, startBread } from "./tokoch-bread.js";

const MOST_VOTES = 10_000_000;

/** @param {Event} event */
function changed(event) {
  const field = event.target;
  if (field instanceof HTMLInputElement && (field.dataset.shareOf || field.dataset.amountOf)) saveShare(field);
  if (field instanceof HTMLSelectElement && field.dataset.match) match(field.dataset.match, field.value);
}

/** @param {HTMLInputElement} field */
function saveShare(field) {
  perform("tokoch/shares", { [field.name]: field.value }, {
    key: `share/${field.name}`, ...outcomeIn(field, field.value),
  });
}

/**
 * What became of a value is seen at its field.
 * @param {HTMLInputElement} field @param {string} value what was sent
 */
function outcomeIn(field, value) {
  return {
    done: () => {
      field.removeAttribute("aria-invalid");
      // The program writes it in its own way now.
      if (field.value === value) field.defaultValue = value;
    },
    refused: () => field.setAttribute("aria-invalid", "true"),
  };
}

/** @param {string} line @param {string} slice */
function match(line, slice) {
  const budget = /** @type {HTMLInputElement | null} */ (document.querySelector("#match input[name=budget]"));
  perform("tokoch/match", { budget: budget?.value ?? "", [`line-${line}`]: slice }, { key: `match/${line}` });
}

/** What came from another window shows in a list that was chosen from by hand, too. */
function followMatches() {
  for (const select of document.querySelectorAll("select[data-match]")) {
    if (!(select instanceof HTMLSelectElement) || select === document.activeElement) continue;
    select.value = [...select.options].find((one) => one.hasAttribute("selected"))?.value ?? "";
  }
}

/**
 * A form with one line of words: they come back where they were not taken.
 * @param {string} id @param {string} action @param {string} name
 */
function startEntry(id, action, name) {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById(id));
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    const error = document.getElementById(`${name}-error`);
    const fields = fieldsOf(form, null);
    if (error) error.hidden = true;
    field.removeAttribute("aria-invalid");
    const back = () => {
      for (const [key, value] of Object.entries(fields)) {
        const control = form.elements.namedItem(key);
        if (control instanceof HTMLInputElement && control.value === "") control.value = String(value);
      }
      field.setAttribute("aria-invalid", "true");
    };
    perform(action, fields, {
      stopped: (answer) => {
        back();
        if (!error) return;
        error.textContent = answer.problem;
        error.hidden = false;
        say(answer.problem ?? "");
      },
      refused: back,
    });
    for (const control of form.querySelectorAll("input")) control.value = "";
    field.focus();
  });
}

/**
 * A hand more or less: the number itself is sent, so that trying again never counts a hand twice.
 * @param {SubmitEvent} event
 */
function vote(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.act !== "tokoch/vote") return;
  event.preventDefault();
  const number = /** @type {HTMLInputElement | null} */ (form.querySelector("[data-field=votes]"));
  const id = fieldsOf(form, null).record;
  if (!number) return;
  const step = event.submitter?.getAttribute("value") === "down" ? -1 : 1;
  const votes = Math.min(Math.max((Number(number.value) || 0) + step, 0), MOST_VOTES);
  number.value = String(votes);
  enqueue({
    key: `hearingTopic/${id}/votes`,
    run: () => change("hearingTopic", String(id), { votes }),
    done: () => {
      if (number.value === String(votes)) number.defaultValue = number.value;
      refresh("hearingTopic");
    },
    refused: () => refresh("hearingTopic"),
  });
}

/** @param {MouseEvent} event */
function click(event) {
  const pressed = event.target instanceof Element ? event.target.closest("button") : null;
  if (pressed?.dataset.line && pressed.dataset.slice) match(pressed.dataset.line, pressed.dataset.slice);
}

/** @param {SubmitEvent} event */
function saveTotal(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("total"));
  perform("tokoch/total", { total: field.value }, outcomeIn(field, field.value));
}

if (document.getElementById("slice-add")) {
  // Before the forms that send themselves: a vote goes its own way.
  document.addEventListener("submit", vote, true);
  document.getElementById("tokoch-total")?.addEventListener("submit", saveTotal);
  document.addEventListener("change", changed);
  document.addEventListener("input", showTyped);
  document.addEventListener("click", click);
  document.addEventListener("live:updated", followMatches);
  // Without scripts Enter sends all shares at once; here each has been sent when it was left.
  document.getElementById("shares")?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  startEntry("slice-add", "tokoch/slices", "item");
  startEntry("topic-add", "tokoch/topics", "topic");
  startBread();
}
