// @ts-check
import { change, create } from "./api.js";
import { refresh } from "./live.js";
import { enqueue } from "./outbox.js";

const SAVE_AFTER_MS = 700;
/** A page fetched just before the last save must not bring the old words back. */
const TRUST_OWN_MS = 2000;

/** @typedef {{kind: string, text: string, speaker: string}} Words */

/** One entry of the minutes in its editor: shows it, and saves what is typed. */
export class Entry {
  /**
   * @param {{id: string, event: string, agendaItem: string}} about
   * @param {HTMLElement | null} line the saved record, or null for a blank one
   * @param {string} label the agenda item's title, for those who cannot see where the entry stands
   */
  constructor(about, line, label) {
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById("minutes-entry"));
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    this.about = about;
    this.element = /** @type {HTMLElement} */ (copy.firstElementChild);
    this.kind = /** @type {HTMLSelectElement} */ (this.element.querySelector(".minutes-kind"));
    this.speaker = /** @type {HTMLInputElement} */ (this.element.querySelector(".minutes-speaker"));
    this.words = /** @type {HTMLTextAreaElement} */ (this.element.querySelector(".minutes-words"));
    this.words.setAttribute("aria-label", `${this.words.getAttribute("aria-label")}: ${label}`);
    this.position = 0;
    /** Whether the store has, or will have, a record of it. */
    this.isSaved = false;
    this.isDirty = false;
    this.isMoved = false;
    this.savedAt = 0;
    this.timer = 0;
    /** @type {Words} */
    this.saved = { kind: this.kind.value, text: "", speaker: "" };
    if (line) this.show(line);
    this.paint();
  }

  get id() {
    return this.about.id;
  }

  isBlank() {
    return this.words.value.trim() === "";
  }

  /** Whether what comes from another window may be shown. */
  canChange() {
    return !this.isDirty && this.timer === 0 && performance.now() - this.savedAt > TRUST_OWN_MS;
  }

  /**
   * Shows a saved record.
   * @param {HTMLElement} line
   */
  show(line) {
    this.isSaved = true;
    this.position = Number(line.dataset.position ?? 0);
    this.saved = {
      kind: line.dataset.kind ?? "text",
      text: line.querySelector("[data-text]")?.textContent ?? "",
      speaker: line.querySelector("[data-speaker]")?.textContent ?? "",
    };
    const { selectionStart, selectionEnd } = this.words;
    this.kind.value = this.saved.kind;
    if (this.speaker.value.trim() !== this.saved.speaker) this.speaker.value = this.saved.speaker;
    if (this.words.value.trim() !== this.saved.text) {
      this.words.value = this.saved.text;
      if (document.activeElement === this.words) this.words.setSelectionRange(selectionStart, selectionEnd);
    }
    this.paint();
  }

  typed() {
    this.isDirty = true;
    this.paint();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), SAVE_AFTER_MS);
  }

  /** @param {number} position */
  moveTo(position) {
    if (position === this.position) return;
    this.position = position;
    if (!this.isSaved) return;
    this.isDirty = true;
    this.isMoved = true;
    this.save();
  }

  cancel() {
    window.clearTimeout(this.timer);
    this.timer = 0;
    this.isDirty = false;
  }

  save() {
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (!this.isDirty || this.isBlank()) return;
    const words = { kind: this.kind.value, text: this.words.value.trim(), speaker: this.speaker.value.trim() };
    const position = this.position;
    const fields = { ...words, speaker: words.speaker || null, position };
    const { id, event, agendaItem } = this.about;
    const isNew = !this.isSaved;
    const changed = isNew ? fields : this.changed(words, fields);
    if (!changed) {
      this.isDirty = false;
      return this.paint();
    }
    const before = this.saved;
    this.isSaved = true;
    this.isMoved = false;
    this.saved = words;
    enqueue({
      run: () => isNew
        ? create("minutesEntry", { id, event, agendaItem: agendaItem || null, ...fields })
        : change("minutesEntry", id, changed),
      done: () => this.arrived(words),
      refused: () => {
        this.saved = before;
        this.isSaved = !isNew;
        this.element.classList.add("is-refused");
      },
    });
  }

  /**
   * The fields that differ from what was sent last; null when none does.
   * @param {Words} words @param {import("./api.js").Fields} fields
   */
  changed(words, fields) {
    const { kind, text, speaker } = this.saved;
    const changed = {
      ...(words.kind !== kind && { kind: fields.kind }),
      ...(words.text !== text && { text: fields.text }),
      ...(words.speaker !== speaker && { speaker: fields.speaker }),
      ...(this.isMoved && { position: fields.position }),
    };
    return Object.keys(changed).length > 0 ? changed : null;
  }

  /** @param {Words} words */
  arrived(words) {
    this.savedAt = performance.now();
    const isSame = this.words.value.trim() === words.text && this.kind.value === words.kind
      && this.speaker.value.trim() === words.speaker;
    if (isSame) this.isDirty = false;
    this.element.classList.remove("is-refused");
    this.paint();
    refresh("minutesEntry");
  }

  /** Keeps the look in step: the kind's colour, the mark of what is not saved, the height of the text. */
  paint() {
    this.element.dataset.kind = this.kind.value;
    this.element.classList.toggle("is-unsaved", this.isDirty);
    this.element.classList.toggle("has-speaker", this.speaker.value !== "");
    if (CSS.supports("field-sizing", "content") || !this.words.isConnected) return;
    this.words.style.height = "auto";
    this.words.style.height = `${this.words.scrollHeight + 4}px`;
  }

  focusEnd() {
    this.words.focus();
    this.words.setSelectionRange(this.words.value.length, this.words.value.length);
  }
}
