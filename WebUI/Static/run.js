// @ts-check
/**
 * A meeting that goes on: the clock of the item the room is at, and "next" by button or by key.
 *
 * When an item began and what time it is come from the program; from there the page counts by its own even clock
 * (`performance.now`), so that a laptop whose time is wrong, or is put right in the middle, shows the same minutes.
 */
import { fill } from "./text.js";
import { refresh } from "./live.js";
import { hasUnsaved } from "./outbox.js";
import { offerUndo, send } from "./send.js";

const TICK_MS = 1000;
/** Lateness and the times of what comes next change with time alone. */
const AGAIN_MS = 30_000;

const said = document.getElementById("run-said");

/** What the program said last of its time, and this page's own clock at that moment. */
let anchor = { now: 0, here: 0, text: "" };

/** @param {number} seconds `5:07`, from an hour on `1:05:07` */
function clock(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  if (minutes < 60) return `${minutes}:${two(rest)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(rest)}`;
}

function tick() {
  const element = document.getElementById("run-clock");
  if (!element) return;
  const { begun, now, seconds, left, over } = element.dataset;
  if (anchor.text !== `${begun} ${now}`) {
    anchor = { now: Number(now), here: performance.now(), text: `${begun} ${now}` };
  }
  const elapsed = Math.max(0, Math.floor((anchor.now - Number(begun) + performance.now() - anchor.here) / 1000));
  const planned = Number(seconds);
  // Beyond this the item was forgotten, and the program says so.
  if (elapsed > 12 * 3600) return;
  const isOver = planned > 0 && elapsed >= planned + 60;
  const rest = isOver ? Math.floor((elapsed - planned) / 60) : Math.ceil(Math.max(0, planned - elapsed) / 60);
  write("run-elapsed", clock(elapsed));
  element.classList.toggle("is-over", isOver);
  if (planned === 0) return;
  write("run-left", fill(isOver ? over : left, { minutes: rest }));
  document.getElementById("run-bar")?.setAttribute("width", String(Math.min(100, elapsed * 100 / planned)));
}

/** @param {string} id @param {string} text */
function write(id, text) {
  const element = document.getElementById(id);
  if (element && element.textContent !== text) element.textContent = text;
}

/** The notes of the item that goes on, or of what is said outside the agenda. */
function showNotes() {
  const current = document.getElementById("run-now")?.dataset.current ?? "";
  const sections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".minutes-section"));
  if (sections.length === 0) return;
  const isKnown = [...sections].some((section) => section.dataset.item === current);
  // An item that was put into the programme meanwhile has no notes on this page yet.
  if (!isKnown && !hasUnsaved()) location.reload();
  for (const section of sections) section.hidden = section.dataset.item !== current;
}

/** @param {SubmitEvent} event */
function press(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-run")) return;
  event.preventDefault();
  step(form);
}

/** @param {HTMLFormElement} form */
function step(form) {
  const button = form.querySelector("button");
  if (!button || button.disabled) return;
  // One press is one step, however slow the laptop is; the fresh page brings the button back.
  button.disabled = true;
  const settle = () => {
    button.disabled = false;
    refresh("agendaItem");
  };
  send(form, {
    done: (commit) => {
      settle();
      if (commit) offerUndo(commit, said?.dataset.back ?? "");
    },
    refused: settle,
  });
}

/** @param {KeyboardEvent} event */
function key(event) {
  if (event.key !== "Enter" || !event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const form = document.getElementById("run-next")?.closest("form");
  if (!form) return;
  event.preventDefault();
  event.stopPropagation();
  step(form);
}

/** @param {Event} event */
function updated(event) {
  if (!(event.target instanceof Element) || event.target.id !== "run-now") return;
  tick();
  showNotes();
  const title = document.getElementById("run-title")?.textContent ?? "";
  const text = fill(said?.dataset.now, { title });
  if (said && said.dataset.title !== undefined && said.dataset.title !== title) said.textContent = text;
  if (said) said.dataset.title = title;
}

if (said) said.dataset.title = document.getElementById("run-title")?.textContent ?? "";
document.addEventListener("live:updated", updated);
document.addEventListener("submit", press);
document.addEventListener("keydown", key, true);
window.setInterval(tick, TICK_MS);
window.setInterval(() => refresh("agendaItem"), AGAIN_MS);
tick();
