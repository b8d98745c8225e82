// @ts-check
/** All things beside the map, for the eye, the keyboard and the screen reader: what is filtered away is not listed. */
import { signOf } from "./map-signs.js";
import { looks, marks, nameOf, text } from "./map-words.js";

/** @typedef {import("./map-store.js").Feature} Feature */

const SHOWN = 100;
const SVG = "http://www.w3.org/2000/svg";

const list = /** @type {HTMLElement} */ (document.getElementById("map-list"));
const search = /** @type {HTMLInputElement} */ (document.getElementById("map-search"));
const more = /** @type {HTMLButtonElement} */ (document.getElementById("map-list-more"));
const none = /** @type {HTMLElement} */ (document.getElementById("map-list-none"));
const count = /** @type {HTMLElement} */ (document.getElementById("map-list-count"));

export class List {
  /**
   * @param {{features: () => Feature[], chosen: () => Feature | null,
   *   choose: (id: string, isFocused: boolean) => void}} desk
   */
  constructor(desk) {
    this.desk = desk;
    this.most = SHOWN;
    this.timer = 0;
    search.addEventListener("input", () => {
      this.most = SHOWN;
      this.show();
    });
    more.addEventListener("click", () => {
      const next = this.most;
      this.most += SHOWN;
      this.show();
      /** @type {HTMLElement | null} */ (list.children[next]?.querySelector("button"))?.focus();
    });
    list.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest("button") : null;
      if (row?.dataset.id) desk.choose(row.dataset.id, true);
    });
    list.addEventListener("keydown", (event) => this.press(event));
  }

  /** Up and down from row to row. @param {KeyboardEvent} event */
  press(event) {
    const rows = [...list.querySelectorAll("button")];
    const at = rows.findIndex((row) => row === document.activeElement);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    rows[to]?.focus();
  }

  /** Soon; many changes at once are shown once. */
  later() {
    this.timer ||= window.setTimeout(() => {
      this.timer = 0;
      this.show();
    }, 80);
  }

  show() {
    const words = search.value.trim().toLocaleLowerCase();
    const all = this.desk.features().filter((feature) => nameOf(feature).toLocaleLowerCase().includes(words));
    const chosen = this.desk.chosen()?.id;
    const shown = all.slice(0, this.most);
    const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement)
      ? document.activeElement.dataset.id : "";
    const old = new Map([...list.children].map((row) => [row.querySelector("button")?.dataset.id, row]));
    shown.forEach((feature, at) => {
      const row = this.row(feature, feature.id === chosen, old.get(feature.id));
      if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
    });
    while (list.children.length > shown.length) list.lastElementChild?.remove();
    if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`[data-id="${CSS.escape(focused)}"]`))?.focus();
    count.textContent = String(all.length);
    none.hidden = all.length > 0;
    more.hidden = all.length <= shown.length;
    for (const row of list.querySelectorAll("button")) row.tabIndex = -1;
    const stop = list.querySelector("[aria-current]") ?? list.querySelector("button");
    if (stop instanceof HTMLElement) stop.tabIndex = 0;
  }

  /** @param {Feature} feature @param {boolean} isChosen @param {Element | undefined} old @returns {Element} */
  row(feature, isChosen, old) {
    const { category, shape, name, condition, wished } = feature;
    const look = [category, shape?.kind, name, condition, wished, isChosen].join("\n");
    if (old instanceof HTMLElement && old.dataset.look === look) return old;
    const row = old instanceof HTMLElement ? old : document.createElement("li");
    row.dataset.look = look;
    const button = row.querySelector("button") ?? row.appendChild(document.createElement("button"));
    button.type = "button";
    button.dataset.id = feature.id;
    button.toggleAttribute("aria-current", isChosen);
    if (isChosen) button.setAttribute("aria-current", "true");
    const words = document.createElement("span");
    words.textContent = nameOf(feature);
    const details = [
      feature.name ? looks.get(feature.category)?.label ?? text("unknown") : "",
      marks.get(feature.condition)?.label, feature.wished === true ? text("wished") : "",
    ].filter(Boolean).join(" · ");
    const small = document.createElement("small");
    small.textContent = details;
    words.append(small);
    button.replaceChildren(sign(feature), words);
    return row;
  }
}

/** @param {Feature} feature */
function sign(feature) {
  const look = signOf(feature.category, feature.shape?.kind);
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const isWished = feature.wished === true;
  const ground = element("rect", {
    x: "1", y: "1", width: "22", height: "22", rx: "5", fill: isWished ? "#ffffff" : look.colour, stroke: look.colour,
    "stroke-width": "2", "stroke-dasharray": isWished ? "4 3" : "",
  });
  const shape = element("path", {
    d: look.sign, fill: isWished ? look.colour : "#ffffff", "fill-rule": "evenodd",
    transform: "translate(4 4) scale(0.667)",
  });
  picture.append(ground, shape);
  return picture;
}

/** @param {string} name @param {Record<string, string>} attributes */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  return made;
}
