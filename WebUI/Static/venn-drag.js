// @ts-check
/**
 * Circles under mouse, finger and arrow keys. Where a circle is let go its place goes to the program, which reads what
 * it is to the others there. Near another circle's edge it jumps to it: touching is one exact distance.
 */
import { pause, resume } from "./live.js";
import { perform } from "./methods.js";
import { removeRecord } from "./save-state.js";

/** @typedef {{choose: (id: string) => void, resize: (id: string, size: string) => void}} Hands */
/** @typedef {{x: number, y: number}} Point */

const STEP = 20;
const FINE_STEP = 4;
const KEYS_REST_MS = 500;
/** What a hand that only wanted to press moves, in pixels. */
const TREMOR = 5;
const SIZES = ["small", "medium", "large"];

const room = document.getElementById("venn-room");
const snap = Number(room?.dataset.snap ?? 0);

/** The circle under the hand: where the hand took hold of it. @type {{circle: SVGGElement, grip: Point, start: Point, isMoved: boolean} | null} */
let held = null;
/** The circle that the arrow keys are moving. @type {SVGGElement | null} */
let keyed = null;
let keyTimer = 0;

/** @param {EventTarget | null} target @returns {SVGGElement | null} */
function circleOf(target) {
  return target instanceof Element ? target.closest("#venn-svg [data-institution]") : null;
}

/** @param {SVGGElement} circle @returns {Point & {radius: number}} */
function placeOf(circle) {
  return { x: Number(circle.dataset.x), y: Number(circle.dataset.y), radius: Number(circle.dataset.radius) };
}

/** @param {SVGGElement} circle @param {Point} point */
function moveTo(circle, point) {
  const frame = /** @type {SVGSVGElement} */ (circle.ownerSVGElement).viewBox.baseVal;
  const x = Math.min(Math.max(point.x, frame.x), frame.x + frame.width);
  const y = Math.min(Math.max(point.y, frame.y), frame.y + frame.height);
  circle.dataset.x = String(Math.round(x * 10) / 10);
  circle.dataset.y = String(Math.round(y * 10) / 10);
  const name = document.querySelector(`#venn-svg [data-name-of="${CSS.escape(circle.dataset.institution ?? "")}"]`);
  for (const part of [circle, name]) part?.setAttribute("transform", `translate(${circle.dataset.x} ${circle.dataset.y})`);
}

/**
 * The nearest place at which the circle touches another one, or the place itself.
 * @param {SVGGElement} circle @param {Point} point @returns {Point}
 */
function snapped(circle, point) {
  const { radius } = placeOf(circle);
  let nearest = snap;
  let found = point;
  for (const other of document.querySelectorAll("#venn-svg [data-institution]")) {
    if (other === circle || !(other instanceof SVGGElement)) continue;
    const place = placeOf(other);
    const [dx, dy] = [point.x - place.x, point.y - place.y];
    const distance = Math.hypot(dx, dy);
    const sum = radius + place.radius;
    if (distance < 1 || Math.abs(distance - sum) >= nearest) continue;
    nearest = Math.abs(distance - sum);
    found = { x: place.x + dx / distance * sum, y: place.y + dy / distance * sum };
  }
  circle.classList.toggle("is-touching", found !== point);
  return found;
}

/** @param {SVGGElement} circle */
function save(circle) {
  const { x, y } = placeOf(circle);
  const institution = circle.dataset.institution ?? "";
  perform("venn/place", { drawnBy: room?.dataset.drawnBy ?? "", institution, x, y }, { key: `place/${institution}` });
}

/** @param {PointerEvent} event @returns {Point} where the pointer is in the diagram */
function pointOf(event) {
  const svg = /** @type {SVGSVGElement | null} */ (document.querySelector("#venn-svg"));
  const matrix = svg?.getScreenCTM()?.inverse();
  const point = new DOMPoint(event.clientX, event.clientY);
  return matrix ? point.matrixTransform(matrix) : point;
}

/** @param {PointerEvent} event */
function take(event) {
  const circle = circleOf(event.target);
  if (!circle || event.button !== 0 || !event.isPrimary) return;
  endKeys();
  const [point, place] = [pointOf(event), placeOf(circle)];
  held = {
    circle, grip: { x: place.x - point.x, y: place.y - point.y }, start: { x: event.clientX, y: event.clientY },
    isMoved: false,
  };
  circle.setPointerCapture(event.pointerId);
}

