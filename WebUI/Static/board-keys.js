// @ts-check
/**
 * A board of cards by keyboard: Tab goes from column to column, up and down from card to card, left and right carry
 * the card to the neighbouring column, Enter opens it, Delete takes it off. Where the order of a column matters, Alt
 * with up and down moves the card within it.
 */

/**
 * @typedef {{lists: () => HTMLElement[], buttonOf: (card: HTMLElement) => HTMLElement | null, move: (card: HTMLElement, list: HTMLElement) => void, takeOff: (card: HTMLElement) => void, edge: (list: HTMLElement) => void, step?: (card: HTMLElement, by: number) => void}} Board
 */

/** @param {HTMLElement} list @returns {HTMLElement[]} */
function cardsIn(list) {
  return /** @type {HTMLElement[]} */ ([...list.children]).filter((child) => child.matches(".sticker"));
}

/** @param {KeyboardEvent} event @param {Board} board */
function press(event, board) {
  const card = event.target instanceof Element && event.target.matches(".sticker-text")
    ? event.target.closest(".sticker") : null;
  if (!(card instanceof HTMLElement) || event.ctrlKey || event.metaKey) return;
  const isKnown = event.altKey ? reorder(card, event.key, board) : act(card, event.key, board);
  if (isKnown) event.preventDefault();
}

/** @param {HTMLElement} card @param {string} key @param {Board} board @returns {boolean} whether the key meant something */
function act(card, key, board) {
  const list = card.parentElement;
  if (!list) return false;
  const all = cardsIn(list);
  const at = all.indexOf(card);
  /** @param {HTMLElement | undefined} one */
  const focus = (one) => {
    if (one) board.buttonOf(one)?.focus();
  };
  switch (key) {
    case "ArrowLeft": carry(card, -1, board); break;
    case "ArrowRight": carry(card, 1, board); break;
    case "ArrowUp": focus(all[at - 1]); break;
    case "ArrowDown": focus(all[at + 1]); break;
    case "Home": focus(all[0]); break;
    case "End": focus(all.at(-1)); break;
    case "Delete": board.takeOff(card); break;
    default: return false;
  }
  return true;
}

/** @param {HTMLElement} card @param {string} key @param {Board} board */
function reorder(card, key, board) {
  if (!board.step || (key !== "ArrowUp" && key !== "ArrowDown")) return false;
  board.step(card, key === "ArrowUp" ? -1 : 1);
  board.buttonOf(card)?.focus();
  return true;
}

/** @param {HTMLElement} card @param {number} step @param {Board} board */
function carry(card, step, board) {
  const all = board.lists();
  const from = all.findIndex((list) => list === card.parentElement);
  const to = all[from + step];
  if (!to) return board.edge(all[from]);
  board.move(card, to);
  board.buttonOf(card)?.focus();
  card.scrollIntoView({ block: "nearest" });
}

/**
 * One stop for Tab in each list: the card last used there, else the first.
 * @param {Board} board
 */
function oneStopEach(board) {
  for (const list of board.lists()) {
    const buttons = cardsIn(list).flatMap((card) => board.buttonOf(card) ?? []);
    const stop = buttons.find((button) => button === document.activeElement)
      ?? buttons.find((button) => button.dataset.stop === "true") ?? buttons[0];
    for (const button of buttons) {
      button.tabIndex = button === stop ? 0 : -1;
      button.dataset.stop = String(button === stop);
    }
  }
}

/**
 * Makes the board work by keyboard, and keeps it so after each refresh.
 * @param {Board} board
 */
export function startBoardKeys(board) {
  const element = document.getElementById("board");
  const settle = () => oneStopEach(board);
  element?.addEventListener("keydown", (event) => press(event, board));
  element?.addEventListener("focusin", settle);
  element?.addEventListener("live:updated", settle);
  settle();
}
