// @ts-check
/**
 * The map under mouse, pen and fingers. One finger draws or takes hold of what is chosen; two fingers, and one beside
 * what is chosen, move the sheet (Leaflet). What is chosen has to be chosen first, so that nothing is pushed away by
 * a hand that only wants to move the sheet.
 */
import { boxOf, corners, distance, makeShape, moved, nearness, writeShape } from "./map-shapes.js";

/** @typedef {import("./map-shapes.js").Point} Point */
/** @typedef {import("./map-store.js").Feature} Feature */

const STILL_PX = 7;
const MOUSE_PX = 12;
const FINGER_PX = 26;
const SIGN_PX = 15;

/**
 * @typedef {{map: any, store: import("./map-store.js").MapStore, drafting: import("./map-draft.js").Drafting,
 *   things: () => Iterable<import("./map-canvas.js").Thing>, chosen: () => Feature | null, choose: (id: string) => void,
 *   mayDraw: boolean, redraw: () => void, said: (key: string, feature: Feature) => void}} Desk
 */
/** @typedef {{at: number, isNew: boolean} | null} Hold the corner that is held; null for the whole */

export class Hand {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.element = /** @type {HTMLElement} */ (desk.map.getContainer());
    /** @type {Set<number>} */
    this.pointers = new Set();
    /** @type {{x: number, y: number} | null} */
    this.start = null;
    this.isMoved = false;
    this.gesture = 0;
    /** @type {{feature: Feature, hold: Hold, from: Point} | null} */
    this.dragged = null;
    /** What is dragged, as it would be if it were let go now. @type {Feature | null} */
    this.preview = null;
    this.element.addEventListener("pointerdown", (event) => this.down(event), true);
    this.element.addEventListener("pointermove", (event) => this.move(event));
    this.element.addEventListener("pointerup", (event) => this.up(event));
    this.element.addEventListener("pointercancel", (event) => this.cancel(event));
    this.element.addEventListener("pointerleave", () => desk.drafting.point(null));
  }

  /** @param {PointerEvent} event @returns {Point} */
  place(event) {
    const at = this.desk.map.mouseEventToLatLng(event);
    return [at.lng, -at.lat];
  }

  /** @param {PointerEvent} event how near is meant, in map units */
  reach(event) {
    return (event.pointerType === "mouse" ? MOUSE_PX : FINGER_PX) / this.scale();
  }

  scale() {
    return 2 ** this.desk.map.getZoom();
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.target instanceof Element && event.target.closest(".leaflet-control")) return;
    this.pointers.add(event.pointerId);
    if (this.pointers.size > 1) return this.letGo();
    if (event.button !== 0) return;
    this.start = { x: event.clientX, y: event.clientY };
    this.isMoved = false;
    const { drafting, mayDraw } = this.desk;
    if (!mayDraw) return;
    const point = this.place(event);
    if (drafting.tool === "stroke") {
      this.hold(event);
      drafting.beginStroke(point);
    } else if (drafting.tool === "hand") {
      this.dragged = this.grip(point, this.reach(event));
      if (this.dragged) this.hold(event);
    }
  }

  /** Keeps the sheet still while something on it is moved. @param {PointerEvent} event */
  hold(event) {
    this.desk.map.dragging.disable();
    this.element.setPointerCapture(event.pointerId);
    this.gesture += 1;
  }

  /** What of the chosen thing lies under the hand. @param {Point} point @param {number} reach */
  grip(point, reach) {
    const feature = this.desk.chosen();
    if (!feature?.shape) return null;
    const points = corners(feature.shape);
    const at = nearest(points, point, reach);
    if (at >= 0) return { feature, hold: { at, isNew: false }, from: point };
    if (points.length <= 60) {
      const middles = points.map((one, index) => {
        const next = points[(index + 1) % points.length];
        return /** @type {Point} */ ([(one[0] + next[0]) / 2, (one[1] + next[1]) / 2]);
      });
      if (feature.shape.kind === "line") middles.pop();
      const middle = nearest(middles, point, reach * 0.8);
      if (middle >= 0) return { feature, hold: { at: middle + 1, isNew: true }, from: point };
    }
    const near = nearness(feature.shape, point, Math.max(reach, SIGN_PX / this.scale()));
    return near === null ? null : { feature, hold: null, from: point };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { drafting } = this.desk;
    if (!this.start) {
      if (event.pointerType === "mouse") drafting.point(this.place(event));
      return;
    }
    if (Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y) > STILL_PX) this.isMoved = true;
    if (drafting.tool === "stroke" && drafting.draft) {
      const events = event.getCoalescedEvents?.() ?? [];
      for (const one of events.length > 0 ? events : [event]) drafting.stroke(this.place(one));
    } else if (this.dragged && this.isMoved) {
      this.drag(this.place(event));
    }
  }

  /** Shows what is dragged where it is now; it is saved when it is let go. @param {Point} point */
  drag(point) {
    const { feature, hold, from } = /** @type {NonNullable<typeof this.dragged>} */ (this.dragged);
    const shape = /** @type {import("./map-shapes.js").Shape} */ (feature.shape);
    const [dx, dy] = [point[0] - from[0], point[1] - from[1]];
    const preview = hold ? reshaped(shape, hold, point) : moved(shape, dx, dy);
    const geometry = writeShape(preview);
    this.preview = { ...feature, shape: preview, box: boxOf(preview), anchor: undefined, geometry };
    this.desk.redraw();
  }

  /** @param {PointerEvent} event */
  up(event) {
    this.pointers.delete(event.pointerId);
    const { start, dragged } = this;
    const { drafting, store, mayDraw } = this.desk;
    if (!start || event.button !== 0) return;
    this.start = null;
    this.desk.map.dragging.enable();
    if (drafting.tool === "stroke" && drafting.draft) return drafting.endStroke();
    if (dragged && this.preview) {
      const geometry = this.preview.geometry;
      this.dragged = null;
      this.preview = null;
      const isMoved = store.edit(dragged.feature.id, { geometry }, `drag ${this.gesture}`);
      if (isMoved) this.desk.said("moved", dragged.feature);
      this.desk.redraw();
      return undefined;
    }
    this.dragged = null;
    if (this.isMoved) return undefined;
    if (drafting.tool !== "hand" && mayDraw) return drafting.put(this.place(event));
    return this.desk.choose(this.under(this.place(event), this.reach(event))?.id ?? "");
  }

  /** @param {PointerEvent} event */
  cancel(event) {
    this.pointers.delete(event.pointerId);
    this.letGo();
  }

  /** A second finger came: what the first one began was not meant. */
  letGo() {
    if (this.desk.drafting.tool === "stroke") this.desk.drafting.giveUp();
    this.dragged = null;
    this.preview = null;
    this.start = null;
    this.desk.map.dragging.enable();
    this.desk.redraw();
  }

  /**
   * The thing of this meeting at a place: the nearest, and of equals the one drawn last.
   * @param {Point} point @param {number} reach @returns {Feature | null}
   */
  under(point, reach) {
    let best = null;
    let least = Infinity;
    const sign = SIGN_PX / this.scale();
    for (const { feature, outline } of this.desk.things()) {
      if (outline || !feature.shape) continue;
      const box = feature.box ??= boxOf(feature.shape);
      const room = Math.max(reach, sign);
      if (point[0] < box.left - room || point[0] > box.right + room
        || point[1] < box.top - room || point[1] > box.bottom + room) continue;
      const near = nearness(feature.shape, point, room);
      // A field is taken only where nothing stands on it.
      const rank = near === null ? Infinity : feature.shape.kind === "area" ? near + 2 * room : near;
      if (rank <= least && rank < Infinity) [best, least] = [feature, rank];
    }
    return best;
  }
}

/** @param {Point[]} points @param {Point} point @param {number} reach @returns {number} its index, or -1 */
function nearest(points, point, reach) {
  let best = -1;
  let least = reach;
  points.forEach((one, at) => {
    const far = distance(one, point);
    if (far <= least) [best, least] = [at, far];
  });
  return best;
}

/** @param {import("./map-shapes.js").Shape} shape @param {{at: number, isNew: boolean}} hold @param {Point} point */
export function reshaped(shape, hold, point) {
  const points = [...corners(shape)];
  points.splice(hold.at, hold.isNew ? 0 : 1, point);
  return makeShape(shape.kind, points);
}
