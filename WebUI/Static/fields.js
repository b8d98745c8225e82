// @ts-check
/**
 * Fields that save themselves when they are changed, and buttons that delete.
 *
 *   <select data-record="attendance/ID" data-field="role">      text; an empty one clears the field
 *   <input data-record="agendaItem/ID" data-field="minutes" data-type="integer">    data-type="time"; "flag" on a checkbox; "answer": yes, no, or nothing
 *   <button data-remove="attendance/ID" data-removed="what is said beside undo">    in a form that does it without scripts
 */
import { change } from "./api.js";
import { refresh } from "./live.js";
import { enqueue } from "./outbox.js";
import { removeRecord } from "./save-state.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/**
 * Controls whose change is still on its way.
 * @type {Set<Control>}
 */
const unsaved = new Set();

/** @param {EventTarget | null} target @returns {Control | null} */
function control(target) {
  const isControl = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    || target instanceof HTMLSelectElement;
  return isControl && target.dataset.record && target.dataset.field ? target : null;
}

/** @param {Control} field @returns {string | number | boolean | null} */
function valueOf(field) {
  if (field.dataset.type === "flag") return /** @type {HTMLInputElement} */ (field).checked;
  const text = field.value.trim();
  if (text === "") return null;
  if (field.dataset.type === "answer") return text === "true";
  if (field.dataset.type === "time") return readTime(text);
  return field.dataset.type === "integer" ? Number(text) : text;
}

/**
 * People write a time as they say it: "9", "9.30", "0930" are 09:00, 09:30, 09:30. What is no time stays as it is.
 * @param {string} text
 */
export function readTime(text) {
  const parts = /^(\d{1,2})(?:[:., ]?(\d{2}))?$/.exec(text);
  if (!parts || Number(parts[1]) > 23 || Number(parts[2] ?? 0) > 59) return text;
  return `${parts[1].padStart(2, "0")}:${parts[2] ?? "00"}`;
}

/** @param {Event} event */
function save(event) {
  const field = control(event.target);
  if (!field) return;
  if (!field.checkValidity()) {
    field.reportValidity();
    return;
  }
  const value = valueOf(field);
  if (field.dataset.type === "time" && value !== null) field.value = String(value);
  if (value === null && field.hasAttribute("data-required")) {
    putBack(field);
    return;
  }
  const [entity, id] = (field.dataset.record ?? "").split("/");
  const name = field.dataset.field ?? "";
  unsaved.add(field);
  enqueue({
    key: `${entity}/${id}/${name}`,
    run: () => change(entity, id, { [name]: value }),
    done: () => {
      settle(field, value);
      refresh(entity);
    },
    refused: () => {
      unsaved.delete(field);
      field.setAttribute("aria-invalid", "true");
    },
  });
}

/**
 * What was saved is the field's new starting value: live.js may replace it again. Not when the person has typed on.
 * @param {Control} field @param {string | number | boolean | null} saved
 */
function settle(field, saved) {
  unsaved.delete(field);
  field.removeAttribute("aria-invalid");
  if (valueOf(field) !== saved) return;
  if (field instanceof HTMLSelectElement) {
    for (const option of field.options) option.defaultSelected = option.selected;
  } else if (field instanceof HTMLInputElement && field.type === "checkbox") {
    field.defaultChecked = field.checked;
  } else {
    field.defaultValue = field.value;
  }
}

/** @param {Control} field */
function putBack(field) {
  if (!(field instanceof HTMLSelectElement)) field.value = field.defaultValue;
}

/** A select that was changed by hand no longer follows its markup; what came from another window must show. */
function followMarkup() {
  for (const select of document.querySelectorAll("[data-live] select[data-record]")) {
    if (!(select instanceof HTMLSelectElement)) continue;
    if (select === document.activeElement || unsaved.has(select)) continue;
    const option = [...select.options].find((one) => one.hasAttribute("selected"));
    select.value = option?.value ?? "";
  }
}

/** @param {MouseEvent} event */
function removeOnClick(event) {
  const button = event.target instanceof Element ? event.target.closest("[data-remove]") : null;
  if (!(button instanceof HTMLElement)) return;
  event.preventDefault();
  removeRecord(button.dataset.remove ?? "", button.dataset.removed ?? "");
}

/**
 * A title that wraps is a textarea, but Enter ends it; so does Enter in a field that saves itself.
 * @param {KeyboardEvent} event
 */
function endOnEnter(event) {
  const target = event.target;
  if (event.key !== "Enter" || !(target instanceof HTMLElement)) return;
  const isOneLine = target.hasAttribute("data-one-line");
  if (!isOneLine && !(target instanceof HTMLInputElement && control(target))) return;
  event.preventDefault();
  target.blur();
  target.focus();
}

document.addEventListener("change", save);
document.addEventListener("click", removeOnClick);
document.addEventListener("keydown", endOnEnter);
document.addEventListener("live:updated", followMarkup);
