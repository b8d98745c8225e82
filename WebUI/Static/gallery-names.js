// @ts-check
/**
 * Naming columns together: the name can be written over where it stands (a double click, or F2 on "Edit"), and the
 * dialog offers names out of the stickers' own words. Every window shows the new name at once.
 */
import { change } from "./api.js";
import { pause, refresh, resume } from "./live.js";
import { enqueue } from "./outbox.js";

const dialog = document.getElementById("column-dialog");
const title = /** @type {HTMLInputElement | null} */ (document.getElementById("column-title"));
const offers = dialog?.querySelector("[data-suggestions-list]");

/** @param {HTMLElement} column */
function writeOver(column) {
  const heading = column.querySelector("h3");
  if (!heading || column.querySelector(".column-rename")) return;
  const name = column.dataset.name ?? "";
  const input = document.createElement("input");
  input.className = "input column-rename";
  input.value = name;
  input.maxLength = 500;
  input.setAttribute("aria-label", title?.labels?.[0]?.textContent ?? name);
  let isOpen = true;
  pause();

  /** @param {boolean} keeps */
  function end(keeps) {
    if (!isOpen) return;
    isOpen = false;
    const words = input.value.trim().replace(/\s+/g, " ");
    input.remove();
    heading?.removeAttribute("hidden");
    resume();
    if (keeps && words !== "" && words !== name) save(column.dataset.column ?? "", words, heading);
  }

  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") end(true);
    else if (event.key === "Escape") end(false);
    else return;
    event.preventDefault();
    /** @type {HTMLElement | null} */ (column.querySelector("[data-edit-column]"))?.focus();
  });
  input.addEventListener("blur", () => end(true));
  heading.hidden = true;
  heading.after(input);
  input.focus();
  input.select();
}

/** @param {string} id @param {string} words @param {HTMLElement | null} heading */
function save(id, words, heading) {
  if (heading) heading.textContent = words;
  enqueue({
    key: `problem/${id}/title`,
    run: () => change("problem", id, { title: words }),
    done: () => refresh("problem"),
    refused: () => refresh("problem"),
  });
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function columnOf(target) {
  return target instanceof Element ? target.closest("[data-column]") : null;
}

/**
 * Shows what a column's stickers suggest.
 * @param {string} id
 */
export function offerNames(id) {
  if (!offers || !title) return;
  const names = (document.getElementById(`column-${id}`)?.dataset.suggestions ?? "").split("\n")
    .filter((name) => name !== "" && name !== title.value);
  offers.replaceChildren(...names.map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-quiet button-small";
    button.textContent = name;
    button.addEventListener("click", () => {
      title.value = name;
      title.dispatchEvent(new Event("change", { bubbles: true }));
      title.focus();
    });
    return button;
  }));
  offers.parentElement?.toggleAttribute("hidden", names.length === 0);
}

/** Connects the headings of the board. */
export function startNames() {
  const board = document.getElementById("board");
  board?.addEventListener("dblclick", (event) => {
    const heading = event.target instanceof Element ? event.target.closest("h3") : null;
    const column = columnOf(heading);
    if (column) writeOver(column);
  });
  board?.addEventListener("keydown", (event) => {
    const column = columnOf(event.target);
    const isEdit = event.target instanceof Element && event.target.matches("[data-edit-column]");
    if (event.key !== "F2" || !column || !isEdit) return;
    event.preventDefault();
    writeOver(column);
  });
}
