// @ts-check
/**
 * The resource map: Leaflet moves the sheet near and far, map-canvas.js draws on it, map-hand.js and map-keys.js are
 * mouse, fingers and keyboard, map-store.js keeps and saves, map-panel.js and map-list.js say it in words.
 *
 * On the sheet x grows to the right and y downwards; Leaflet's plane has y upwards, so latitude is -y.
 */
import "./save-state.js";
import { MapCanvas } from "./map-canvas.js";
import { Drafting } from "./map-draft.js";
import { Hand } from "./map-hand.js";
import { Keys } from "./map-keys.js";
import { Layers } from "./map-layers.js";
import { List } from "./map-list.js";
import { Panel } from "./map-panel.js";
import { Picture } from "./map-picture.js";
import { anchor } from "./map-shapes.js";
import { MapStore } from "./map-store.js";
import { Underlay } from "./map-underlay.js";
import { nameOf, room, say, text } from "./map-words.js";

/** @typedef {import("./map-store.js").Feature} Feature */

const USERS = new Set(["women", "men", "youth", "children"]);
const BAD = new Set(["needsRepair", "collapsing"]);

/** @param {any} L Leaflet */
function start(L) {
  const sheet = { width: Number(room.dataset.width), height: Number(room.dataset.height) };
  const event = room.dataset.event ?? "";
  const mayDraw = room.dataset.draw === "1";
  const limit = Number(room.dataset.limit);
  const whole = [[-sheet.height, 0], [0, sheet.width]];
  const map = L.map("map", {
    crs: L.CRS.Simple, zoomControl: false, attributionControl: false, keyboard: false, doubleClickZoom: false,
    zoomAnimation: false, fadeAnimation: false, zoomSnap: 0, zoomDelta: 0.5, minZoom: -4, maxZoom: 4,
    wheelPxPerZoomLevel: 140, tap: false, boxZoom: false,
  });
  L.control.zoom({ position: "bottomright", zoomInTitle: text("zoomIn"), zoomOutTitle: text("zoomOut") }).addTo(map);
  showWhole(L, map, whole);

  const store = new MapStore(event, limit);
  const layers = new Layers(limit);
  const drafting = new Drafting(store, () => 2 ** map.getZoom());
  let chosenId = "";
  const chosen = () => store.features.get(chosenId) ?? null;
  const filter = /** @type {HTMLSelectElement} */ (document.getElementById("map-filter"));
  /** @type {Set<string>} */
  const hidden = new Set();

  /** @param {Feature} feature */
  const isFaint = (feature) => {
    const wanted = filter.value;
    if (wanted === "") return false;
    if (wanted === "wished") return feature.wished !== true;
    if (wanted === "repair") return !BAD.has(feature.condition);
    return !USERS.has(wanted) || feature.usedBy !== wanted;
  };
  function* things() {
    for (const thing of layers.things()) if (!hidden.has(thing.feature.category)) yield thing;
    for (const feature of store.features.values()) {
      if (hidden.has(feature.category)) continue;
      const held = hand?.preview?.id === feature.id ? hand.preview : feature;
      yield { feature: held, outline: null };
    }
  }

  /** @type {Hand | undefined} */
  let hand;
  const canvas = new MapCanvas(map, sheet, {
    things, isFaint, draft: () => drafting.draft, corner: () => keys.corner,
    chosen: () => (hand?.preview ?? chosen()),
    mayReshape: () => mayDraw && drafting.tool === "hand",
    crosshair: () => (keys.isShown ? keys.place : null),
  });
  const redraw = () => canvas.redraw();
  /** @param {string} id @param {boolean} [isFocused] */
  const choose = (id, isFocused = false) => {
    panel.flush();
    chosenId = id;
    keys.corner = -1;
    const feature = chosen();
    panel.show(feature);
    list.show();
    redraw();
    if (!feature) return;
    say("chosen", { name: nameOf(feature) });
    if (!isFocused) return;
    if (feature.shape) {
      const [x, y] = anchor(feature.shape);
      keys.place = [x, y];
      map.panInside([-y, x], { padding: [80, 80], animate: false });
    }
    panel.focus();
  };
  const remove = () => {
    const feature = chosen();
    if (!feature || !mayDraw) return;
    const hadFocus = document.getElementById("map-panel")?.contains(document.activeElement);
    choose("");
    store.delete(feature.id);
    say("removed", { name: nameOf(feature) });
    if (hadFocus) map.getContainer().focus({ preventScroll: true });
  };
  hand = new Hand({
    map, store, drafting, things, chosen, choose, mayDraw, redraw, said: (key, feature) => say(key, { name: nameOf(feature) }),
  });
  const keys = new Keys({ map, sheet, store, drafting, hand, chosen, choose, remove, mayDraw, redraw });
  const panel = new Panel({ store, keys, chosen, close: () => {
    choose("");
    map.getContainer().focus({ preventScroll: true });
  }, remove });
  const list = new List({
    features: () => [...store.features.values()].filter((one) => !hidden.has(one.category) && !isFaint(one)).reverse(),
    chosen, choose,
  });
  const picture = new Picture(() => ({
    filter: filter.value, hidden: [...hidden], others: layers.ids(), count: store.features.size,
  }));
  const underlay = new Underlay(map, sheet, event, mayDraw);

  const changed = () => {
    if (chosenId && !store.features.has(chosenId)) choose("");
    panel.show(chosen());
    list.later();
    picture.changed();
    showCounts(store);
    redraw();
  };
  store.addEventListener("change", changed);
  store.addEventListener("more", () => show("map-more", store.hasMore));
  store.addEventListener("lost", (event_) => show("map-lost", /** @type {CustomEvent} */ (event_).detail.is));
  store.addEventListener("gone", (event_) => {
    const { feature } = /** @type {CustomEvent<{feature: Feature}>} */ (event_).detail;
    if (feature.id === chosenId) say("elsewhere", { name: nameOf(feature) });
  });
  layers.addEventListener("change", changed);
  drafting.addEventListener("moved", redraw);
  drafting.addEventListener("kept", (event_) => choose(/** @type {CustomEvent<{id: string}>} */ (event_).detail.id));
  filter.addEventListener("change", changed);
  connectTools({ drafting, store, hidden, changed, choose, keys, panel });
  document.addEventListener("live:change", (event_) => {
    const { entity, id } = /** @type {CustomEvent<{entity?: string, id?: string}>} */ (event_).detail;
    // A meeting that was deleted may have come back.
    if (!entity || (entity === "event" && store.isOver)) void store.load();
    else if (entity === "mapFeature" && id) store.hear(id);
    if (!entity || entity === "mapFeature") layers.hear(id);
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(map.getContainer());
  void store.load().then(() => say("loaded", { count: store.features.size }));
  // For tests and for whoever looks into the page.
  Object.assign(room, { map, store, canvas, underlay });
}

/** @param {string} id @param {boolean} isShown */
function show(id, isShown) {
  document.getElementById(id)?.toggleAttribute("hidden", !isShown);
}

/** @param {MapStore} store */
function showCounts(store) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { category } of store.features.values()) counts.set(category, (counts.get(category) ?? 0) + 1);
  for (const place of document.querySelectorAll("[data-count]")) {
    const shown = String(counts.get(place.getAttribute("data-count") ?? "") ?? "");
    if (place.textContent !== shown) place.textContent = shown;
  }
}

