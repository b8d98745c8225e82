// @ts-check
/**
 * Small helps on every page: errors are read out first, a form is sent once, and a form marked data-guard does not
 * lose what was typed when the person leaves by mistake.
 */
import { isTyped } from "./morph.js";

const SENT_AGAIN_AFTER_MS = 8000;

/** @type {WeakSet<HTMLFormElement>} */
const sent = new WeakSet();

/** An old laptop answers slowly and people press twice: the second press is not a second record. @param {SubmitEvent} event */
function sendOnce(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  window.setTimeout(() => sent.delete(form), SENT_AGAIN_AFTER_MS);
}

/** @param {BeforeUnloadEvent} event */
function guard(event) {
  for (const form of document.querySelectorAll("form[data-guard]")) {
    if (!(form instanceof HTMLFormElement) || sent.has(form)) continue;
    const controls = /** @type {NodeListOf<import("./morph.js").Control>} */ (
      form.querySelectorAll("input:not([type=hidden]), textarea, select"));
    if ([...controls].some(isTyped)) event.preventDefault();
  }
}

document.addEventListener("submit", sendOnce);
window.addEventListener("beforeunload", guard);
document.getElementById("error-summary")?.focus();
