// @ts-check
/**
 * Live pages: what another window or laptop changed appears by itself.
 *
 * An element with an id and data-live="sticker problem" is refreshed when a record of one of these entities changes
 * (data-live="*": any record), when something is heard of the other laptops ("neighbours"), of the hall's phones ("room"), or when something
 * new waits for a person ("waiting"): the page is fetched again from its own address (data-address on the root: a page that
 * answers a form stands at the form's address, where nothing can be read) and the element is turned into its fresh version
 * (morph.js). The link is kept while the page can be seen; when it breaks, a bar says so and it is tried again,
 * slower and slower.
 *
 * Other scripts may import `pause`, `resume` (around a drag or a saving), `refresh` and `connectionLost`. After a refresh each
 * element gets a bubbling "live:updated" event; the document gets a "live:change" for every record that changed.
 */
import { morph } from "./morph.js";

/** What one commit changed is heard of at once and shown at once. */
const TOGETHER_MS = 20;
const LONGEST_REST_MS = 1000;
/** Who saves without a pause sees what others do all the same. */
const MOST_PUT_ASIDE = 20;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
const BAR_AFTER_MS = 2500;
const BAR_BACK_MS = 4000;
const HIDDEN_CLOSE_MS = 30_000;

const root = document.documentElement;
const bar = document.getElementById("live-bar");

/** Ids of the elements that wait for a refresh. @type {Set<string>} */
const waiting = new Set();
/** @type {EventSource | null} */
let source = null;
let pauses = 0;
/** How often it was paused since the page came, and how often a page was put aside for that. */
let pausedTimes = 0;
let putAside = 0;
let failures = 0;
let isLoading = false;
let wasConnected = false;
let loadTimer = 0;
/** When the page may be refreshed again: where change follows change, it rests as long as a refresh takes. */
let rested = 0;
let retryTimer = 0;
let barTimer = 0;
let hiddenTimer = 0;

/** Holds refreshes back, for example while something is dragged. Each `pause` needs one `resume`. */
export function pause() {
  pauses += 1;
  pausedTimes += 1;
}

/** Lets refreshes through again and does those that came meanwhile. */
export function resume() {
  pauses = Math.max(0, pauses - 1);
  if (waiting.size > 0) schedule();
}

/**
 * Refreshes the live elements that show one of these entities; with none named, all of them.
 * @param {...string} entities
 */
export function refresh(...entities) {
  if (entities.length === 0) tell({});
  for (const part of liveParts()) {
    const shown = (part.dataset.live ?? "").split(/\s+/);
    const isMeant = entities.length === 0 || shown.includes("*");
    if (isMeant || entities.some((entity) => shown.includes(entity))) waiting.add(part.id);
  }
  if (waiting.size > 0) schedule();
}

/**
 * Refreshes the live elements that name this word itself: what happens between laptops is no record, and often.
 * @param {string} word
 */
function refreshNamed(word) {
  for (const part of liveParts()) {
    if ((part.dataset.live ?? "").split(/\s+/).includes(word)) waiting.add(part.id);
  }
  if (waiting.size > 0) schedule();
}

/**
 * Tells scripts that keep records of their own what was heard; without an entity anything may have changed.
 * @param {{entity?: string, id?: string}} detail
 */
function tell(detail) {
  document.dispatchEvent(new CustomEvent("live:change", { detail }));
}

/** Tells the person that the program does not answer, for example when saving failed. */
export function connectionLost() {
  window.clearTimeout(barTimer);
  showBar("lost");
  if (source) retry();
}

/** @returns {NodeListOf<HTMLElement>} */
function liveParts() {
  return document.querySelectorAll("[id][data-live]");
}

function schedule() {
  if (loadTimer || isLoading || pauses > 0) return;
  loadTimer = window.setTimeout(load, Math.max(TOGETHER_MS, rested - performance.now()));
}

async function load() {
  loadTimer = 0;
  if (pauses > 0) return;
  isLoading = true;
  const begun = performance.now();
  const pausedBefore = pausedTimes;
  const ids = [...waiting];
  waiting.clear();
  try {
    const page = await fetchPage();
    if (page) {
      // A drag that began while the page was on its way must not be disturbed, and what was saved meanwhile may not
      // be on it: try again.
      const isOld = pausedTimes !== pausedBefore && putAside < MOST_PUT_ASIDE;
      putAside = isOld ? putAside + 1 : 0;
      if (pauses > 0 || isOld) ids.forEach((id) => waiting.add(id));
      else update(page, ids);
    }
  } catch {
    ids.forEach((id) => waiting.add(id));
    retry();
  } finally {
    isLoading = false;
    const now = performance.now();
    rested = now + Math.min(now - begun, LONGEST_REST_MS);
    if (waiting.size > 0 && source) schedule();
  }
}

