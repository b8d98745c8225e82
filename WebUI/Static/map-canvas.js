// @ts-check
/**
 * Draws the map's things on one canvas over Leaflet's sheet: areas below, then lines, points, names, and on top what is
 * chosen or just being drawn. One canvas stays quick with ten thousand things where ten thousand elements would not.
 */
import { Names } from "./map-names.js";
import { anchor, boxOf, corners } from "./map-shapes.js";
import { CARD, FAINT, INK, MADDER, drawMark, signOf, stamp } from "./map-signs.js";

/** @typedef {import("./map-store.js").Feature} Feature */
/** @typedef {import("./map-shapes.js").Point} Point */
/** @typedef {import("./map-signs.js").Outline} Outline */
/** @typedef {{feature: Feature, outline: Outline | null}} Thing */
/** @typedef {{kind: import("./map-shapes.js").Kind, points: Point[], next: Point | null, category: string}} Draft */
/**
 * What is to be seen: the things in view, which step back, the chosen one, a corner of it, what is being drawn, and the
 * place of the keyboard's crosshair.
 * @typedef {{things: () => Iterable<Thing>, isFaint: (feature: Feature) => boolean, chosen: () => Feature | null,
 *   corner: () => number, mayReshape: () => boolean, draft: () => Draft | null, crosshair: () => Point | null}} View
 */

const SHEET_LINE = "#d9cebb";
const CHOSEN = "#ffc93d";
const MANY = 3000;
const BESIDE = 0.12;

/** @param {string} category */
function lineWidth(category) {
  return category === "water" ? 6 : category === "infrastructure" ? 5 : 4;
}

export class MapCanvas {
  /** @param {any} map of Leaflet @param {{width: number, height: number}} sheet @param {View} view */
  constructor(map, sheet, view) {
    this.map = map;
    this.sheet = sheet;
    this.view = view;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "map-drawing";
    this.pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    map.getPanes().overlayPane.append(this.canvas);
    this.frame = 0;
    this.drawn = 0;
    this.origin = { x: 0, y: 0 };
    this.scale = 1;
    map.on("moveend zoom viewreset resize", () => this.redraw());
    map.on("move", () => this.drawn < MANY && this.redraw());
  }

  redraw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  /** @param {Point} point @returns {Point} in pixels of the canvas */
  place([x, y]) {
    return [this.origin.x + x * this.scale, this.origin.y + y * this.scale];
  }

  draw() {
    const { map, canvas, pen } = this;
    const size = map.getSize();
    if (size.x === 0 || size.y === 0) return;
    const [besideX, besideY] = [Math.round(size.x * BESIDE), Math.round(size.y * BESIDE)];
    const [width, height] = [size.x + 2 * besideX, size.y + 2 * besideY];
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const corner = map.containerPointToLayerPoint([-besideX, -besideY]);
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    /** @type {any} */ (window).L.DomUtil.setPosition(canvas, corner);
    const zero = map.latLngToLayerPoint([0, 0]);
    this.origin = { x: zero.x - corner.x, y: zero.y - corner.y };
    this.scale = 2 ** map.getZoom();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    this.drawSheet();
    this.drawThings(width, height, ratio);
    this.drawChosen();
    this.drawDraft();
    this.drawCrosshair();
  }

  drawSheet() {
    const [x, y] = this.place([0, 0]);
    const { pen, sheet, scale } = this;
    pen.strokeStyle = SHEET_LINE;
    pen.lineWidth = 2;
    pen.setLineDash([]);
    pen.strokeRect(x, y, sheet.width * scale, sheet.height * scale);
  }

