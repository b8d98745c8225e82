// @ts-check
/**
 * The projector: shows the newest state, counts the minutes on, and says since when it has heard nothing. The page
 * is asked for again and turned into its fresh version (morph.js), so nothing flickers.
 */
import { listen } from "./hall-link.js";
import { morph } from "./morph.js";

const PARTS = ["screen-heading", "stage", "screen-foot"];
const LOST_AFTER_MS = 4000;
const RETRY_MS = 2000;
const TICK_MS = 5000;
const OFFSET_MS = 6 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

const root = document.documentElement;
/** The laptop's time when the page was made, and this screen's own count then. */
let laptopTime = Number(document.getElementById("stage")?.dataset.now);
let ownTime = performance.now();
let lastHeard = laptopTime;
let isLoading = false;
let wanted = root.dataset.version ?? "";
let lostTimer = 0;

function now() {
  return laptopTime + performance.now() - ownTime;
}

/** Kyrgyzstan's only offset is six hours. @param {number} milliseconds */
function clock(milliseconds) {
  return new Date(milliseconds + OFFSET_MS).toISOString().slice(11, 16);
}

function tick() {
  const stage = document.getElementById("stage");
  const item = document.getElementById("screen-item");
  const line = document.getElementById("screen-clock");
  if (line) line.textContent = clock(now());
  if (!stage || !item) return;
  const gone = Math.max(0, Math.floor((now() - Number(item.dataset.begun)) / MINUTE_MS));
  const planned = Number(item.dataset.minutes || 0);
  const words = item.querySelector("[data-running-text]");
  if (words) words.textContent = (stage.dataset.running ?? "").replace("{minutes}", String(gone));
  const isLate = planned > 0 && gone > planned;
  item.querySelector("[data-late]")?.toggleAttribute("hidden", !isLate);
  item.querySelector(".screen-times")?.classList.toggle("is-late", isLate);
  const share = planned > 0 ? Math.min(100, (gone * 100) / planned) : 0;
  item.querySelector("[data-part]")?.setAttribute("width", String(share));
}

async function load() {
  if (isLoading) return;
  isLoading = true;
  try {
    while (root.dataset.version !== wanted) {
      const asked = wanted;
      const response = await fetch("/room", { cache: "no-store" });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const id of PARTS) {
        const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
        if (old && fresh) morph(old, fresh);
      }
      laptopTime = Number(page.getElementById("stage")?.dataset.now);
      ownTime = performance.now();
      root.dataset.version = asked;
      heard();
      tick();
    }
  } catch {
    linked(false);
    window.setTimeout(load, RETRY_MS);
  } finally {
    isLoading = false;
  }
}

function heard() {
  lastHeard = now();
  window.clearTimeout(lostTimer);
  lostTimer = 0;
  const lost = document.getElementById("screen-lost");
  if (lost) lost.hidden = true;
}

/** @param {boolean} isThere */
function linked(isThere) {
  if (isThere) {
    heard();
    return;
  }
  if (lostTimer) return;
  // What was heard last is what was shown when the link went.
  lastHeard = now();
  lostTimer = window.setTimeout(showLost, LOST_AFTER_MS);
}

function showLost() {
  const [lost, stage] = [document.getElementById("screen-lost"), document.getElementById("stage")];
  if (!lost || !stage) return;
  lost.textContent = (stage.dataset.lost ?? "").replace("{time}", clock(lastHeard));
  lost.hidden = false;
}

listen("/events/screen", (version) => {
  wanted = version;
  void load();
}, linked);
window.setInterval(tick, TICK_MS);
tick();
document.addEventListener("dblclick", () => {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void root.requestFullscreen();
});
