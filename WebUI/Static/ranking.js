// @ts-check
/**
 * Merging similar problems: says how many are chosen and proposes the name of the one with the most votes.
 * The merge itself is a plain form; the program keeps who did it, when and why.
 */
import { fill } from "./text.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("merge"));
const count = document.getElementById("merge-count");
const title = /** @type {HTMLInputElement | null} */ (document.getElementById("title"));

/** The name this script proposed last; one that a person typed is never touched. */
let proposed = "";

/** @returns {HTMLInputElement[]} */
function chosen() {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=part]:checked"))];
}

function show() {
  if (!form || !count || !title) return;
  const boxes = chosen();
  form.classList.toggle("has-chosen", boxes.length > 0);
  count.textContent = boxes.length < 2 ? form.dataset.none ?? "" : fill(form.dataset.chosen, { count: boxes.length });
  if (title.value !== "" && title.value !== proposed) return;
  proposed = boxes[0]?.dataset.name ?? "";
  title.value = proposed;
}

/** @param {SubmitEvent} event */
function check(event) {
  if (chosen().length >= 2) return;
  event.preventDefault();
  show();
  count?.classList.add("field-error");
  document.querySelector("input[name=part]")?.scrollIntoView({ block: "center" });
}

if (form) {
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "part") {
      count?.classList.remove("field-error");
      show();
    }
  });
  document.addEventListener("live:updated", show);
  form.addEventListener("submit", check);
  show();
}
