// @ts-check
/**
 * Whose stickers are being typed: where they come in by person, each belongs to a seat's number (never a name), and
 * after its fifth sticker the line goes on to the next seat. Left empty, stickers have no seat.
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
 * The seat of a sticker that is being typed, which counts from now on.
 * @param {string} sticker its id @returns {number | null}
 */
export function takeSeat(sticker) {
  const own = seat();
  if (own === null || !field) return null;
  typed.set(sticker, own);
  if (count(own) >= each) {
    let next = own + 1;
    while (count(next) >= each) next += 1;
    field.value = String(next);
    say("nextSeat", { seat: String(own), count: String(count(own)), next: String(next) });
  }
  show();
  return own;
}

/**
 * A sticker that was refused takes no place at its seat.
 * @param {string} sticker
 */
export function giveSeatBack(sticker) {
  typed.delete(sticker);
  show();
}

/** Keeps the count beside the field true. */
export function startSeats() {
  field?.addEventListener("input", show);
  document.addEventListener("live:updated", show);
  show();
}
