// @ts-check
/**
 * Dragging stickers with mouse and finger. SortableJS draws the dragged sticker itself (`forceFallback`), so that it
 * looks and works the same everywhere; a finger has to rest a moment first, or the page could not be scrolled.
 */
import { pause, resume } from "./live.js";
import { move, newColumnFrom } from "./gallery-moves.js";

const FINGER_RESTS_MS = 180;

/** @typedef {{item: HTMLElement, from: HTMLElement, to: HTMLElement, originalEvent?: Event}} Drop */
/** @typedef {{id: string, title: string}} Column */

/** @type {WeakSet<Element>} */
const ready = new WeakSet();
let isDragging = false;

/** @param {(column: Column) => void} nameColumn */
export function startDragging(nameColumn) {
  const Sortable = /** @type {any} */ (window).Sortable;
  if (!Sortable) return;
  /** @param {Drop} drop */
  const end = (drop) => {
    document.body.classList.remove("is-dragging");
    const list = listUnder(drop.originalEvent) ?? drop.to;
    if (drop.item.parentElement !== list) list.append(drop.item);
    if (list.hasAttribute("data-new")) nameColumn(newColumnFrom(drop.item));
    else if (list !== drop.from) move(drop.item, list);
    // The click that ends the drag comes right after it and must not open the sticker.
    window.setTimeout(() => {
      isDragging = false;
      resume();
    });
  };
  const options = {
    group: "stickers",
    draggable: ".sticker",
    sort: false,
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
    for (const list of document.querySelectorAll("#board [data-stickers], #board [data-new]")) {
      if (ready.has(list)) continue;
      ready.add(list);
      Sortable.create(list, options);
    }
    dropLeftovers();
  };
  watch();
  document.addEventListener("live:updated", watch);
  document.addEventListener("click", swallow, true);
}

/**
 * The stickers' list of the column under the pointer: its heading and its foot are the column too, and the list the
 * sticker was last dragged across is not where the person let it go.
 * @param {Event | undefined} event @returns {HTMLElement | null}
 */
function listUnder(event) {
  const point = event && "changedTouches" in event
    ? /** @type {TouchEvent} */ (event).changedTouches[0]
    : /** @type {MouseEvent | undefined} */ (event);
  if (!point || point.clientX === undefined) return null;
  const column = document.elementFromPoint(point.clientX, point.clientY)?.closest("#board .column");
  return column?.querySelector("[data-stickers], [data-new]") ?? null;
}

/** A phone scrolls back to an input that has the focus as soon as a drag begins: let it go first. */
function leaveInput() {
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
}

/** Once the new column has come from the program, the sticker stands in it and no longer where it was dropped. */
function dropLeftovers() {
  for (const sticker of document.querySelectorAll("#board [data-new] > .sticker")) {
    const id = CSS.escape(sticker.getAttribute("data-sticker") ?? "");
    if (document.querySelector(`#board [data-stickers] > [data-sticker="${id}"]`)) sticker.remove();
  }
}

/** @param {Event} event */
function swallow(event) {
  const isSticker = event.target instanceof Element && event.target.closest(".sticker");
  if (!isDragging || !isSticker) return;
  event.preventDefault();
  event.stopPropagation();
}