  /** @param {number} width @param {number} height @param {number} ratio */
  drawThings(width, height, ratio) {
    const seen = [];
    for (const thing of this.view.things()) {
      const { feature } = thing;
      if (!feature.shape) continue;
      feature.box ??= boxOf(feature.shape);
      const [left, top] = this.place([feature.box.left, feature.box.top]);
      const [right, bottom] = this.place([feature.box.right, feature.box.bottom]);
      if (right < -30 || bottom < -30 || left > width + 30 || top > height + 30) continue;
      seen.push({ ...thing, isFaint: this.view.isFaint(feature) });
    }
    this.drawn = seen.length;
    seen.sort((one, other) => Number(other.isFaint) - Number(one.isFaint));
    for (const one of seen) if (one.feature.shape?.kind === "area") this.drawArea(one);
    for (const one of seen) if (one.feature.shape?.kind === "line") this.drawLine(one);
    const base = seen.length <= 250 ? 30 : seen.length <= 1200 ? 22 : 13;
    // As large as the page's own letters: a projector's are larger.
    const letters = parseFloat(getComputedStyle(document.documentElement).fontSize) / 18;
    const size = Math.round(base * letters * Math.max(0.55, Math.min(1.3, this.scale)));
    const [besideX, besideY] = [width, height].map((one) => Math.round(one * BESIDE / (1 + 2 * BESIDE)));
    const bounds = { x: besideX, y: besideY, width: width - 2 * besideX, height: height - 2 * besideY };
    const names = new Names(this.pen, bounds, Math.round(14 * letters * Math.max(1, Math.min(1.35, this.scale))));
    for (const one of seen) this.drawSigns(one, size, ratio, names);
    for (const { feature, isFaint } of seen) {
      if (isFaint || !feature.name || !feature.shape) continue;
      const [x, y] = this.place(feature.anchor ??= anchor(feature.shape));
      names.draw(String(feature.name), x, y, size, feature.shape.kind === "area");
    }
  }

