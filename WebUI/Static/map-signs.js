// @ts-check
/** The signs of the map, drawn once each and then copied: ten thousand of them have to be quick. */
import { looks, marks, room } from "./map-words.js";

/** @typedef {{colour: string, dashes: number[]}} Outline */

export const CARD = "#ffffff";
export const INK = "#1b1f24";
export const FAINT = "#cfc4b0";
export const MADDER = "#8b1e18";
const MADDER_GROUND = "#fbe9e6";
export const FONT = '"Noto Sans", "PT Sans", "DejaVu Sans", sans-serif';
const UNKNOWN = { label: "", sign: "M9 9H15V15H9Z", colour: "#444a52" };

/** @type {Map<string, Path2D>} */
const paths = new Map();
/** @type {Map<string, HTMLCanvasElement>} */
const stamps = new Map();

/** @param {string} data */
function path(data) {
  let found = paths.get(data);
  if (!found) paths.set(data, found = new Path2D(data));
  return found;
}

/** @param {string} category @param {string} [kind] the sign's data and colour */
export function signOf(category, kind) {
  const look = looks.get(category) ?? UNKNOWN;
  const isRoad = category === "infrastructure" && kind === "line";
  return isRoad ? { ...look, sign: room.dataset.road ?? look.sign } : look;
}

/**
 * A sign in its square; what is wished for is an empty one with dashes, another meeting's stands in a ring.
 * @param {{category: string, kind: string, size: number, isWished: boolean, isFaint: boolean,
 *   outline: Outline | null, ratio: number}} wanted
 */
export function stamp({ category, kind, size, isWished, isFaint, outline, ratio }) {
  const key = [category, kind === "line" ? kind : "", size, isWished, isFaint, outline?.colour, ratio].join(" ");
  const known = stamps.get(key);
  if (known) return known;
  const canvas = document.createElement("canvas");
  const side = Math.ceil(size * 1.4);
  canvas.width = canvas.height = side * ratio;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(ratio, ratio);
  pen.translate(side / 2, side / 2);
  const look = signOf(category, kind);
  const colour = isFaint ? FAINT : look.colour;
  pen.beginPath();
  if (outline) pen.arc(0, 0, size * 0.56, 0, 7);
  else pen.roundRect(-size / 2, -size / 2, size, size, size / 5);
  const isEmpty = outline !== null || isWished;
  pen.fillStyle = isEmpty ? CARD : colour;
  pen.fill();
  pen.strokeStyle = outline ? outline.colour : isWished ? colour : CARD;
  pen.lineWidth = isEmpty ? size / 10 : 1.5;
  pen.setLineDash(outline ? outline.dashes.map((dash) => dash / 1.6) : isWished ? [size / 6, size / 9] : []);
  pen.stroke();
  const scale = size * 0.7 / 24;
  pen.scale(scale, scale);
  pen.translate(-12, -12);
  pen.fillStyle = isEmpty ? colour : CARD;
  pen.fill(path(look.sign), "evenodd");
  if (stamps.size > 500) stamps.clear();
  stamps.set(key, canvas);
  return canvas;
}

/**
 * A condition's letter in a small round field.
 * @param {CanvasRenderingContext2D} pen @param {string} condition @param {number} x @param {number} y
 * @param {number} size
 */
export function drawMark(pen, condition, x, y, size) {
  const mark = marks.get(condition);
  if (!mark) return;
  const colour = mark.isBad ? MADDER : INK;
  pen.beginPath();
  pen.arc(x, y, size / 2, 0, 7);
  pen.fillStyle = mark.isBad ? MADDER_GROUND : CARD;
  pen.fill();
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(1, size / 12);
  pen.stroke();
  pen.fillStyle = colour;
  pen.font = `700 ${size * 0.86}px ${FONT}`;
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.fillText(mark.mark, x, y + size * 0.3);
}
