// @ts-check
/**
 * The bread under mouse, finger and keys. The edge between two slices is dragged: what the one gains the other loses, so
 * that 100 % stay 100 %. Shares are whole hundredths of a percent, as in the program.
 */
import { pause, resume } from "./live.js";
import { perform } from "./methods.js";
import { fill } from "./text.js";

const WHOLE = 10_000;
const PERCENT = 100;
const RADIUS = 100;
const KEYS_REST_MS = 500;
/** Slices smaller than this show no number. */
const CRUMB = 150;

/** @typedef {{key: string, share: number}} Slice */

/** The handle under the hand. @type {{handle: SVGGElement, slices: Slice[], isMoved: boolean} | null} */
let held = null;
/** The handle that the keys are moving. @type {{handle: SVGGElement, slices: Slice[]} | null} */
let keyed = null;
let keyTimer = 0;

const room = document.getElementById("tokoch-room");

/** @returns {SVGSVGElement | null} */
function bread() {
  return document.querySelector("svg#bread");
}

/** The slices as they are drawn. @returns {Slice[]} */
function drawn() {
  const pieces = /** @type {NodeListOf<SVGPathElement>} */ (document.querySelectorAll("#bread [data-piece]"));
  return [...pieces].map((piece) => ({ key: piece.dataset.piece ?? "", share: Number(piece.dataset.share) || 0 }));
}

/** @param {number} hundredths @param {number} radius */
function point(hundredths, radius) {
  const angle = hundredths / WHOLE * 2 * Math.PI;
  return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
}

/** @param {number} from @param {number} to */
function outline(from, to) {
  if (to <= from) return "";
  const arc = `A${RADIUS} ${RADIUS} 0`;
  if (to - from >= WHOLE) return `M0 -${RADIUS}${arc} 1 1 0 ${RADIUS}${arc} 1 1 0 -${RADIUS}Z`;
  const isLarge = to - from > WHOLE / 2 ? 1 : 0;
  return `M0 0L${point(from, RADIUS)}${arc} ${isLarge} 1 ${point(to, RADIUS)}Z`;
}

/**
 * Draws shares as they would be.
 * @param {Slice[]} slices
 */
function draw(slices) {
  const svg = bread();
  if (!svg) return;
  let start = 0;
  for (const { key, share } of slices) {
    const end = Math.min(WHOLE, start + share);
    const name = CSS.escape(key);
    svg.querySelector(`[data-piece="${name}"]`)?.setAttribute("d", outline(start, end));
    const number = svg.querySelector(`[data-number="${name}"]`);
    const [x, y] = point((start + end) / 2, RADIUS * 0.78).split(" ");
    number?.setAttribute("x", x);
    number?.setAttribute("y", y);
    number?.setAttribute("visibility", end - start < CRUMB ? "hidden" : "visible");
    svg.querySelector(`[data-slice="${name}"]`)?.setAttribute("transform", `translate(${point(end, RADIUS)})`);
    start = end;
  }
  const total = slices.reduce((sum, slice) => sum + slice.share, 0);
  svg.querySelector("[data-gap]")?.setAttribute("d", outline(total, WHOLE));
  svg.querySelector("[data-surplus]")?.setAttribute("d", outline(0, Math.min(WHOLE, total - WHOLE)));
  tell(slices, total);
}

/** @param {number} hundredths a share as people write it here */
function written(hundredths) {
  const comma = document.documentElement.lang === "en" ? "." : ",";
  return String(hundredths / PERCENT).replace(".", comma);
}

/** @param {Slice[]} slices @param {number} total */
function tell(slices, total) {
  const percent = `${written(total)}\u00a0%`;
  const sum = document.querySelector("[data-total]");
  if (sum) sum.textContent = percent;
  const words = document.querySelector("[data-balance]");
  const key = total < WHOLE ? "missing" : "tooMuch";
  const share = `${written(Math.abs(WHOLE - total))}\u00a0%`;
  if (words) words.textContent = total === WHOLE ? "" : fill(room?.dataset[key], { share, total: percent });
  for (const slice of slices) {
    const field = document.getElementById(`percent-${slice.key}`);
    if (field instanceof HTMLInputElement && field !== document.activeElement) field.value = written(slice.share);
  }
}

/**
 * What is typed shows in the bread at once.
 * @param {Event} event
 */
export function showTyped(event) {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !field.dataset.shareOf) return;
  const typed = Number(field.value.replace(",", ".").replace(/\s/g, ""));
  if (!Number.isFinite(typed) || typed < 0 || typed > 100) return;
  draw(drawn().map((slice) =>
    slice.key === field.dataset.shareOf ? { ...slice, share: Math.round(typed * PERCENT) } : slice));
}