  /** @param {Point[][]} parts @param {boolean} isClosed */
  trace(parts, isClosed) {
    const { pen } = this;
    pen.beginPath();
    for (const part of parts) {
      part.forEach((point, at) => {
        const [x, y] = this.place(point);
        if (at === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      });
      if (isClosed) pen.closePath();
    }
    pen.lineJoin = "round";
    pen.lineCap = "round";
  }

  /** @param {Thing & {isFaint: boolean}} thing */
  drawArea({ feature, outline, isFaint }) {
    const { pen } = this;
    const colour = outline?.colour ?? signOf(feature.category).colour;
    this.trace(feature.shape?.parts ?? [], true);
    pen.globalAlpha = outline ? 0.06 : isFaint ? 0.05 : feature.wished ? 0.08 : 0.24;
    pen.fillStyle = colour;
    pen.fill("evenodd");
    pen.globalAlpha = 1;
    pen.strokeStyle = isFaint ? FAINT : colour;
    pen.lineWidth = outline ? 3 : 2;
    pen.setLineDash(outline ? outline.dashes : feature.wished ? [10, 7] : []);
    pen.stroke();
    pen.setLineDash([]);
  }

  /** @param {Thing & {isFaint: boolean}} thing */
  drawLine({ feature, outline, isFaint }) {
    const { pen } = this;
    const width = lineWidth(feature.category) * Math.max(0.6, Math.min(1.4, this.scale));
    this.trace(feature.shape?.parts ?? [], false);
    if (outline) {
      pen.strokeStyle = outline.colour;
      pen.lineWidth = width + 6;
      pen.setLineDash(outline.dashes);
      pen.stroke();
      pen.setLineDash([]);
    }
    pen.strokeStyle = CARD;
    pen.lineWidth = width + 2.5;
    pen.stroke();
    pen.strokeStyle = isFaint ? FAINT : signOf(feature.category, "line").colour;
    pen.lineWidth = width;
    pen.setLineDash(feature.wished ? [width * 2.2, width * 2] : []);
    pen.stroke();
    pen.setLineDash([]);
  }

  /** @param {Thing & {isFaint: boolean}} thing @param {number} base @param {number} ratio @param {Names} names */
  drawSigns({ feature, outline, isFaint }, base, ratio, names) {
    const shape = feature.shape;
    if (!shape) return;
    const isPoint = shape.kind === "point";
    const size = isPoint ? base : Math.round(base * 0.75);
    const places = isPoint ? shape.parts.flat() : [feature.anchor ??= anchor(shape)];
    const sign = stamp({
      category: feature.category, kind: shape.kind, size, isWished: feature.wished === true, isFaint, outline, ratio,
    });
    const side = sign.width / ratio;
    for (const place of places) {
      const [x, y] = this.place(place);
      this.pen.drawImage(sign, x - side / 2, y - side / 2, side, side);
      names.block(x, y, size + 4);
      if (feature.condition && !isFaint) {
        const mark = Math.max(11, size * 0.6);
        drawMark(this.pen, feature.condition, x + size * 0.52, y - size * 0.52, mark);
        names.block(x + size * 0.52, y - size * 0.52, mark + 5);
      }
    }
  }

  drawChosen() {
    const feature = this.view.chosen();
    if (!feature?.shape) return;
    const { pen } = this;
    const { shape } = feature;
    if (shape.kind === "point") {
      pen.beginPath();
      for (const point of shape.parts.flat()) {
        const [x, y] = this.place(point);
        pen.moveTo(x + 24, y);
        pen.arc(x, y, 24, 0, 7);
      }
    } else {
      this.trace(shape.parts, shape.kind === "area");
    }
    this.ring(6, 3);
    if (!this.view.mayReshape()) return;
    const points = corners(shape);
    points.forEach((point, at) => this.handle(point, at === this.view.corner() ? 11 : 8, at === this.view.corner()));
    if (points.length > 60) return;
    const last = shape.kind === "area" ? points.length : points.length - 1;
    for (let at = 0; at < last; at += 1) {
      const [from, to] = [points[at], points[(at + 1) % points.length]];
      this.handle([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], 4, false);
    }
  }

  /** Dark and yellow, so that it shows on every ground. @param {number} wide @param {number} narrow */
  ring(wide, narrow) {
    const { pen } = this;
    pen.setLineDash([]);
    pen.strokeStyle = INK;
    pen.lineWidth = wide;
    pen.stroke();
    pen.strokeStyle = CHOSEN;
    pen.lineWidth = narrow;
    pen.stroke();
  }

  /** @param {Point} point @param {number} radius @param {boolean} isTaken */
  handle(point, radius, isTaken) {
    const [x, y] = this.place(point);
    const { pen } = this;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.fillStyle = isTaken ? MADDER : CARD;
    pen.fill();
    pen.strokeStyle = INK;
    pen.lineWidth = 2;
    pen.stroke();
  }

  drawDraft() {
    const draft = this.view.draft();
    if (!draft) return;
    const { pen } = this;
    const points = draft.next ? [...draft.points, draft.next] : draft.points;
    this.trace([points], draft.kind === "area" && points.length > 2);
    const { colour } = signOf(draft.category);
    if (draft.kind === "area") {
      pen.globalAlpha = 0.2;
      pen.fillStyle = colour;
      pen.fill();
      pen.globalAlpha = 1;
    }
    pen.strokeStyle = CARD;
    pen.lineWidth = 7;
    pen.stroke();
    pen.strokeStyle = colour;
    pen.lineWidth = 4;
    pen.stroke();
    if (draft.points.length < 200) {
      draft.points.forEach((point, at) => this.handle(point, 7, at === 0 && draft.kind === "area"));
    }
  }

  drawCrosshair() {
    const place = this.view.crosshair();
    if (!place) return;
    const [x, y] = this.place(place);
    const { pen } = this;
    pen.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      pen.moveTo(x + dx * 6, y + dy * 6);
      pen.lineTo(x + dx * 22, y + dy * 22);
    }
    pen.lineCap = "butt";
    this.ring(7, 3);
  }
}
