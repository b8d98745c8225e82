// @ts-check
/** The words of the map's page, as the template brings them, and what a screen reader hears. */
import { fill } from "./text.js";

const words = document.getElementById("map-texts");
const status = document.getElementById("map-said");
export const room = /** @type {HTMLElement} */ (document.getElementById("map-room"));

/** @typedef {{label: string, sign: string, colour: string}} Look */
/** @typedef {{label: string, mark: string, isBad: boolean}} Mark */

/** @param {string} key @param {Record<string, string | number>} [values] */
export function text(key, values = {}) {
  return fill(words?.dataset[key], values);
}

/** Says to a screen reader what happened. @param {string} key @param {Record<string, string | number>} [values] */
export function say(key, values = {}) {
  if (status) status.textContent = text(key, values);
}

/** The categories by their word, in the order of the legend. @type {Map<string, Look>} */
export const looks = new Map();
for (const sign of document.querySelectorAll("[data-category]")) {
  const { category = "", label = "", sign: data = "", colour = "" } = /** @type {HTMLElement} */ (sign).dataset;
  looks.set(category, { label, sign: data, colour });
}

/** The conditions by their word. @type {Map<string, Mark>} */
export const marks = new Map();
for (const row of document.querySelectorAll("[data-condition]")) {
  const { condition = "", label = "", mark = "", bad } = /** @type {HTMLElement} */ (row).dataset;
  marks.set(condition, { label, mark, isBad: bad === "1" });
}

/** What people call a thing: its name, or its category. @param {{name?: any, category?: any}} feature */
export function nameOf(feature) {
  return String(feature.name || looks.get(String(feature.category))?.label || text("unknown"));
}