/**
 * Shows the whole sheet, again in another window size unless somebody has gone nearer, and when asked.
 * @param {any} L @param {any} map @param {number[][]} whole
 */
function showWhole(L, map, whole) {
  let fitted = 0;
  const fit = () => {
    map.fitBounds(whole, { animate: false });
    fitted = map.getZoom();
  };
  fit();
  map.on("resize", () => {
    if (map.getZoom() === fitted) fit();
  });
  const bar = map.getContainer().querySelector(".leaflet-control-zoom");
  const button = document.createElement("a");
  button.href = "#map";
  button.title = text("zoomAll");
  button.setAttribute("role", "button");
  button.setAttribute("aria-label", text("zoomAll"));
  button.textContent = "⛶";
  L.DomEvent.on(button, "click", (/** @type {Event} */ event) => {
    L.DomEvent.stop(event);
    fit();
  });
  bar?.append(button);
}

/**
 * @param {{drafting: Drafting, store: MapStore, hidden: Set<string>, changed: () => void, choose: (id: string) => void,
 *   keys: Keys, panel: Panel}} desk
 */
function connectTools({ drafting, store, hidden, changed, choose, keys, panel }) {
  for (const button of document.querySelectorAll("[data-tool]")) {
    button.addEventListener("click", () =>
      drafting.choose(/** @type {import("./map-draft.js").Tool} */ (button.getAttribute("data-tool"))));
  }
  const signs = document.querySelectorAll("button[data-category]");
  for (const sign of signs) {
    sign.addEventListener("click", () => {
      drafting.category = sign.getAttribute("data-category") ?? "";
      for (const one of signs) one.setAttribute("aria-pressed", String(one === sign));
      if (drafting.draft) drafting.draft.category = drafting.category;
      // Who takes a sign wants to draw.
      if (drafting.tool === "hand") drafting.choose("point");
      changed();
    });
  }
  for (const box of document.querySelectorAll("[data-layer]")) {
    box.addEventListener("change", () => {
      const category = box.getAttribute("data-layer") ?? "";
      if (/** @type {HTMLInputElement} */ (box).checked) hidden.delete(category);
      else hidden.add(category);
      changed();
    });
  }
  const [undo, redo] = ["map-undo", "map-redo"].map((id) =>
    /** @type {HTMLButtonElement | null} */ (document.getElementById(id)));
  /** @param {boolean} isBack */
  const turn = (isBack) => {
    panel.flush();
    if (isBack && drafting.draft) return drafting.dropCorner();
    const turned = isBack ? store.undo() : store.redo();
    if (!turned) return undefined;
    const { step, isOvertaken } = turned;
    const feature = step.kind === "edit" ? store.features.get(step.id) ?? {} : step.feature;
    if (isOvertaken) return say("overtaken", { name: nameOf(feature) });
    if (store.features.has(step.id)) choose(step.id);
    return say(isBack ? "undone" : "redone", { act: actOf(step), name: nameOf(feature) });
  };
  undo?.addEventListener("click", () => turn(true));
  redo?.addEventListener("click", () => turn(false));
  store.addEventListener("steps", () => {
    if (undo) undo.disabled = store.done.length === 0;
    if (redo) redo.disabled = store.undone.length === 0;
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, dialog");
    if (isTyping || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.code === "KeyZ") turn(!event.shiftKey);
    else if (event.code === "KeyY") turn(false);
    else return;
    event.preventDefault();
  });
  document.getElementById("map-exact")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const [x, y] = ["map-x", "map-y"].map((id) =>
      Number(/** @type {HTMLInputElement} */ (document.getElementById(id)).value));
    if (drafting.tool === "hand" || drafting.tool === "stroke") drafting.choose("point");
    keys.put([x, y]);
    drafting.put([x, y]);
  });
}

/** What a step did, in a word. @param {import("./map-store.js").Step} step */
function actOf(step) {
  if (step.kind !== "edit") return text(step.kind === "add" ? "actAdd" : "actRemove");
  const [field] = Object.keys(step.after);
  if (field === "geometry") return text("actGeometry");
  const label = document.querySelector(`#map-form label[for]:has(+ [data-field="${field}"])`)
    ?? document.querySelector(`#map-form label:has([data-field="${field}"])`);
  return text("actField", { field: label?.textContent?.trim().toLocaleLowerCase() ?? field });
}

const leaflet = /** @type {any} */ (window).L;
if (leaflet) {
  start(leaflet);
} else {
  room.hidden = true;
  show("map-missing", true);
}
