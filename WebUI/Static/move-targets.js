// @ts-check
/** Buttons of a dialog that say where a card can go; a digit presses the one that bears it. */

const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("move-target"));

/**
 * @param {string} name @param {string} value @param {number | null} digit none from ten on
 * @param {boolean} [isHere] whether the card is there already
 * @returns {HTMLButtonElement}
 */
export function makeTarget(name, value, digit, isHere = false) {
  const copy = /** @type {DocumentFragment} */ (template?.content.cloneNode(true));
  const button = /** @type {HTMLButtonElement} */ (copy.firstElementChild);
  const key = button.querySelector("kbd");
  const words = button.querySelector("span");
  if (key) key.textContent = digit !== null && digit < 10 ? String(digit) : "";
  if (words) words.textContent = name;
  button.disabled = isHere;
  button.dataset.target = value;
  return button;
}

/**
 * The value of the button whose digit was pressed; nothing while words are being typed.
 * @param {HTMLElement} dialog @param {KeyboardEvent} event @returns {string | null}
 */
export function pressedTarget(dialog, event) {
  const isTyping = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
  if (isTyping || !/^[0-9]$/.test(event.key)) return null;
  for (const button of dialog.querySelectorAll("[data-target]:not([disabled])")) {
    if (!(button instanceof HTMLElement) || button.querySelector("kbd")?.textContent !== event.key) continue;
    event.preventDefault();
    return button.dataset.target ?? "";
  }
  return null;
}