/** The page as it is now, or null when the person has to log in again. @returns {Promise<Document | null>} */
async function fetchPage() {
  const response = await fetch(root.dataset.address || "/", {
    cache: "no-store",
    headers: { Accept: "text/html", "X-Ashar-Live": "1" },
  });
  const loggedOut = response.status === 401
    || (response.redirected && new URL(response.url).pathname === "/login");
  if (loggedOut) {
    disconnect();
    showBar("login");
    return null;
  }
  if (!response.ok) throw new Error(`status ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** @param {Document} page @param {string[]} ids */
function update(page, ids) {
  for (const id of ids) {
    const old = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (!old || !fresh) continue;
    for (const element of morph(old, fresh)) {
      element.classList.add("is-new");
      element.addEventListener("animationend", () => element.classList.remove("is-new"), { once: true });
    }
    old.dispatchEvent(new CustomEvent("live:updated", { bubbles: true }));
  }
  root.dataset.head = page.documentElement.dataset.head ?? "";
}

function connect() {
  disconnect();
  const link = new EventSource("/api/v1/events");
  source = link;
  link.addEventListener("open", connected);
  link.addEventListener("hello", (event) => {
    if (parse(event).head !== root.dataset.head) refresh();
  });
  link.addEventListener("change", (event) => {
    const { entity, id } = parse(event);
    if (!entity) return;
    refresh(entity);
    tell({ entity, id });
  });
  link.addEventListener("laptops", (event) => {
    const { what } = parse(event);
    if (what) refreshNamed(what);
  });
  link.addEventListener("room", () => refreshNamed("room"));
  link.addEventListener("reset", () => refresh());
  link.addEventListener("error", () => failed(link));
}

/** @param {MessageEvent<string>} event @returns {{entity?: string, id?: string, head?: string, what?: string}} */
function parse(event) {
  try {
    return JSON.parse(event.data) ?? {};
  } catch {
    return {};
  }
}

function connected() {
  failures = 0;
  window.clearTimeout(barTimer);
  barTimer = 0;
  if (wasConnected || waiting.size > 0) refresh();
  wasConnected = true;
  if (bar && !bar.hidden) {
    showBar("back");
    barTimer = window.setTimeout(hideBar, BAR_BACK_MS);
  }
}

/**
 * A link that is closed for good was answered: perhaps one has to log in again, which the page itself tells.
 * @param {EventSource} link
 */
function failed(link) {
  if (link.readyState !== EventSource.CLOSED) {
    retry();
    return;
  }
  fetchPage().then((page) => page && retry(), retry);
}

function retry() {
  disconnect();
  if (document.hidden) return;
  barTimer ||= window.setTimeout(() => showBar("lost"), BAR_AFTER_MS);
  const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
  failures += 1;
  retryTimer = window.setTimeout(connect, wait * (0.8 + 0.4 * Math.random()));
}

function disconnect() {
  window.clearTimeout(retryTimer);
  source?.close();
  source = null;
}

/** @param {"lost" | "back" | "login"} state */
function showBar(state) {
  if (!bar) return;
  const [text, login] = bar.children;
  text.textContent = bar.dataset[state] ?? "";
  login.toggleAttribute("hidden", state !== "login");
  bar.classList.toggle("is-back", state === "back");
  bar.hidden = false;
}

function hideBar() {
  barTimer = 0;
  if (bar) bar.hidden = true;
}

/** Browsers allow six connections to one address: a window nobody sees gives its own back. */
function onVisibility() {
  window.clearTimeout(hiddenTimer);
  if (document.hidden) hiddenTimer = window.setTimeout(disconnect, HIDDEN_CLOSE_MS);
  else if (!source) connect();
}

function start() {
  // Before anybody is logged in there is nothing to hear; the menu alone is not worth a connection.
  if (!root.dataset.head || !document.querySelector("main [data-live], [data-guard]")) return;
  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("online", connect);
  window.addEventListener("pagehide", () => {
    window.clearTimeout(barTimer);
    barTimer = 0;
    disconnect();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) connect();
  });
  if (!document.hidden) connect();
}

start();
