// @ts-check
/**
 * The minutes, written while people talk: what is typed saves itself, Enter makes the next entry.
 *
 * The page holds the saved record as plain lists, one for each agenda item (that is what is read and printed without
 * this script, and what live.js keeps fresh). Beside each list this script builds an editor and brings in what other
 * windows wrote, leaving alone what is being typed here.
 */
import { newId } from "./api.js";
import { Entry } from "./minutes-entry.js";
import { between, spread } from "./minutes-order.js";
import { hasUnsaved } from "./outbox.js";
import { removeRecord } from "./save-state.js";

/**
 * The kind an entry gets when it begins with these two characters.
 * @type {Record<string, string>}
 */
const PREFIXES = { "? ": "question", "! ": "decision", "+ ": "answer" };
const MERGE_AGAIN_MS = 2600;

const page = document.getElementById("minutes");

/** One agenda item: its saved record and its editor. */
class Section {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.item = element.dataset.item ?? "";
    this.record = /** @type {HTMLElement} */ (element.querySelector("[data-record-list]"));
    this.editor = /** @type {HTMLElement} */ (element.querySelector("[data-editor]"));
    this.label = element.querySelector("h2")?.textContent?.trim() ?? "";
    /** @type {Entry[]} */
    this.entries = [];
    /** @type {Set<string>} */
    this.removed = new Set();
    this.merge();
    this.record.addEventListener("live:updated", () => this.merge());
  }

  /** Brings in what the store has; entries with something unsaved or just saved keep what they show. */
  merge() {
    const lines = /** @type {NodeListOf<HTMLElement>} */ (this.record.querySelectorAll("[data-entry]"));
    const saved = new Set([...lines].map((line) => line.dataset.entry ?? ""));
    for (const entry of [...this.entries]) {
      if (entry.isSaved && !saved.has(entry.id) && entry.canChange()) this.drop(entry);
    }
    for (const line of lines) {
      const id = line.dataset.entry ?? "";
      if (this.removed.has(id)) continue;
      const entry = this.entries.find((one) => one.id === id);
      if (!entry) this.insert(this.make(id, line), this.indexFor(Number(line.dataset.position)));
      else if (entry.canChange()) entry.show(line);
    }
    for (const id of this.removed) if (!saved.has(id)) this.removed.delete(id);
    this.sort();
    this.ensureBlank();
  }

  /** @param {string} id @param {HTMLElement | null} line */
  make(id, line) {
    const about = { id, event: page?.dataset.event ?? "", agendaItem: this.item };
    return new Entry(about, line, this.label);
  }

  /** @param {Entry} entry @param {number} index */
  insert(entry, index) {
    const next = this.entries[index];
    if (next) next.element.before(entry.element);
    else this.editor.append(entry.element);
    this.entries.splice(index, 0, entry);
    return entry;
  }

  /** @param {number} position */
  indexFor(position) {
    const index = this.entries.findIndex((entry) => !entry.isSaved || entry.position > position);
    return index < 0 ? this.entries.length : index;
  }

  /** Another window may have moved entries. */
  sort() {
    const isSorted = this.entries.every((entry, at) => at === 0 || this.entries[at - 1].position <= entry.position);
    if (isSorted) return;
    this.entries.sort((left, right) => left.position - right.position);
    const active = document.activeElement;
    this.editor.append(...this.entries.map((entry) => entry.element));
    if (active instanceof HTMLElement && this.editor.contains(active)) active.focus();
  }

  /** There is always one line to write in at the end, and none is left over in between. */
  ensureBlank() {
    const last = this.entries.at(-1);
    for (const entry of [...this.entries]) {
      const isIdle = entry.isBlank() && !entry.isSaved && !entry.element.contains(document.activeElement);
      if (isIdle && entry !== last) this.drop(entry);
    }
    if (!last || !last.isBlank()) this.addAfter(last ?? null);
  }

  /** @param {Entry | null} entry @returns {Entry} */
  addAfter(entry) {
    const index = entry ? this.entries.indexOf(entry) + 1 : 0;
    const next = this.entries.slice(index).find((one) => one.isSaved);
    const made = this.make(newId(), null);
    made.position = between(entry?.position ?? null, next?.position ?? null) ?? this.makeRoom(index);
    return this.insert(made, index);
  }

  /**
   * Spreads the positions out when two entries stand too close; returns the position for the new one.
   * @param {number} index
   */
  makeRoom(index) {
    const positions = spread(this.entries.length + 1);
    this.entries.forEach((entry, at) => entry.moveTo(positions[at < index ? at : at + 1]));
    return positions[index];
  }

  /** @param {Entry} entry */
  drop(entry) {
    this.entries.splice(this.entries.indexOf(entry), 1);
    entry.element.remove();
  }

  /** @param {Entry} entry @param {string} said @param {boolean} [goesOn] whether the focus goes to the neighbour */
  remove(entry, said, goesOn = true) {
    const neighbour = this.entries[this.entries.indexOf(entry) - 1] ?? this.entries[this.entries.indexOf(entry) + 1];
    entry.cancel();
    this.drop(entry);
    if (entry.isSaved) {
      this.removed.add(entry.id);
      removeRecord(`minutesEntry/${entry.id}`, said);
    }
    this.ensureBlank();
    if (goesOn) (neighbour ?? this.entries[0])?.focusEnd();
  }
}

