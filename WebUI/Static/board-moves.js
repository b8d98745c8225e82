// @ts-check
/** What can be done with the cards of a cause and effect board; dragging, keys and the dialog all come here. */
import { change, create, newId } from "./api.js";
import { refresh } from "./live.js";
import { between, spread } from "./minutes-order.js";
import { enqueue } from "./outbox.js";
import { removeRecord } from "./save-state.js";
import { offerUndo, post } from "./send.js";
import { fill } from "./text.js";

const LAST_POSITION = 1_000_000;

const board = document.getElementById("board");
const status = document.getElementById("board-said");
const waiting = document.getElementById("waiting");

/**
 * Says to a screen reader what happened, with one of the board's texts.
 * @param {"moved" | "added" | "removed" | "merged" | "edge"} what @param {Record<string, string>} values
 */
export function say(what, values) {
  tell(fill(board?.dataset[what], values));
}

/** @param {string} text */
export function tell(text) {
  if (status) status.textContent = text;
}

/** @returns {HTMLElement[]} the columns' lists in the order of the page */
export function lists() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#board [data-cards]"))];
}

/** @param {Element} list @returns {HTMLElement[]} */
export function cardsIn(list) {
  return /** @type {HTMLElement[]} */ ([...list.children]).filter((child) => child.matches("[data-card]"));
}

/** @param {string} id @returns {HTMLElement | null} */
export function cardOf(id) {
  return document.querySelector(`#board [data-card="${CSS.escape(id)}"]`);
}

/** @param {Element} card */
export function textOf(card) {
  return card.querySelector("[data-text]")?.textContent ?? "";
}

/** @param {HTMLElement} list */
export function nameOf(list) {
  return list.closest("section")?.querySelector("h3")?.textContent?.trim() ?? "";
}

/** @param {HTMLElement} card @returns {HTMLButtonElement | null} */
export function buttonOf(card) {
  return card.querySelector(".sticker-text");
}

/** @param {HTMLElement | undefined | null} card */
function positionOf(card) {
  return card ? Number(card.dataset.position ?? 0) : null;
}

/**
 * Writes a card at the end of a column, or under a cause. Returns its id.
 * @param {string} kind @param {string} text @param {string} [parent] @param {() => void} [refused]
 */
export function add(kind, text, parent = "", refused) {
  const list = document.getElementById(`cards-${kind}`);
  const siblings = list ? cardsIn(list).filter((card) => (card.dataset.parent ?? "") === parent) : [];
  const last = Math.max(0, ...siblings.map((card) => positionOf(card) ?? 0), lastAdded.get(`${kind}/${parent}`) ?? 0);
  const position = Math.min(LAST_POSITION, between(last, null) ?? LAST_POSITION);
  lastAdded.set(`${kind}/${parent}`, position);
  const line = document.createElement("li");
  line.textContent = text;
  waiting?.append(line);
  const card = {
    id: newId(), event: board?.dataset.event ?? "", theme: board?.dataset.theme ?? "", kind, text, position,
    parent: parent || null,
  };
  enqueue({
    run: () => create("causeEffect", card),
    done: () => {
      line.remove();
      say("added", { text });
      refresh("causeEffect");
    },
    refused: () => {
      line.remove();
      refused?.();
    },
  });
  return card.id;
}

/** Positions given on this page: whoever types faster than the program answers keeps the order. @type {Map<string, number>} */
const lastAdded = new Map();

/** @param {HTMLElement} card @param {import("./api.js").Fields} fields */
function save(card, fields) {
  const id = card.dataset.card ?? "";
  for (const [name, value] of Object.entries(fields)) {
    if (name !== "kind") card.dataset[name] = String(value ?? "");
  }
  enqueue({
    run: () => change("causeEffect", id, fields),
    done: () => refresh("causeEffect"),
    refused: () => refresh("causeEffect"),
  });
}

/**
 * Carries a card to the end of a column; there it stands by itself.
 * @param {HTMLElement} card @param {HTMLElement} list
 */
export function move(card, list) {
  if (card.parentElement !== list) list.append(card);
  settle(card, list, "");
}

