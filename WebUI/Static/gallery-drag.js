// @ts-check
/** Dragging stickers from column to column, or where a new column is made of them. */
import { startBoardDragging } from "./board-drag.js";
import { move, newColumnFrom } from "./gallery-moves.js";

/** @typedef {{id: string, title: string}} Column */

/** @param {(column: Column) => void} nameColumn */
export function startDragging(nameColumn) {
  startBoardDragging({
    lists: "#board [data-stickers], #board [data-new]",
    item: ".sticker",
    column: "#board .column",
    sort: false,
    refreshed: dropLeftovers,
    dropped: (sticker, list, from) => {
      if (list.hasAttribute("data-new")) nameColumn(newColumnFrom(sticker));
      else if (list !== from) move(sticker, list);
    },
  });
}

/** Once the new column has come from the program, the sticker stands in it and no longer where it was dropped. */
function dropLeftovers() {
  for (const sticker of document.querySelectorAll("#board [data-new] > .sticker")) {
    const id = CSS.escape(sticker.getAttribute("data-sticker") ?? "");
    if (document.querySelector(`#board [data-stickers] > [data-sticker="${id}"]`)) sticker.remove();
  }
}
