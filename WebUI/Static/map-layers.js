// @ts-check
/** Maps of other meetings of the village over this one: to be looked at, never changed here. */
import { MapStore } from "./map-store.js";
import { text } from "./map-words.js";

/** @typedef {import("./map-signs.js").Outline} Outline */

const part = /** @type {HTMLElement} */ (document.getElementById("map-layers"));

export class Layers extends EventTarget {
  /** @param {number} limit */
  constructor(limit) {
    super();
    this.limit = limit;
    /** @type {Map<string, {store: MapStore, outline: Outline}>} */
    this.shown = new Map();
    part.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) this.turn(event.target);
    });
  }

  /** @param {HTMLInputElement} box */
  turn(box) {
    const { other = "", colour = "", dashes = "" } = box.dataset;
    if (!box.checked) {
      this.shown.delete(other);
    } else {
      const store = new MapStore(other, this.limit);
      const outline = { colour, dashes: dashes.split(" ").filter(Boolean).map(Number) };
      this.shown.set(other, { store, outline });
      store.addEventListener("change", () => this.dispatchEvent(new Event("change")));
      store.addEventListener("lost", (event) => {
        const isLost = /** @type {CustomEvent<{is: boolean}>} */ (event).detail.is;
        box.setCustomValidity(isLost ? text("layerFull") : "");
        if (isLost) box.reportValidity();
      });
      void store.load();
    }
    this.dispatchEvent(new Event("change"));
  }

  /** @returns {Iterable<{feature: import("./map-store.js").Feature, outline: Outline}>} */
  * things() {
    for (const { store, outline } of this.shown.values()) {
      for (const feature of store.features.values()) yield { feature, outline };
    }
  }

  /** @param {string | undefined} id nil means that anything may have changed */
  hear(id) {
    for (const { store } of this.shown.values()) {
      if (!id) void store.load();
      else store.hear(id);
    }
  }

  ids() {
    return [...this.shown.keys()];
  }
}
