// @ts-check
/** What the hand or the keyboard is drawing now: corner by corner, until it is done or given up. */
import { FEWEST, distance, makeShape, simplified, writeShape } from "./map-shapes.js";
import { nameOf, room, say, text } from "./map-words.js";

/** @typedef {import("./map-shapes.js").Point} Point */
/** @typedef {import("./map-shapes.js").Kind} Kind */
/** @typedef {"hand" | "point" | "line" | "area" | "stroke"} Tool */

/** A stroke is let go of this near to its beginning, in pixels, to become an area. */
const CLOSED_PX = 26;
/** How far a stroke may stray from what is kept of it, in pixels. */
const STRAY_PX = 1.6;

const finishButton = document.getElementById("map-finish");
const hint = document.getElementById("map-hint");

export class Drafting extends EventTarget {
  /** @param {import("./map-store.js").MapStore} store @param {() => number} scale pixels of a map unit */
  constructor(store, scale) {
    super();
    this.store = store;
    this.scale = scale;
    /** @type {Tool} */
    this.tool = "hand";
    this.category = "infrastructure";
    /** @type {import("./map-canvas.js").Draft | null} */
    this.draft = null;
    finishButton?.addEventListener("click", () => this.finish());
    this.showTool();
  }

  /** @param {Tool} tool */
  choose(tool) {
    if (this.draft) this.finish();
    this.tool = tool;
    this.showTool();
    const button = document.querySelector(`[data-tool="${tool}"]`);
    say("toolSaid", { tool: button?.textContent?.trim() ?? "" });
    this.tell();
  }

  showTool() {
    for (const button of document.querySelectorAll("[data-tool]")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-tool") === this.tool));
    }
    const key = `hint${this.tool[0].toUpperCase()}${this.tool.slice(1)}`;
    if (hint) hint.textContent = room.dataset.draw ? text(key) : "";
    room.dataset.hand = this.tool;
  }

  /** A point, or the next corner of a line or an area. @param {Point} point */
  put(point) {
    if (this.store.isFull) return say("full");
    if (this.tool === "point") return this.keep("point", [point]);
    if (this.tool === "hand") return undefined;
    const kind = this.tool === "area" ? "area" : "line";
    this.draft ??= { kind, points: [], next: null, category: this.category };
    if (this.isEnd(point)) return this.finish();
    this.draft.points.push(point);
    this.draft.next = null;
    say("corner", { count: this.draft.points.length });
    return this.tell();
  }

  /** Whether a press means that it is done: on the last corner, or on an area's first. @param {Point} point */
  isEnd(point) {
    const points = this.draft?.points ?? [];
    const near = 14 / this.scale();
    const last = points[points.length - 1];
    if (points.length > 1 && last && distance(last, point) < near) return true;
    return this.draft?.kind === "area" && points.length > 2 && distance(points[0], point) < near;
  }

  /** Shows where the next corner would be. @param {Point | null} point */
  point(point) {
    if (!this.draft || this.tool === "stroke") return;
    this.draft.next = point;
    this.dispatchEvent(new Event("moved"));
  }

  dropCorner() {
    this.draft?.points.pop();
    if (this.draft?.points.length === 0) this.draft = null;
    this.tell();
  }

  /** @param {Point} point */
  beginStroke(point) {
    if (this.store.isFull) return say("full");
    this.draft = { kind: "line", points: [point], next: null, category: this.category };
    return this.tell();
  }

  /** @param {Point} point */
  stroke(point) {
    const points = this.draft?.points;
    if (!points || distance(points[points.length - 1], point) < 1 / this.scale()) return;
    points.push(point);
    this.dispatchEvent(new Event("moved"));
  }

  endStroke() {
    const points = this.draft?.points ?? [];
    this.draft = null;
    const scale = this.scale();
    const kept = simplified(points, STRAY_PX / scale);
    const far = Math.max(0, ...points.map((one) => distance(one, points[0])));
    const isClosed = kept.length > 3 && distance(points[0], points[points.length - 1]) < CLOSED_PX / scale
      && far > 2 * CLOSED_PX / scale;
    if (isClosed) this.keep("area", kept.slice(0, -1));
    else if (kept.length > 1 && far * scale > 6) this.keep("line", kept);
    this.tell();
  }

  /** Saves what is drawn, if it is enough for its kind. */
  finish() {
    const draft = this.draft;
    if (!draft) return;
    if (draft.points.length < FEWEST[draft.kind]) {
      say(draft.kind === "area" ? "tooFewArea" : "tooFewLine");
      if (hint) hint.textContent = text(draft.kind === "area" ? "tooFewArea" : "tooFewLine");
      if (draft.points.length === 1) this.draft = null;
      this.tell();
      return;
    }
    this.draft = null;
    this.keep(draft.kind, draft.points);
    this.showTool();
    this.tell();
  }

  giveUp() {
    if (!this.draft) return;
    this.draft = null;
    say("givenUp");
    this.tell();
  }

  /** @param {Kind} kind @param {Point[]} points */
  keep(kind, points) {
    const geometry = writeShape(makeShape(kind, points));
    if (geometry.length > Number(room.dataset.bytes)) {
      say("tooLarge");
      if (hint) hint.textContent = text("tooLarge");
      return;
    }
    const id = this.store.add({ category: this.category, geometry });
    say("added", { name: nameOf({ category: this.category }) });
    this.dispatchEvent(new CustomEvent("kept", { detail: { id } }));
  }

  tell() {
    if (finishButton) finishButton.hidden = !this.draft || this.tool === "stroke";
    this.dispatchEvent(new Event("moved"));
  }
}
