// @ts-check
/** The programme of a session: adds items, changes their order; the rest saves itself (fields.js). */
import "./fields.js";
import { change, create, newId } from "./api.js";
import { refresh } from "./live.js";
import { enqueue } from "./outbox.js";

const form = document.getElementById("agenda-entry");

/** @returns {HTMLElement[]} */
function rows() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-agenda] tbody tr"))];
}

/** @param {HTMLElement} row */
function positionOf(row) {
  return Number(row.dataset.position ?? 0);
}

/** @param {MouseEvent} event */
function step(event) {
  const button = event.target instanceof Element ? event.target.closest("[data-step]") : null;
  const row = button?.closest("tr");
  if (!(button instanceof HTMLElement) || !row) return;
  const list = rows();
  const from = list.indexOf(row);
  const to = from + Number(button.dataset.step);
  if (to < 0 || to >= list.length) return;
  list.splice(to, 0, ...list.splice(from, 1));
  if (to > from) list[to - 1].after(row);
  else list[to + 1].before(row);
  button.focus();
  number(list);
}

/**
 * Gives the rows the positions 1, 2, 3 … and saves those that changed.
 * @param {HTMLElement[]} list
 */
function number(list) {
  list.forEach((row, index) => {
    const position = index + 1;
    const id = row.dataset.item ?? "";
    if (positionOf(row) === position) return;
    row.dataset.position = String(position);
    enqueue({
      key: `agendaItem/${id}/position`,
      run: () => change("agendaItem", id, { position }),
      done: () => refresh("agendaItem"),
    });
  });
}

/** @param {SubmitEvent} event */
function add(event) {
  if (!(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  const typed = new FormData(form);
  const title = String(typed.get("title") ?? "").trim();
  if (title === "") return;
  const minutes = String(typed.get("minutes") ?? "");
  const method = String(typed.get("method") ?? "");
  const item = {
    id: newId(),
    event: form.dataset.event ?? "",
    position: Math.max(0, ...rows().map(positionOf)) + 1,
    title,
    ...(minutes !== "" && { minutes: Number(minutes) }),
    ...(method !== "" && { method }),
  };
  enqueue({
    run: () => create("agendaItem", item),
    done: () => refresh("agendaItem"),
    refused: () => {
      const input = form.elements.namedItem("title");
      if (input instanceof HTMLInputElement && input.value === "") input.value = title;
    },
  });
  form.reset();
  form.querySelector("input")?.focus();
}

document.addEventListener("click", step);
form?.addEventListener("submit", add);
document.querySelector("[data-no-submit]")?.addEventListener("submit", (event) => event.preventDefault());
