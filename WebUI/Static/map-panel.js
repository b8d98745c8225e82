// @ts-check
/** The chosen thing in words: each field is saved when it is changed, and follows what others change meanwhile. */
import { ARROWS } from "./map-keys.js";
import { looks, marks, nameOf, text } from "./map-words.js";

/** @typedef {import("./map-store.js").Feature} Feature */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

const TYPED_AFTER_MS = 700;

const panel = /** @type {HTMLElement} */ (document.getElementById("map-panel"));
const title = /** @type {HTMLElement} */ (document.getElementById("map-panel-title"));
const facts = /** @type {HTMLElement} */ (document.getElementById("map-facts"));
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("map-form"));
const move = document.getElementById("map-move");

/** @type {Record<string, import("./map-shapes.js").Point>} */
const SIDES = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

export class Panel {
  /**
   * @param {{store: import("./map-store.js").MapStore, keys: import("./map-keys.js").Keys, chosen: () => Feature | null,
   *   close: () => void, remove: () => void}} desk
   */
  constructor(desk) {
    this.desk = desk;
    this.shown = "";
    this.gesture = 0;
    /** What was typed and not yet saved. @type {Map<Control, number>} */
    this.typed = new Map();
    document.getElementById("map-panel-close")?.addEventListener("click", () => desk.close());
    document.getElementById("map-remove")?.addEventListener("click", () => desk.remove());
    form?.addEventListener("submit", (event) => event.preventDefault());
    form?.addEventListener("change", (event) => this.save(/** @type {Control} */ (event.target)));
    form?.addEventListener("input", (event) => this.wait(/** @type {Control} */ (event.target)));
    move?.addEventListener("click", (event) => {
      const side = event.target instanceof HTMLElement ? event.target.dataset.move ?? "" : "";
      if (SIDES[side]) this.carry(SIDES[side], false);
    });
    move?.addEventListener("keydown", (event) => {
      if (!ARROWS[event.key]) return;
      event.preventDefault();
      this.carry(ARROWS[event.key], event.shiftKey);
    });
  }

  /** @param {import("./map-shapes.js").Point} arrow @param {boolean} isLarge */
  carry(arrow, isLarge) {
    const feature = this.desk.chosen();
    if (feature) this.desk.keys.carry(feature, arrow, isLarge, `carry ${this.gesture}`);
  }

  /** @returns {Control[]} */
  controls() {
    return form ? /** @type {Control[]} */ ([...form.querySelectorAll("[data-field]")]) : [];
  }

  /** Words are saved when the hand rests, so that nothing is lost when the power goes. @param {Control} control */
  wait(control) {
    if (!control.dataset.field || control instanceof HTMLSelectElement || control.type === "checkbox") return;
    window.clearTimeout(this.typed.get(control));
    this.typed.set(control, window.setTimeout(() => this.save(control), TYPED_AFTER_MS));
  }

  /** @param {Control} control */
  save(control) {
    const name = control.dataset.field;
    window.clearTimeout(this.typed.get(control));
    this.typed.delete(control);
    if (!name || !this.shown) return;
    const isFlag = control instanceof HTMLInputElement && control.type === "checkbox";
    const value = isFlag ? control.checked || null : control.value.trim() || null;
    // What is typed word by word is one step back.
    const isTyped = name === "name" || name === "note";
    this.desk.store.edit(this.shown, { [name]: value }, isTyped ? `${name} ${this.gesture}` : "");
  }

  /** Saves what is still being typed, before something else is chosen. */
  flush() {
    for (const control of [...this.typed.keys()]) this.save(control);
  }

  /** @param {Feature | null} feature */
  show(feature) {
    panel.hidden = !feature;
    if (feature?.id !== this.shown) this.gesture += 1;
    const isOther = feature?.id !== this.shown;
    this.shown = feature?.id ?? "";
    if (!feature) return;
    const heading = nameOf(feature);
    if (title.textContent !== heading) title.textContent = heading;
    for (const control of this.controls()) this.fill(control, feature, isOther);
    if (move) move.hidden = !feature.shape;
    if (!form) this.tell(feature);
  }

  /** A field somebody is typing in is left alone. @param {Control} control @param {Feature} feature @param {boolean} isOther */
  fill(control, feature, isOther) {
    const name = control.dataset.field ?? "";
    const isInUse = control === document.activeElement && !(control instanceof HTMLSelectElement);
    if (!isOther && (isInUse || this.typed.has(control))) return;
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      control.checked = feature[name] === true;
      return;
    }
    const value = String(feature[name] ?? "");
    if (control.value !== value) control.value = value;
  }

  /** For those who only look: what is known of it. @param {Feature} feature */
  tell(feature) {
    const lines = [
      looks.get(feature.category)?.label, marks.get(feature.condition)?.label, feature.wished ? text("wished") : "",
      document.querySelector(`#map-filter option[value="${CSS.escape(feature.usedBy ?? "-")}"]`)?.textContent,
      feature.note,
    ].filter(Boolean);
    facts.replaceChildren(...lines.map((line) => {
      const row = document.createElement("div");
      const value = document.createElement("dd");
      value.textContent = String(line);
      row.append(value);
      return row;
    }));
  }

  focus() {
    title.focus();
  }
}
