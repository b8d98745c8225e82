// @ts-check
/** The readiness check: an answer or a note saves itself. Without scripts each question has a button. */
import { refresh } from "./live.js";
import { post } from "./send.js";

/** @param {Event} event */
function save(event) {
  const control = event.target;
  if (!(control instanceof HTMLInputElement)) return;
  const form = control.closest("form[data-question]");
  if (!(form instanceof HTMLFormElement)) return;
  const answer = form.querySelector("input[name=answer]:checked");
  // A note says something about an answer; it goes along with it.
  if (!(answer instanceof HTMLInputElement)) return;
  const note = /** @type {HTMLInputElement} */ (form.elements.namedItem("note"));
  const sent = { question: form.dataset.question ?? "", answer: answer.value, note: note.value.trim() };
  post(new URL(form.action).pathname, sent, {
    key: `readiness/${sent.question}`,
    done: () => settle(form, sent),
    refused: () => refresh("readiness"),
  });
}

/**
 * What was saved is the form's new starting value, so that what another laptop answers can show.
 * @param {HTMLFormElement} form @param {{answer: string, note: string}} sent
 */
function settle(form, sent) {
  for (const radio of form.querySelectorAll("input[type=radio]")) {
    if (radio instanceof HTMLInputElement) radio.defaultChecked = radio.value === sent.answer;
  }
  const note = /** @type {HTMLInputElement} */ (form.elements.namedItem("note"));
  note.defaultValue = sent.note;
  refresh("readiness");
}

/** @param {SubmitEvent} event */
function submit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-question")) return;
  event.preventDefault();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

document.addEventListener("change", save);
document.addEventListener("submit", submit);
