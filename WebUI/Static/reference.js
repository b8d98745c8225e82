// @ts-check
/**
 * Choosing another record by typing a part of its name (ARIA combobox with a list).
 *
 *   <div class="reference" data-entity="person" data-none="nothing found">
 *     <input type="hidden" name="person" value="id">
 *     <input class="input" name="person.text" value="title">
 *   </div>
 *
 * Without this script the typed name goes to the server, which finds the record or asks again. An element added
 * later is taken up by `enhance`.
 */
const DEBOUNCE_MS = 150;

/** @typedef {{entity: string, id: string, title: string, detail?: string}} Found */

let counter = 0;

/** @param {ParentNode} scope */
export function enhance(scope = document) {
  for (const box of scope.querySelectorAll(".reference[data-entity]:not([data-ready])")) {
    if (box instanceof HTMLElement) combobox(box);
  }
}

/** @param {HTMLElement} box */
function combobox(box) {
  const hidden = /** @type {HTMLInputElement} */ (box.querySelector("input[type=hidden]"));
  const input = /** @type {HTMLInputElement} */ (box.querySelector("input:not([type=hidden])"));
  const list = document.createElement("ul");
  /** @type {Found[]} */
  let found = [];
  let active = -1;
  let timer = 0;
  let question = 0;

  box.dataset.ready = "";
  list.className = "suggestions";
  list.id = `suggestions-${(counter += 1)}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.label ?? "");
  list.hidden = true;
  box.append(list);
  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const close = () => {
    window.clearTimeout(timer);
    question += 1;
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  /** @param {Found} choice */
  const choose = (choice) => {
    hidden.value = choice.id;
    input.value = choice.title;
    close();
    box.dispatchEvent(new CustomEvent("reference:chosen", { bubbles: true, detail: choice }));
  };

  /** @param {number} index */
  const point = (index) => {
    active = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = list.children[index];
    if (!item) return;
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };

  const ask = async () => {
    const mine = (question += 1);
    const text = input.value.trim();
    if (text === "") return close();
    found = await search(box.dataset.entity ?? "", text);
    if (mine !== question) return;
    list.replaceChildren(...options(found, list.id, box.dataset.none ?? ""));
    list.hidden = list.childElementCount === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };

  input.addEventListener("input", () => {
    hidden.value = "";
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, DEBOUNCE_MS);
  });
  input.addEventListener("keydown", (event) => {
    const last = found.length - 1;
    if (event.key === "ArrowDown" && list.hidden) void ask();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") point(active >= last ? 0 : active + 1);
    else if (event.key === "ArrowUp") point(active <= 0 ? last : active - 1);
    else if (event.key === "Enter" && found[active]) choose(found[active]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  // The list is pressed before the input loses focus, so the press must not take the focus away.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    const choice = item && found[[...list.children].indexOf(item)];
    if (choice) choose(choice);
  });
  input.addEventListener("blur", close);
}

/** @param {string} entity @param {string} text @returns {Promise<Found[]>} */
async function search(entity, text) {
  try {
    // In the body: what is typed here may be a name, and a name does not belong into an address.
    const response = await fetch("/api/v1/search", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-Ashar": "1" },
      body: JSON.stringify({ entity, q: text }),
    });
    return response.ok ? (await response.json()).results : [];
  } catch {
    return [];
  }
}

/** @param {Found[]} found @param {string} listId @param {string} none @returns {HTMLElement[]} */
function options(found, listId, none) {
  if (found.length === 0 && none) {
    const item = document.createElement("li");
    item.textContent = none;
    item.className = "suggestions-none";
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    return [item];
  }
  return found.map(({ title, detail }, index) => {
    const item = document.createElement("li");
    item.id = `${listId}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(title);
    if (detail) {
      const small = document.createElement("small");
      small.textContent = detail;
      item.append(small);
    }
    return item;
  });
}

enhance();
