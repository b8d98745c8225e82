// @ts-check
/** Names beside their signs, over no other sign or name: one for which there is no room is left out. */
import { CARD, FONT, INK } from "./map-signs.js";

const CELL = 64;
const LINE = 1.18;
const MOST = 400;
const WIDEST_EMS = 11;

/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/** @type {Map<string, {lines: string[], width: number}>} */
const measured = new Map();

export class Names {
  /** `bounds` is what is seen. @param {CanvasRenderingContext2D} pen @param {Box} bounds @param {number} size */
  constructor(pen, bounds, size) {
    this.pen = pen;
    this.bounds = bounds;
    this.size = size;
    this.left = MOST;
    /** @type {Map<number, Box[]>} */
    this.taken = new Map();
  }

  /** Keeps a square around a point free. @param {number} x @param {number} y @param {number} size */
  block(x, y, size) {
    this.take({ x: x - size / 2, y: y - size / 2, width: size, height: size });
  }

  /** @param {string} name @param {number} x @param {number} y @param {number} sign @param {boolean} isBold */
  draw(name, x, y, sign, isBold) {
    if (this.left <= 0 || !this.isSeen({ x, y, width: 0, height: 0 })) return;
    const { lines, width } = this.measure(name, isBold);
    const height = lines.length * this.size * LINE;
    const gap = sign / 2 + 5;
    /** @type {[number, number, CanvasTextAlign][]} */
    const tries = [
      [gap + width / 2, 0, "left"], [0, gap + height / 2, "center"], [-gap - width / 2, 0, "right"],
      [0, -gap - height / 2, "center"], [gap + width / 2, gap, "left"], [gap + width / 2, -gap, "left"],
      [-gap - width / 2, gap, "right"], [-gap - width / 2, -gap, "right"],
    ];
    for (const [dx, dy, align] of tries) {
      const box = { x: x + dx - width / 2, y: y + dy - height / 2, width, height };
      if (!this.isFree(box)) continue;
      this.take(box);
      this.left -= 1;
      this.write(lines, box, align, isBold);
      return;
    }
  }

  /** @param {string[]} lines @param {Box} box @param {CanvasTextAlign} align @param {boolean} isBold */
  write(lines, box, align, isBold) {
    const { pen, size } = this;
    pen.font = `${isBold ? 700 : 400} ${size}px ${FONT}`;
    pen.textAlign = align;
    pen.textBaseline = "alphabetic";
    pen.lineJoin = "round";
    pen.lineWidth = size / 4;
    pen.setLineDash([]);
    const x = align === "left" ? box.x : align === "right" ? box.x + box.width : box.x + box.width / 2;
    lines.forEach((line, at) => {
      const y = box.y + size * (0.92 + LINE * at);
      pen.strokeStyle = CARD;
      pen.strokeText(line, x, y);
      pen.fillStyle = INK;
      pen.fillText(line, x, y);
    });
  }

  /** @param {string} name @param {boolean} isBold */
  measure(name, isBold) {
    const key = `${isBold} ${this.size} ${name}`;
    const known = measured.get(key);
    if (known) return known;
    this.pen.font = `${isBold ? 700 : 400} ${this.size}px ${FONT}`;
    const widest = this.size * WIDEST_EMS;
    /** @type {string[]} */
    const lines = [];
    for (const word of name.split(/\s+/)) {
      const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
      const fits = lines.length > 0 && this.pen.measureText(longer).width <= widest;
      if (fits) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    if (lines.length > 2) lines.splice(2);
    const isCut = lines.join(" ").length < name.trim().length;
    const shown = lines.map((line, at) => this.cut(line, widest, at === 1 && isCut));
    const width = Math.max(...shown.map((line) => this.pen.measureText(line).width));
    if (measured.size > 5000) measured.clear();
    const found = { lines: shown, width };
    measured.set(key, found);
    return found;
  }

  /** @param {string} line @param {number} widest @param {boolean} isUnfinished */
  cut(line, widest, isUnfinished) {
    let shown = isUnfinished ? `${line}…` : line;
    if (this.pen.measureText(shown).width <= widest * 1.2) return shown;
    shown = line.slice(0, 60);
    while (shown.length > 1 && this.pen.measureText(`${shown}…`).width > widest * 1.2) shown = shown.slice(0, -1);
    return `${shown}…`;
  }

  /** @param {Box} box */
  isFree(box) {
    return this.isSeen(box) && this.cells(box).every((cell) => (this.taken.get(cell) ?? []).every((one) => {
      const isBeside = one.x > box.x + box.width || one.x + one.width < box.x;
      return isBeside || one.y > box.y + box.height || one.y + one.height < box.y;
    }));
  }

  /** @param {Box} box */
  isSeen(box) {
    const { x, y, width, height } = this.bounds;
    return box.x >= x + 2 && box.y >= y + 2 && box.x + box.width <= x + width - 2 && box.y + box.height <= y + height - 2;
  }

  /** @param {Box} box */
  take(box) {
    for (const cell of this.cells(box)) {
      const here = this.taken.get(cell);
      if (here) here.push(box);
      else this.taken.set(cell, [box]);
    }
  }

  /** @param {Box} box @returns {number[]} */
  cells(box) {
    const found = [];
    for (let row = Math.floor(box.y / CELL); row <= Math.floor((box.y + box.height) / CELL); row += 1) {
      for (let column = Math.floor(box.x / CELL); column <= Math.floor((box.x + box.width) / CELL); column += 1) {
        found.push(row * 1000 + column);
      }
    }
    return found;
  }
}
