// @ts-check
/**
 * Registration at the door: a person in one line, by keyboard, in under ten seconds. Enter saves and the focus is
 * in the name again; who is already known comes with age and street from an earlier meeting.
 */
import "./fields.js";
import "./reference.js";
import { change, create, newId, read } from "./api.js";
import { fillFrom, readEntry, showProblem, startSexKeys } from "./people-entry.js";
import { refresh } from "./live.js";
import { enqueue } from "./outbox.js";
import { fill } from "./text.js";

/** @typedef {import("./people-entry.js").Entry} Entry */

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("entry"));
const said = document.getElementById("entry-said");
const waiting = document.getElementById("waiting");

/**
 * What the store knows of the person chosen from the suggestions.
 * @type {import("./api.js").Fields | null}
 */
let known = null;

/** @param {"added" | "already" | "known"} what @param {string} name */
function say(what, name) {
  if (!said) return;
  said.dataset.what = what;
  said.textContent = fill(form?.dataset[what], { name });
}

/** @param {CustomEvent<{id: string, title: string}>} event */
async function recognise(event) {
  if (!form) return;
  const { id, title } = event.detail;
  if (isHere(id)) return already(title);
  say("known", title);
  try {
    const person = await read("person", id);
    const stillChosen = /** @type {HTMLInputElement} */ (form.elements.namedItem("person")).value === id;
    if (!stillChosen) return;
    known = person;
    fillFrom(form, person);
  } catch {
    // Without the details the person can be registered all the same: the id is enough.
  }
}

/** @param {string} person */
function isHere(person) {
  return document.querySelector(`[data-person="${CSS.escape(person)}"]`) !== null;
}

/** @param {string} name */
function already(name) {
  if (!form) return;
  startAgain();
  say("already", name);
}

function startAgain() {
  if (!form) return;
  known = null;
  form.reset();
  showProblem(form, null);
  /** @type {HTMLInputElement} */ (form.elements.namedItem("person")).value = "";
  /** @type {HTMLInputElement} */ (form.elements.namedItem("fullName")).focus();
}

/** @param {SubmitEvent} event */
function register(event) {
  if (!form) return;
  event.preventDefault();
  const entry = readEntry(form);
  showProblem(form, entry.problem);
  if (entry.problem) return;
  if (entry.person && isHere(entry.person)) return already(entry.fields.fullName);
  save(entry, known, form.dataset);
  startAgain();
}

/** @param {Entry} entry @param {import("./api.js").Fields | null} before @param {DOMStringMap} about */
function save(entry, before, about) {
  const name = entry.fields.fullName;
  const person = entry.person || newId();
  const attendance = { id: newId(), event: about.event ?? "", person, role: entry.role };
  const line = wait(name);
  enqueue({
    run: async () => {
      if (!entry.person) await create("person", { id: person, ...entry.fields, village: about.village || null });
      else if (before) await changeWhatDiffers(person, before, entry.fields);
      await create("attendance", attendance);
    },
    done: () => {
      line?.remove();
      say("added", name);
      refresh("attendance", "person");
    },
    refused: () => {
      line?.remove();
      if (form && isEmpty(form)) fillFrom(form, { ...entry.fields });
    },
  });
}

/** @param {string} id @param {import("./api.js").Fields} before @param {import("./api.js").Fields} after */
async function changeWhatDiffers(id, before, after) {
  const changed = Object.entries(after).filter(([name, value]) => (before[name] ?? null) !== value);
  if (changed.length > 0) await change("person", id, Object.fromEntries(changed));
}

/** @param {HTMLFormElement} entry */
function isEmpty(entry) {
  return /** @type {HTMLInputElement} */ (entry.elements.namedItem("fullName")).value === "";
}

/**
 * Shows the name until it is saved; it is seen only when that takes long.
 * @param {string} name
 */
function wait(name) {
  if (!waiting) return null;
  const line = document.createElement("li");
  line.textContent = name;
  waiting.append(line);
  return line;
}

/** @param {MouseEvent} event */
function startRole(event) {
  const button = event.target instanceof Element ? event.target.closest("[data-start-role]") : null;
  if (!(button instanceof HTMLElement) || !form) return;
  /** @type {HTMLSelectElement} */ (form.elements.namedItem("role")).value = button.dataset.startRole ?? "";
  /** @type {HTMLInputElement} */ (form.elements.namedItem("fullName")).focus();
  form.scrollIntoView({ block: "nearest" });
}

if (form) {
  startSexKeys(form);
  form.addEventListener("submit", register);
  form.addEventListener("reference:chosen", (event) =>
    void recognise(/** @type {CustomEvent<{id: string, title: string}>} */ (event)));
  document.getElementById("fullName")?.addEventListener("input", () => {
    known = null;
  });
}
document.addEventListener("click", startRole);
