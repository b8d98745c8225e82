// @ts-check
/** The dialog in which the paper's four corners are shown on its photograph, with finger, mouse or arrows. */
import { isSheet } from "./homography.js";
import { ARROWS } from "./map-keys.js";

/** @typedef {[number, number]} Point in thousandths of the photograph's width and height */

const STEP = 4;
const LARGE_STEP = 25;

export class CornerDialog {
  /** @param {(corners: Point[]) => void} done */
  constructor(done) {
    this.dialog = /** @type {HTMLDialogElement} */ (document.getElementById("corner-dialog"));
    this.stage = /** @type {HTMLElement} */ (document.getElementById("corner-stage"));
    this.photo = /** @type {HTMLImageElement} */ (document.getElementById("corner-photo"));
    this.error = /** @type {HTMLElement} */ (document.getElementById("corner-error"));
    this.said = /** @type {HTMLElement} */ (document.getElementById("corner-said"));
    this.handles = /** @type {HTMLElement[]} */ ([...this.stage.querySelectorAll("[data-corner]")]);
    /** @type {Point[]} */
    this.corners = [];
    this.handles.forEach((handle, at) => this.connect(handle, at));
    document.getElementById("corner-cancel")?.addEventListener("click", () => this.dialog.close());
    document.getElementById("corner-done")?.addEventListener("click", () => {
      if (!isSheet(this.corners)) return;
      this.dialog.close();
      done(this.corners);
    });
  }

  /** @param {string} photo @param {Point[]} corners */
  open(photo, corners) {
    this.photo.src = photo;
    this.corners = corners.map(([x, y]) => [x, y]);
    this.show();
    this.dialog.showModal();
    this.handles[0].focus();
  }

  /** @param {HTMLElement} handle @param {number} at */
  connect(handle, at) {
    handle.addEventListener("pointerdown", (event) => handle.setPointerCapture(event.pointerId));
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = this.stage.getBoundingClientRect();
      this.move(at, [(event.clientX - box.left) / box.width * 1000, (event.clientY - box.top) / box.height * 1000]);
    });
    handle.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      const step = event.shiftKey ? LARGE_STEP : STEP;
      const [x, y] = this.corners[at];
      this.move(at, [x + arrow[0] * step, y + arrow[1] * step]);
      this.said.textContent = this.corners[at].map(Math.round).join(" : ");
    });
  }

  /** @param {number} at @param {Point} point */
  move(at, [x, y]) {
    this.corners[at] = [Math.max(0, Math.min(1000, x)), Math.max(0, Math.min(1000, y))];
    this.show();
  }

  show() {
    this.corners.forEach(([x, y], at) => {
      this.handles[at].style.left = `${x / 10}%`;
      this.handles[at].style.top = `${y / 10}%`;
    });
    const line = "M" + this.corners.map((point) => point.join(" ")).join("L") + "Z";
    for (const id of ["corner-path", "corner-path-inner"]) document.getElementById(id)?.setAttribute("d", line);
    const isGood = isSheet(this.corners);
    this.error.hidden = isGood;
    document.getElementById("corner-done")?.toggleAttribute("disabled", !isGood);
  }
}