/**
 * A card was put down between two others: it belongs where the next one belongs.
 * @param {HTMLElement} card @param {HTMLElement} list
 */
export function put(card, list) {
  const all = cardsIn(list);
  const next = all[all.indexOf(card) + 1];
  const parent = list.dataset.cards === "cause" && next ? next.dataset.parent ?? "" : "";
  settle(card, list, isBelow(parent, card) ? "" : parent);
}

/**
 * Moves a card one place up or down among those that explain the same.
 * @param {HTMLElement} card @param {number} by
 */
export function step(card, by) {
  const list = card.parentElement;
  if (!list) return;
  const siblings = cardsIn(list).filter((one) => one.dataset.parent === card.dataset.parent);
  const neighbour = siblings[siblings.indexOf(card) + by];
  if (!neighbour) return say("edge", { column: nameOf(list) });
  if (by < 0) neighbour.before(card);
  else neighbour.after(card);
  settle(card, list, card.dataset.parent ?? "");
}

/**
 * Hangs a cause under another one, or lets it stand by itself.
 * @param {HTMLElement} card @param {string} parent
 */
export function hang(card, parent) {
  if (isBelow(parent, card)) return;
  const list = document.getElementById("cards-cause");
  if (!list) return;
  list.append(card);
  settle(card, list, parent);
}

/** Whether a card stands anywhere under another one. @param {string} id @param {HTMLElement} top */
export function isBelow(id, top) {
  const seen = new Set();
  for (let next = id; next && !seen.has(next); next = cardOf(next)?.dataset.parent ?? "") {
    if (next === top.dataset.card) return true;
    seen.add(next);
  }
  return false;
}

/**
 * Saves where a card stands now in its list.
 * @param {HTMLElement} card @param {HTMLElement} list @param {string} parent
 */
function settle(card, list, parent) {
  const kind = list.dataset.cards ?? "";
  const siblings = cardsIn(list).filter((one) => one === card || (one.dataset.parent ?? "") === parent);
  const at = siblings.indexOf(card);
  const position = between(positionOf(siblings[at - 1]), positionOf(siblings[at + 1]));
  if (position === null) {
    const places = spread(siblings.length);
    siblings.forEach((one, index) => {
      if (one !== card && positionOf(one) !== places[index]) save(one, { position: places[index] });
    });
    save(card, { kind, parent: parent || null, position: Math.min(LAST_POSITION, places[at]) });
  } else {
    save(card, { kind, parent: parent || null, position: Math.min(LAST_POSITION, position) });
  }
  say("moved", { text: textOf(card), column: nameOf(list) });
}

/** @param {HTMLElement} card @param {string} text */
export function correct(card, text) {
  if (text === "" || text === textOf(card)) return;
  const shown = card.querySelector("[data-text]");
  if (shown) shown.textContent = text;
  save(card, { text });
}

/**
 * Makes one card of two; the program joins their words, and it can be taken back.
 * @param {HTMLElement} card @param {string} into
 */
export function merge(card, into) {
  const said = fill(board?.dataset.merged, { text: textOf(card) });
  const focus = cardOf(into);
  post(`${location.pathname}/merge`, { card: card.dataset.card ?? "", into }, {
    done: (commit) => {
      refresh("causeEffect");
      tell(said);
      if (commit) offerUndo(commit, said);
    },
    refused: () => refresh("causeEffect"),
  });
  if (focus) buttonOf(focus)?.focus();
}

/**
 * Takes a card off the board, with an offer to undo; the focus goes to its neighbour.
 * @param {HTMLElement} card
 */
export function takeOff(card) {
  const all = card.parentElement ? cardsIn(card.parentElement) : [];
  const at = all.indexOf(card);
  const neighbour = all[at + 1] ?? all[at - 1];
  const hadFocus = card.contains(document.activeElement);
  const said = fill(board?.dataset.removed, { text: textOf(card) });
  card.remove();
  if (hadFocus && neighbour) buttonOf(neighbour)?.focus();
  removeRecord(`causeEffect/${card.dataset.card}`, said);
}
