// @ts-check
/** The line of inputs of the registration: reads, checks and fills it; no network here. */

/** @typedef {import("./api.js").Fields & {fullName: string}} PersonFields */
/** @typedef {{input: string, message: string}} Problem */
/** @typedef {{person: string, role: string, fields: PersonFields, problem: Problem | null}} Entry */

const OLDEST = 120;
const EARLIEST_BIRTH = 1900;

/** @param {HTMLFormElement} form @param {string} name */
function text(form, name) {
  const control = form.elements.namedItem(name);
  if (control instanceof RadioNodeList) return control.value;
  return control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? control.value.trim() : "";
}

/** @param {HTMLFormElement} form @returns {Entry} */
export function readEntry(form) {
  const typedAge = text(form, "age");
  const age = readAge(typedAge, form.dataset.ageAsOf ?? "");
  const fullName = text(form, "fullName").replace(/\s+/g, " ");
  const sex = text(form, "sex");
  /** @type {Problem | null} */
  let problem = null;
  if (fullName === "") problem = { input: "fullName", message: form.dataset.noName ?? "" };
  else if (sex === "") problem = { input: "sex", message: form.dataset.noSex ?? "" };
  else if (!age) problem = { input: "age", message: form.dataset.badAge ?? "" };
  return {
    person: text(form, "person"),
    role: text(form, "role"),
    problem,
    fields: {
      fullName,
      sex,
      ...age,
      street: text(form, "street") || null,
      occupation: text(form, "occupation") || null,
      contact: text(form, "contact") || null,
    },
  };
}

/**
 * "34" is an age on the day of the session, "1990" a year of birth, nothing is allowed, anything else is null.
 * @param {string} typed @param {string} asOf YYYY-MM-DD @returns {import("./api.js").Fields | null}
 */
function readAge(typed, asOf) {
  if (typed === "") return {};
  if (!/^\d{1,4}$/.test(typed)) return null;
  const number = Number(typed);
  if (number <= OLDEST) return { age: number, ageAsOf: asOf };
  const isYear = number >= EARLIEST_BIRTH && number <= Number(asOf.slice(0, 4));
  return isYear ? { birthYear: number } : null;
}

/**
 * Puts what is known of a person into the line; what is not known stays empty.
 * @param {HTMLFormElement} form @param {import("./api.js").Fields} person
 */
export function fillFrom(form, person) {
  const age = person.birthYear ?? (person.ageAsOf === form.dataset.ageAsOf ? person.age : ageNow(form, person));
  /** @type {import("./api.js").Fields} */
  const values = { ...person, age: age ?? null };
  for (const name of ["fullName", "age", "street", "occupation", "contact"]) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement) control.value = String(values[name] ?? "");
  }
  const sex = form.elements.namedItem("sex");
  if (sex instanceof RadioNodeList) sex.value = String(person.sex ?? "");
}

/**
 * An age taken at an earlier meeting has grown since.
 * @param {HTMLFormElement} form @param {import("./api.js").Fields} person
 */
function ageNow(form, person) {
  if (typeof person.age !== "number" || typeof person.ageAsOf !== "string") return person.age;
  return person.age + Number((form.dataset.ageAsOf ?? "").slice(0, 4)) - Number(person.ageAsOf.slice(0, 4));
}

/**
 * Says what is wrong under its input and goes there; null takes every message away.
 * @param {HTMLFormElement} form @param {Problem | null} problem
 */
export function showProblem(form, problem) {
  for (const name of ["fullName", "sex", "age"]) {
    const message = document.getElementById(`${name}-error`);
    const input = document.getElementById(name);
    const isWrong = problem?.input === name;
    if (message) message.textContent = isWrong ? problem.message : "";
    input?.closest(".field")?.classList.toggle("has-error", isWrong);
    if (isWrong) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
  }
  if (!problem) return;
  const target = document.getElementById(problem.input);
  (target instanceof HTMLFieldSetElement ? target.querySelector("input") : target)?.focus();
}

/**
 * One key chooses the sex and goes on to the age: а or э in Kyrgyz, ж or м in Russian, f or m.
 * @param {HTMLFormElement} form
 */
export function startSexKeys(form) {
  const group = document.getElementById("sex");
  group?.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.altKey || event.metaKey || key.trim().length !== 1) return;
    const value = (group.dataset.female ?? "").split(" ").includes(key) ? "female"
      : (group.dataset.male ?? "").split(" ").includes(key) ? "male" : "";
    if (value === "") return;
    event.preventDefault();
    const sex = form.elements.namedItem("sex");
    if (sex instanceof RadioNodeList) sex.value = value;
    const age = form.elements.namedItem("age");
    if (age instanceof HTMLInputElement) age.focus();
  });
}
