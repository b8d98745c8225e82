// @ts-check
/**
 * Small helps on every page: errors are read out first, a form is sent once, a form marked data-guard does not lose
 * what was typed when the person leaves by mistake, a typed passphrase can be shown,
 * and on a phone the menu shows the page one is on.
 */
import { isTyped } from "./morph.js";

const SENT_AGAIN_AFTER_MS = 8000;

/** @type {WeakSet<HTMLFormElement>} */
const sent = new WeakSet();

/**
 * An old laptop answers slowly and people press twice: the second press is not a second record. A search makes none,
 * and who comes back to it may search again.
 * @param {SubmitEvent} event
 */
function sendOnce(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  if (form.getAttribute("role") === "search") return;
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

/**
 * A long passphrase is easier to type when it can be seen.
 * @param {HTMLButtonElement} button
 */
function showSecret(button) {
  const input = document.getElementById(button.dataset.showFor ?? "");
  if (!(input instanceof HTMLInputElement)) return;
  button.hidden = false;
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    button.textContent = (isShown ? button.dataset.hide : button.dataset.show) ?? "";
  });
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
}

for (const button of document.querySelectorAll("button[data-show-for]")) {
  showSecret(/** @type {HTMLButtonElement} */ (button));
}
document.querySelector(".site-menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
document.addEventListener("submit", sendOnce);
window.addEventListener("beforeunload", guard);
document.getElementById("error-summary")?.focus();