/**
 * Gives the slice before a handle another share; what the next one cannot give stays.
 * @param {SVGGElement} handle @param {Slice[]} slices @param {number} share
 */
function setShare(handle, slices, share) {
  const slice = slices.find((one) => one.key === handle.dataset.slice);
  const next = slices.find((one) => one.key === handle.dataset.next);
  if (!slice) return;
  const total = slices.reduce((sum, one) => sum + one.share, 0);
  const room = slice.share + (next ? next.share : Math.max(0, WHOLE - total));
  const given = Math.min(Math.max(Math.round(share), 0), room);
  if (next) next.share = room - given;
  slice.share = given;
  handle.setAttribute("aria-valuenow", String(given / PERCENT));
  handle.setAttribute("aria-valuetext", `${written(given)} %`);
  draw(slices);
}

/** @param {SVGGElement} handle @param {Slice[]} slices */
function save(handle, slices) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const { key, share } of slices) {
    if (key === handle.dataset.slice || key === handle.dataset.next) fields[`percent-${key}`] = String(share / PERCENT);
  }
  perform("tokoch/shares", fields, {
    key: `edge/${handle.dataset.slice}`,
    done: () => {
      for (const key of Object.keys(fields)) {
        const field = document.getElementById(key);
        if (field instanceof HTMLInputElement) field.defaultValue = field.value;
      }
    },
  });
}

/** @param {EventTarget | null} target @returns {SVGGElement | null} */
function handleOf(target) {
  return target instanceof Element ? target.closest("#bread .handle") : null;
}

/** @param {PointerEvent} event */
function take(event) {
  const handle = handleOf(event.target);
  if (!handle || event.button !== 0 || !event.isPrimary) return;
  endKeys();
  held = { handle, slices: drawn(), isMoved: false };
  handle.setPointerCapture(event.pointerId);
  pause();
}

/** @param {PointerEvent} event */
function carry(event) {
  const matrix = bread()?.getScreenCTM()?.inverse();
  if (!held || !event.isPrimary || !matrix) return;
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
  const turn = Math.atan2(x, -y) / (2 * Math.PI);
  const at = held.slices.findIndex((slice) => slice.key === held?.handle.dataset.slice);
  const start = held.slices.slice(0, at).reduce((sum, slice) => sum + slice.share, 0);
  const edge = start + held.slices[at].share;
  // The same direction is reached by many turns: the one nearest to where the edge is now.
  const wish = Math.round((edge - turn * WHOLE) / WHOLE) * WHOLE + turn * WHOLE;
  held.isMoved = true;
  setShare(held.handle, held.slices, Math.round((wish - start) / PERCENT) * PERCENT);
}

/** @param {PointerEvent} event */
function letGo(event) {
  if (!held || !event.isPrimary) return;
  const { handle, slices, isMoved } = held;
  held = null;
  if (isMoved) save(handle, slices);
  resume();
}

/** @param {KeyboardEvent} event */
function press(event) {
  const handle = handleOf(event.target);
  if (!handle || event.altKey || event.ctrlKey || event.metaKey) return;
  const step = event.shiftKey ? PERCENT / 10 : PERCENT;
  /** @type {Record<string, number>} */
  const steps = {
    ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -5 * PERCENT, PageUp: 5 * PERCENT,
    Home: -WHOLE, End: WHOLE,
  };
  if (steps[event.key] === undefined) return;
  event.preventDefault();
  if (keyed?.handle !== handle) {
    endKeys();
    keyed = { handle, slices: drawn() };
    pause();
  }
  const slice = keyed.slices.find((one) => one.key === handle.dataset.slice);
  setShare(handle, keyed.slices, (slice?.share ?? 0) + steps[event.key]);
  window.clearTimeout(keyTimer);
  keyTimer = window.setTimeout(endKeys, KEYS_REST_MS);
}

function endKeys() {
  window.clearTimeout(keyTimer);
  if (!keyed) return;
  const { handle, slices } = keyed;
  keyed = null;
  save(handle, slices);
  resume();
}

/** Makes the edges of the slices move. */
export function startBread() {
  const place = document.getElementById("tokoch-bread");
  if (!place) return;
  place.addEventListener("pointerdown", take);
  place.addEventListener("pointermove", carry);
  place.addEventListener("pointerup", letGo);
  place.addEventListener("pointercancel", letGo);
  place.addEventListener("keydown", press);
  window.addEventListener("pagehide", endKeys);
}