/** @param {PointerEvent} event */
function carry(event) {
  if (!held || !event.isPrimary) return;
  if (!held.isMoved) {
    if (Math.hypot(event.clientX - held.start.x, event.clientY - held.start.y) < TREMOR) return;
    held.isMoved = true;
    held.circle.classList.add("is-held");
    pause();
  }
  const point = pointOf(event);
  moveTo(held.circle, snapped(held.circle, { x: point.x + held.grip.x, y: point.y + held.grip.y }));
}

/** @param {PointerEvent} event */
function letGo(event) {
  if (!held || !event.isPrimary) return;
  const { circle, isMoved } = held;
  held = null;
  circle.classList.remove("is-held", "is-touching");
  if (!isMoved) return;
  save(circle);
  resume();
}

/** @param {KeyboardEvent} event @param {Hands} hands */
function press(event, hands) {
  const circle = circleOf(event.target);
  if (!circle || event.altKey || event.ctrlKey || event.metaKey) return;
  const id = circle.dataset.institution ?? "";
  const step = event.shiftKey ? FINE_STEP : STEP;
  switch (event.key) {
    case "ArrowLeft": push(circle, -step, 0); break;
    case "ArrowRight": push(circle, step, 0); break;
    case "ArrowUp": push(circle, 0, -step); break;
    case "ArrowDown": push(circle, 0, step); break;
    case "+": case "=": grow(circle, 1, hands); break;
    case "-": grow(circle, -1, hands); break;
    case "Enter": case " ": hands.choose(id); break;
    case "Delete": removeRecord(`institution/${id}`, room?.dataset.removed ?? ""); break;
    default: return;
  }
  event.preventDefault();
}

/** @param {SVGGElement} circle @param {number} dx @param {number} dy */
function push(circle, dx, dy) {
  if (keyed !== circle) {
    endKeys();
    keyed = circle;
    pause();
  }
  const { x, y } = placeOf(circle);
  moveTo(circle, { x: x + dx, y: y + dy });
  window.clearTimeout(keyTimer);
  keyTimer = window.setTimeout(endKeys, KEYS_REST_MS);
}

/** The arrow keys rest: what they moved is where it should be. */
function endKeys() {
  window.clearTimeout(keyTimer);
  if (!keyed) return;
  const circle = keyed;
  keyed = null;
  save(circle);
  resume();
}

/** @param {SVGGElement} circle @param {number} by @param {Hands} hands */
function grow(circle, by, hands) {
  endKeys();
  const select = document.querySelector(`select[data-size="${CSS.escape(circle.dataset.institution ?? "")}"]`);
  const size = select instanceof HTMLSelectElement ? SIZES.indexOf(select.value) + by : -1;
  if (SIZES[size]) hands.resize(circle.dataset.institution ?? "", SIZES[size]);
}

/** A circle that was drawn anew keeps the focus. */
let focused = "";

/** @param {FocusEvent} event */
function remember(event) {
  focused = circleOf(event.target)?.id ?? "";
}

function restore() {
  const isLost = document.activeElement === null || document.activeElement === document.body;
  const circle = focused && isLost ? document.getElementById(focused) : null;
  if (circle instanceof Element) /** @type {any} */ (circle).focus({ preventScroll: true });
}

/**
 * Makes the circles move.
 * @param {Hands} hands
 */
export function startDragging(hands) {
  const sheet = document.getElementById("venn-diagram");
  if (!sheet) return;
  sheet.addEventListener("pointerdown", take);
  sheet.addEventListener("pointermove", carry);
  sheet.addEventListener("pointerup", letGo);
  sheet.addEventListener("pointercancel", letGo);
  sheet.addEventListener("keydown", (event) => press(event, hands));
  sheet.addEventListener("live:updated", restore);
  document.addEventListener("focusin", remember);
  window.addEventListener("pagehide", endKeys);
  // On a small screen the middle of the diagram is seen first.
  const frame = sheet.parentElement;
  if (frame) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
}