/** @type {Section[]} */
const sections = [];

/** @param {EventTarget | null} target @returns {[Section, Entry] | null} */
function find(target) {
  if (!(target instanceof Element)) return null;
  for (const section of sections) {
    const entry = section.entries.find((one) => one.element.contains(target));
    if (entry) return [section, entry];
  }
  return null;
}

/** @param {Event} event */
function typed(event) {
  const found = find(event.target);
  if (!found) return;
  const [section, entry] = found;
  const kind = PREFIXES[entry.words.value.slice(0, 2)];
  if (kind && event.target === entry.words) {
    entry.kind.value = kind;
    entry.words.value = entry.words.value.slice(2);
  }
  entry.typed();
  section.ensureBlank();
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const found = find(event.target);
  if (!found || event.isComposing) return;
  const [section, entry] = found;
  const isInWords = event.target === entry.words;
  if (event.key === "Enter" && !event.shiftKey && (isInWords || event.target === entry.speaker)) {
    event.preventDefault();
    if (!isInWords) entry.words.focus();
    else if (!entry.isBlank()) next(section, entry);
  } else if (event.key === "Backspace" && isInWords && entry.words.value === "" && section.entries.length > 1) {
    event.preventDefault();
    section.remove(entry, removedText(entry));
  } else if (isInWords && event.key === "ArrowUp" && entry.words.selectionEnd === 0) {
    section.entries[section.entries.indexOf(entry) - 1]?.focusEnd();
  } else if (isInWords && event.key === "ArrowDown" && entry.words.selectionStart === entry.words.value.length) {
    section.entries[section.entries.indexOf(entry) + 1]?.words.focus();
  }
}

/**
 * Enter in the middle of a text takes what follows along to the next entry.
 * @param {Section} section @param {Entry} entry
 */
function next(section, entry) {
  const rest = entry.words.value.slice(entry.words.selectionEnd).trimStart();
  const following = section.entries[section.entries.indexOf(entry) + 1];
  const target = rest === "" && following?.isBlank() ? following : section.addAfter(entry);
  if (rest !== "") {
    entry.words.value = entry.words.value.slice(0, entry.words.selectionEnd).trimEnd();
    target.words.value = rest;
    target.typed();
    entry.typed();
  }
  entry.save();
  target.words.focus();
  target.words.setSelectionRange(0, 0);
}

/** @param {Entry} entry */
function removedText(entry) {
  return entry.element.querySelector("[data-removed]")?.getAttribute("data-removed") ?? "";
}

/**
 * Leaving an entry saves it; one that was emptied is deleted.
 * @param {FocusEvent} event
 */
function left(event) {
  const found = find(event.target);
  if (!found) return;
  const [section, entry] = found;
  const isStillThere = event.relatedTarget instanceof Node && entry.element.contains(event.relatedTarget);
  if (entry.isSaved && entry.isBlank() && !isStillThere) section.remove(entry, removedText(entry), false);
  else entry.save();
}

/** @param {MouseEvent} event */
function clicked(event) {
  const button = event.target instanceof Element ? event.target.closest(".minutes-remove") : null;
  const found = button && find(button);
  if (found) found[0].remove(found[1], removedText(found[1]));
}

/** @returns {Entry[]} */
function allEntries() {
  return sections.flatMap((section) => section.entries);
}

if (page) {
  for (const element of page.querySelectorAll(".minutes-section")) {
    if (element instanceof HTMLElement) sections.push(new Section(element));
  }
  page.addEventListener("input", typed);
  page.addEventListener("keydown", pressed);
  page.addEventListener("focusout", left);
  page.addEventListener("click", clicked);
  // What came in while an entry was busy is looked at again a little later.
  window.setInterval(() => {
    if (!hasUnsaved()) sections.forEach((section) => section.merge());
  }, MERGE_AGAIN_MS);
  window.addEventListener("pagehide", () => allEntries().forEach((entry) => entry.save()));
  window.addEventListener("beforeunload", (event) => {
    if (allEntries().some((entry) => entry.isDirty)) event.preventDefault();
  });
}
