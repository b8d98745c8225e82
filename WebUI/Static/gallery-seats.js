// @ts-check
/**
 * Whose stickers are being typed: where they come in by person, each belongs to a seat's number (never a name), and
 * after its fifth sticker the line goes on to the next. Left empty, stickers have no seat.
 */
import { say } from "./gallery-moves.js";

const summary = document.getElementById("gallery-summary");
const field = /** @type {HTMLInputElement | null} */ (document.getElementById("author"));
const shown = document.getElementById("seat-count");
const each = Number(summary?.dataset.each);

/** Stickers typed here that the page's own count does not hold yet, and their seats. @type {Map<string, number>} */
const typed = new Map();

/** What the page says each seat has, "1:5 2:3". @param {number} seat */
function stored(seat) {
  const found = (summary?.dataset.seats ?? "").split(" ").find((one) => one.startsWith(`${seat}:`));
  return Number(found?.split(":")[1] ?? 0);
}

/** @param {number} seat */
function count(seat) {
  // The page is drawn with a sticker and the count that holds it at once.
  for (const id of typed.keys()) if (document.querySelector(`[data-sticker="${id}"]`)) typed.delete(id);
  return stored(seat) + [...typed.values()].filter((one) => one === seat).length;
}

/** The number in the field; null where it is empty or no number. @returns {number | null} */
function seat() {
  const number = Number(field?.value.trim());
  return Number.isInteger(number) && number > 0 ? number : null;
}

function show() {
  const own = seat();
  if (shown) shown.textContent = own === null ? "" : `${count(own)}/${each}`;
}

/**
 * The seat of a sticker that is being typed, which counts from now on. After its last one the line goes on to the next
 * seat that has none: another clerk's, or a phone's, is somebody else's.
 * @param {string} sticker its id @returns {{seat: number | null, next: number | null}}
 */
export function takeSeat(sticker) {
  const own = seat();
  if (own === null || !field) return { seat: null, next: null };
  typed.set(sticker, own);
  let next = null;
  if (count(own) >= each) {
    next = own + 1;
    while (count(next) > 0) next += 1;
    field.value = String(next);
    field.classList.add("is-new");
    field.addEventListener("animationend", () => field.classList.remove("is-new"), { once: true });
  }
  show();
  return { seat: own, next };
}

/**
 * A sticker that was refused takes no place at its seat; it is typed again for the same one.
 * @param {string} sticker
 */
export function giveSeatBack(sticker) {
  const own = typed.get(sticker);
  typed.delete(sticker);
  if (own !== undefined && field) field.value = String(own);
  show();
}

/**
 * Says that a sticker was added, and whose come next where it was somebody's last.
 * @param {string} text @param {{seat: number | null, next: number | null}} taken
 */
export function sayAdded(text, { seat: own, next }) {
  if (own === null || next === null) say("added", { text });
  else say("addedLast", { text, seat: String(own), count: String(each), next: String(next) });
}

/** Whether the seat's field holds a number or nothing; what is wrong with it is said there. */
export function checkSeat() {
  return field?.reportValidity() ?? true;
}

/** Keeps the count beside the field true. */
export function startSeats() {
  field?.addEventListener("input", show);
  document.addEventListener("live:updated", show);
  show();
}
