// @ts-check
/**
 * The map by keyboard: a crosshair that arrows move, Enter to put or to choose, and what is chosen corner by corner.
 * The crosshair is seen only while the map has the keyboard.
 */
import { FEWEST, corners, makeShape, moved, writeShape } from "./map-shapes.js";
import { nameOf, say } from "./map-words.js";

/** @typedef {import("./map-shapes.js").Point} Point */
/** @typedef {import("./map-store.js").Feature} Feature */
/**
 * @typedef {{map: any, sheet: {width: number, height: number}, store: import("./map-store.js").MapStore,
 *   drafting: import("./map-draft.js").Drafting, hand: import("./map-hand.js").Hand, chosen: () => Feature | null,
 *   choose: (id: string, isFocused?: boolean) => void, remove: () => void, mayDraw: boolean, redraw: () => void}} Desk
 */

const STEP = 10;
const LARGE_STEP = 50;
const SAY_AFTER_MS = 350;
const NEAR_PX = 14;

/** @type {Record<string, Point>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Keys {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.element = /** @type {HTMLElement} */ (desk.map.getContainer());
    this.label = document.getElementById("map-place");
    /** @type {Point} */
    this.place = [desk.sheet.width / 2, desk.sheet.height / 2];
    this.isShown = false;
    /** The corner of the chosen thing that arrows move; -1 for none. */
    this.corner = -1;
    this.gesture = 0;
    this.timer = 0;
    this.element.addEventListener("keydown", (event) => this.press(event));
    this.element.addEventListener("focus", () => this.show(this.element.matches(":focus-visible")));
    this.element.addEventListener("blur", () => this.show(false));
    this.element.addEventListener("pointerdown", () => this.show(false));
  }

  /** @param {boolean} isShown */
  show(isShown) {
    this.isShown = isShown;
    if (!isShown) this.corner = -1;
    if (this.label) this.label.hidden = !isShown;
    if (isShown) this.tell();
    this.desk.redraw();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const isMeant = arrow ? this.go(arrow, event.shiftKey ? LARGE_STEP : STEP) : this.act(event.key);
    if (!isMeant) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.isShown) this.show(true);
    this.desk.redraw();
  }

  /** @param {Point} arrow @param {number} step */
  go(arrow, step) {
    const feature = this.desk.chosen();
    if (this.corner >= 0 && feature) return this.moveCorner(feature, arrow, step / 2);
    const { sheet, drafting } = this.desk;
    const [x, y] = [this.place[0] + arrow[0] * step, this.place[1] + arrow[1] * step];
    this.put([
      Math.max(-sheet.width, Math.min(2 * sheet.width, x)), Math.max(-sheet.height, Math.min(2 * sheet.height, y)),
    ]);
    if (drafting.draft) drafting.point(this.place);
    return true;
  }

  /** Puts the crosshair somewhere, the sheet following. @param {Point} place */
  put(place) {
    this.place = place;
    this.desk.map.panInside([-place[1], place[0]], { padding: [60, 60], animate: false });
    this.tell();
  }

  /** @param {string} key @returns {boolean} whether it means something here */
  act(key) {
    const { drafting, map, mayDraw } = this.desk;
    switch (key) {
      case "Enter": case " ": this.enter(); return true;
      case "Escape": return this.escape();
      case "+": case "=": map.zoomIn(0.5); return true;
      case "-": map.zoomOut(0.5); return true;
      case "Backspace": if (drafting.draft) drafting.dropCorner(); return drafting.draft !== null;
      case "Delete": return mayDraw && this.remove();
      default: return /^[vVмМ]$/.test(key) && mayDraw && this.nextCorner();
    }
  }

  enter() {
    const { drafting, hand, mayDraw } = this.desk;
    if (drafting.tool === "hand" || !mayDraw) {
      const found = hand.under(this.place, NEAR_PX / hand.scale());
      this.desk.choose(found?.id ?? "");
      if (!found) say("nothing");
    } else {
      drafting.put([...this.place]);
    }
  }

  /** Ends drawing; what is not enough for a line or an area is given up. */
  escape() {
    const { drafting } = this.desk;
    const { draft } = drafting;
    if (draft) {
      if (draft.points.length >= FEWEST[draft.kind]) drafting.finish();
      else drafting.giveUp();
    } else if (this.corner >= 0) {
      this.corner = -1;
    } else if (this.desk.chosen()) {
      this.desk.choose("");
    } else {
      return false;
    }
    return true;
  }

  nextCorner() {
    const feature = this.desk.chosen();
    const points = feature?.shape ? corners(feature.shape) : [];
    if (points.length === 0) return false;
    this.corner = (this.corner + 1) % points.length;
    this.gesture += 1;
    this.put(points[this.corner]);
    window.clearTimeout(this.timer);
    say("vertex", { at: this.corner + 1, count: points.length });
    return true;
  }

  /** @param {Feature} feature @param {Point} arrow @param {number} step */
  moveCorner(feature, arrow, step) {
    if (!feature.shape) return false;
    const points = [...corners(feature.shape)];
    const old = points[this.corner];
    if (!old) return false;
    points[this.corner] = [old[0] + arrow[0] * step, old[1] + arrow[1] * step];
    this.put(points[this.corner]);
    const geometry = writeShape(makeShape(feature.shape.kind, points));
    this.desk.store.edit(feature.id, { geometry }, `corner ${this.gesture}`);
    return true;
  }

  /** Deletes the corner that is held, or the whole thing. */
  remove() {
    const feature = this.desk.chosen();
    if (!feature?.shape) return false;
    const points = corners(feature.shape);
    if (this.corner < 0 || points.length <= FEWEST[feature.shape.kind]) {
      this.corner = -1;
      this.desk.remove();
      return true;
    }
    points.splice(this.corner, 1);
    this.corner = -1;
    this.desk.store.edit(feature.id, { geometry: writeShape(makeShape(feature.shape.kind, points)) });
    return true;
  }

  /**
   * Moves the chosen thing.
   * @param {Feature} feature @param {Point} arrow @param {boolean} isLarge @param {string} gesture
   */
  carry(feature, arrow, isLarge, gesture) {
    if (!feature.shape) return;
    const step = (isLarge ? LARGE_STEP : STEP) / 2;
    const geometry = writeShape(moved(feature.shape, arrow[0] * step, arrow[1] * step));
    this.desk.store.edit(feature.id, { geometry }, gesture);
  }

  /** Says where the crosshair is and what lies there, once it rests. */
  tell() {
    const [x, y] = this.place.map(Math.round);
    if (this.label) this.label.textContent = `${x} : ${y}`;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (!this.isShown) return;
      const found = this.desk.hand.under(this.place, NEAR_PX / this.desk.hand.scale());
      if (found) say("placeOver", { x, y, name: nameOf(found) });
      else say("place", { x, y });
    }, SAY_AFTER_MS);
  }
}

export { ARROWS };
