// @ts-check
/** The gallery by keyboard (board-keys.js). */
import { startBoardKeys } from "./board-keys.js";
import { buttonOf, lists, move, nameOf, say, takeOff } from "./gallery-moves.js";

/** Makes the gallery work by keyboard. */
export function startKeys() {
  startBoardKeys({ lists, buttonOf, move, takeOff, edge: (list) => say("edge", { column: nameOf(list) }) });
}
