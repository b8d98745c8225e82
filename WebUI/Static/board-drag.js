// @ts-check
/**
 * Dragging cards of a board with mouse and finger. SortableJS draws the dragged card itself (`forceFallback`), so that
 * it looks and works the same everywhere; a finger has to rest a moment first, or the page could not be scrolled.
 */
import { pause, resume } from "./live.js";

const FINGER_RESTS_MS = 180;

/** @typedef {{item: HTMLElement, from: HTMLElement, to: HTMLElement, originalEvent?: Event}} Drop */
/**
 * `lists` are found anew after each refresh; `sort` lets a card be put between two others; `dropped` is told where the
 * hand let go.
 * @typedef {{lists: string, item: string, column: string, sort: boolean, refreshed?: () => void, dropped: (item: HTMLElement, list: HTMLElement, from: HTMLElement) => void}} Board
 */

/** @type {WeakSet<Element>} */
const ready = new WeakSet();
let isDragging = false;

/** @param {Board} board */
export function startBoardDragging(board) {
  const Sortable = /** @type {any} */ (window).Sortable;
  if (!Sortable) return;
  /** @param {Drop} drop */
  const end = (drop) => {
    document.body.classList.remove("is-dragging");
    const list = listUnder(drop.originalEvent, board) ?? drop.to;
    if (drop.item.parentElement !== list) list.append(drop.item);
    board.dropped(drop.item, list, drop.from);
    // The click that ends the drag comes right after it and must not open the card.
    window.setTimeout(() => {
      isDragging = false;
      resume();
    });
  };
  const options = {
    group: "board",
    draggable: board.item,
    sort: board.sort,
    animation: 120,
    delay: FINGER_RESTS_MS,
    delayOnTouchOnly: true,
    touchStartThreshold: 6,
    forceFallback: true,
    fallbackOnBody: true,
    fallbackTolerance: 5,
    scrollSensitivity: 90,
    scrollSpeed: 14,
    ghostClass: "is-gap",
    dragClass: "is-in-hand",
    onChoose: leaveInput,
    onStart: () => {
      isDragging = true;
      document.body.classList.add("is-dragging");
      pause();
    },
    onEnd: end,
  };
  const watch = () => {
    for (const list of document.querySelectorAll(board.lists)) {
      if (ready.has(list)) continue;
      ready.add(list);
      Sortable.create(list, options);
    }
    board.refreshed?.();
  };
  watch();
  document.addEventListener("live:updated", watch);
  document.addEventListener("click", (event) => swallow(event, board.item), true);
}

/**
 * The list of the column under the pointer: its heading and its foot are the column too, and the list the card was
 * last dragged across is not where the person let it go.
 * @param {Event | undefined} event @param {Board} board @returns {HTMLElement | null}
 */
function listUnder(event, board) {
  const point = event && "changedTouches" in event
    ? /** @type {TouchEvent} */ (event).changedTouches[0]
    : /** @type {MouseEvent | undefined} */ (event);
  if (!point || point.clientX === undefined) return null;
  const column = document.elementFromPoint(point.clientX, point.clientY)?.closest(board.column);
  const lists = [...document.querySelectorAll(board.lists)];
  const list = lists.find((one) => column?.contains(one));
  return list instanceof HTMLElement ? list : null;
}

/** A phone scrolls back to an input that has the focus as soon as a drag begins: let it go first. */
function leaveInput() {
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
}

/** @param {Event} event @param {string} item */
function swallow(event, item) {
  if (!isDragging || !(event.target instanceof Element) || !event.target.closest(item)) return;
  event.preventDefault();
  event.stopPropagation();
}
