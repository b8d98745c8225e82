// @ts-check
/**
 * The Venn diagram: circles moved by hand (venn-drag.js) or by list. The program reads from where the circles lie what
 * they are to each other, and finds the places for what is set by list; nothing of that is done here.
 */
import "./fields.js";
import { change } from "./api.js";
import { refresh } from "./live.js";
import { fieldsOf, perform, say } from "./methods.js";
import { enqueue } from "./outbox.js";
import { startDragging } from "./venn-drag.js";

/** @typedef {import("./api.js").Fields} Fields */

const room = document.getElementById("venn-room");
const relate = /** @type {HTMLFormElement | null} */ (document.getElementById("venn-relate"));
const add = /** @type {HTMLFormElement | null} */ (document.getElementById("venn-add"));
const question = document.getElementById("venn-question");

/** What waits for an answer to the question. @type {{action: string, fields: Fields} | null} */
let asked = null;

/** @param {string} action @param {Fields} fields */
function ask(action, fields) {
  asked = null;
  hideQuestion();
  perform(action, { drawnBy: room?.dataset.drawnBy ?? "", ...fields }, {
    stopped: (answer) => {
      asked = answer.question ? { action, fields } : null;
      showQuestion(answer.question ?? answer.problem ?? "");
    },
  });
}

/** @param {string} words */
function showQuestion(words) {
  if (!question) return;
  const text = question.querySelector("[data-question]");
  if (text) text.textContent = words;
  question.querySelector("[data-anyway]")?.toggleAttribute("hidden", asked === null);
  question.hidden = false;
  question.scrollIntoView({ block: "nearest" });
}

function hideQuestion() {
  if (question) question.hidden = true;
}

/** @param {SubmitEvent} event */
function setRelation(event) {
  event.preventDefault();
  if (!relate) return;
  if (event.submitter?.hasAttribute("data-anyway") && asked) {
    ask(asked.action, { ...asked.fields, anyway: true });
    return;
  }
  const { first, second, relation } = fieldsOf(relate, null);
  ask("venn/relation", { first, second, relation });
}

/** @param {SubmitEvent} event */
function addInstitution(event) {
  event.preventDefault();
  if (!add) return;
  const field = /** @type {HTMLInputElement} */ (add.elements.namedItem("name"));
  const error = document.getElementById("venn-name-error");
  if (error) error.hidden = true;
  field.removeAttribute("aria-invalid");
  const name = field.value;
  const back = () => {
    if (field.value === "") field.value = name;
    field.setAttribute("aria-invalid", "true");
  };
  perform("venn/institutions", fieldsOf(add, null), {
    stopped: (answer) => {
      back();
      if (!error) return;
      error.textContent = answer.problem;
      error.hidden = false;
      say(answer.problem ?? "");
    },
    refused: back,
  });
  field.value = "";
  field.focus();
}

/** @param {Event} event */
function changeSize(event) {
  const select = event.target;
  if (select instanceof Element && select.closest("#venn-relate")) hideQuestion();
  if (!(select instanceof HTMLSelectElement)) return;
  if (!select.dataset.size) return;
  ask("venn/size", { institution: select.dataset.size, importance: select.value });
}

/** What was chosen and not done, and what came from another window, shows as it is. */
function followSizes() {
  for (const select of document.querySelectorAll("select[data-size]")) {
    if (!(select instanceof HTMLSelectElement)) continue;
    const option = [...select.options].find((one) => one.hasAttribute("selected"));
    if (option && select.value !== option.value) select.value = option.value;
  }
}

/** @param {string} first @param {string} [second] @param {string} [relation] */
function choose(first, second, relation) {
  if (!relate) return;
  const [one, other] = ["first", "second"].map((name) =>
    /** @type {HTMLSelectElement} */ (relate.elements.namedItem(name)));
  const words = /** @type {RadioNodeList} */ (relate.elements.namedItem("relation"));
  one.value = first;
  if (second) other.value = second;
  else if (other.value === first) other.value = [...other.options].find((option) => option.value !== first)?.value ?? "";
  if (relation) words.value = relation;
  hideQuestion();
  const word = [...words].find((radio) => radio instanceof HTMLInputElement && radio.checked);
  if (second && word instanceof HTMLElement) word.focus();
  else other.focus();
  relate.scrollIntoView({ block: "nearest" });
}

/** @param {MouseEvent} event */
function click(event) {
  const pressed = event.target instanceof Element ? event.target.closest("button") : null;
  if (!pressed) return;
  const { first, second, relation, rename, name } = pressed.dataset;
  if (first && second) choose(first, second, relation);
  if (rename && name) {
    const [entity, id] = rename.split("/");
    enqueue({ run: () => change(entity, id, { name }), done: () => refresh(entity), refused: () => refresh(entity) });
  }
}

if (room && relate && add) {
  relate.addEventListener("submit", setRelation);
  add.addEventListener("submit", addInstitution);
  document.addEventListener("change", changeSize);
  document.addEventListener("click", click);
  document.addEventListener("live:updated", followSizes);
  startDragging({ choose, resize: (institution, importance) => ask("venn/size", { institution, importance }) });
}
