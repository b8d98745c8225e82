// @ts-check
/**
 * A phone in the hall. Without this script everything works by plain forms; with it a page that waits changes by
 * itself, R7's question comes while one types, and what was sent with no link goes out when the link is back.
 */
import { listen } from "./hall-link.js";
import { namesMissingMeans } from "./hall-means.js";

const RETRY_MS = 3000;
const SPREAD_MS = 800;
const ANSWER_MS = 10_000;

const root = document.documentElement;
let form = /** @type {HTMLFormElement | null} */ (document.getElementById("seat-form"));
let state = /** @type {HTMLElement | null} */ (document.querySelector("[data-state]"));
let isSending = false;
/** Whether a finger is on the button that sends. */
let isPressing = false;

root.classList.add("has-script");

/** @param {HTMLTextAreaElement} area */
function ask(area) {
  const question = area.parentElement?.querySelector("[data-question]");
  if (form && question) question.toggleAttribute("hidden", !namesMissingMeans(area.value, form.dataset));
}

/** A field is as high as its words. @param {HTMLTextAreaElement} area */
function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 4}px`;
}

/** @param {Event} event */
function typed(event) {
  if (event.target instanceof HTMLTextAreaElement) {
    grow(event.target);
    const question = event.target.parentElement?.querySelector("[data-question]");
    // A question that stands there goes as soon as the words are better; it does not come in the middle of a word.
    if (question && !question.hasAttribute("hidden")) ask(event.target);
  }
}

/** As many dots as a person has; the others wait until one is taken away. */
function countDots() {
  const boxes = /** @type {HTMLInputElement[]} */ ([...(form?.querySelectorAll("[name=dot]") ?? [])]);
  if (!form || boxes.length === 0) return;
  const left = Number(form.dataset.most) - boxes.filter((box) => box.checked).length;
  for (const box of boxes) box.disabled = left <= 0 && !box.checked;
  const line = form.querySelector("[data-left-line]");
  if (line) line.textContent = (form.dataset.left ?? "").replace("{left}", String(Math.max(0, left)));
}

/** @param {string | undefined} text */
function say(text) {
  if (!state) return;
  state.textContent = text ?? "";
  state.hidden = !text;
}

/** @param {SubmitEvent} event */
function submit(event) {
  event.preventDefault();
  if (!form || isSending) return;
  isSending = true;
  void send(new URLSearchParams(/** @type {any} */ (new FormData(form))));
}

/** The same words again and again until they arrive: the seat's ballot is replaced, never doubled. @param {URLSearchParams} words */
async function send(words) {
  say(form?.dataset.sending);
  try {
    const response = await fetch("/seat", { method: "POST", body: words, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) });
    if (response.type === "opaqueredirect") {
      location.assign("/seat");
      return;
    }
    show(await response.text(), response.status);
    isSending = false;
  } catch {
    say(form?.dataset.kept);
    window.setTimeout(() => send(words), RETRY_MS);
  }
}

/** A refusal comes as a whole page: its sentence and marks stand in for this page's. @param {string} html @param {number} status */
function show(html, status) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.getElementById("main");
  if (!main) return;
  const isKept = form !== null && !page.getElementById("seat-form");
  if (isKept && (status === 403 || status === 429 || status >= 500)) {
    // It was not kept and can be sent again: what was written stays where it is.
    say(page.querySelector("[role=alert]")?.textContent ?? "");
    return;
  }
  document.getElementById("main")?.replaceWith(main);
  window.scrollTo(0, 0);
  const fresh = /** @type {HTMLFormElement | null} */ (document.getElementById("seat-form"));
  if (fresh) begin(fresh);
}

/** @param {HTMLFormElement} shown */
function begin(shown) {
  form = shown;
  state = shown.querySelector("[data-state]");
  shown.addEventListener("submit", submit);
  shown.addEventListener("input", typed);
  shown.addEventListener("change", (event) => {
    // A question that came now would push the button away from under the finger.
    if (event.target instanceof HTMLTextAreaElement && !isPressing) ask(event.target);
    countDots();
  });
  shown.querySelector("[data-send]")?.addEventListener("pointerdown", () => {
    isPressing = true;
  });
  for (const area of shown.querySelectorAll("textarea")) {
    // A phone's own check would cut pasted words without saying so; the program says it.
    area.removeAttribute("maxlength");
    grow(area);
    if (area.value !== "") ask(area);
  }
  countDots();
}

if (form) begin(form);
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    isPressing = false;
  });
}
listen("/events/phone", (version) => {
  if (version === root.dataset.version) return;
  root.dataset.version = version;
  // Not all phones of the room in the same moment.
  window.setTimeout(look, Math.random() * SPREAD_MS);
}, () => {});

/** A page that only waits is shown anew where it would read differently; what somebody types is left alone. */
async function look() {
  if (isSending || !document.querySelector("[data-waits]")) return;
  const shown = document.getElementById("main")?.textContent;
  try {
    const response = await fetch(root.dataset.address || "/", { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (page.getElementById("main")?.textContent !== shown) location.replace(response.url);
  } catch {
    // The link will be back, and with it the next word of it.
    root.dataset.version = "";
  }
}
