// @ts-check
/**
 * The photograph of the paper map below the drawn one. Its four corners are shown once, by hand or by keyboard; the
 * transform that takes them to the sheet's corners (homography.js) straightens it, at every zoom, in CSS alone.
 */
import { change, create, newId, remove } from "./api.js";
import { cssMatrix, homography, isSheet } from "./homography.js";
import { refresh } from "./live.js";
import { readShape } from "./map-shapes.js";
import { text } from "./map-words.js";
import { enqueue } from "./outbox.js";
import { CornerDialog } from "./map-corners.js";

/** @typedef {[number, number]} Point */

const ENTITY = "mapUnderlay";
const OPACITY = 60;
/** A photograph whose corners nobody has shown yet: all of it. @type {Point[]} */
const WHOLE = [[0, 0], [1000, 0], [1000, 1000], [0, 1000]];

const part = /** @type {HTMLElement} */ (document.getElementById("map-underlay"));
const tools = /** @type {HTMLElement} */ (document.getElementById("map-underlay-tools"));
const opacity = /** @type {HTMLInputElement} */ (document.getElementById("map-opacity"));
const error = /** @type {HTMLElement} */ (document.getElementById("map-underlay-error"));

export class Underlay {
  /** @param {any} map of Leaflet @param {{width: number, height: number}} sheet @param {string} event @param {boolean} mayDraw */
  constructor(map, sheet, event, mayDraw) {
    this.map = map;
    this.sheet = sheet;
    this.event = event;
    this.mayDraw = mayDraw;
    this.pane = map.createPane("underlay");
    this.pane.classList.add("map-underlay-pane");
    this.photo = document.createElement("img");
    this.photo.alt = "";
    this.photo.className = "map-photo";
    this.photo.hidden = true;
    this.pane.append(this.photo);
    this.id = "";
    /** @type {Point[]} */
    this.corners = WHOLE;
    this.waiting = 0;
    this.dialog = mayDraw ? new CornerDialog((corners) => this.save({ corners: writeCorners(corners) })) : null;
    this.photo.addEventListener("load", () => this.place());
    this.photo.addEventListener("error", () => this.fail("noPhoto"));
    map.on("viewreset zoom moveend", () => this.place());
    part.addEventListener("live:updated", () => this.read());
    part.addEventListener("change", (event_) => {
      if (event_.target instanceof HTMLSelectElement) this.choose(event_.target.value);
    });
    opacity.addEventListener("input", () => this.show());
    opacity.addEventListener("change", () => mayDraw && this.save({ opacity: Number(opacity.value) }));
    document.getElementById("map-corners-button")?.addEventListener("click", () =>
      this.dialog?.open(this.address, this.corners));
    this.read();
  }

  get address() {
    return `/photos/${encodeURIComponent(part.dataset.photo ?? "")}`;
  }

  /** Takes over what the page says of the record, unless something changed here is still on its way. */
  read() {
    if (this.waiting > 0) return;
    const { id = "", photo = "", corners = "", opacity: seen } = part.dataset;
    this.id = id;
    const points = /** @type {Point[]} */ (readShape(corners)?.parts[0] ?? WHOLE);
    this.corners = isSheet(points) ? points : WHOLE;
    const select = /** @type {HTMLSelectElement | null} */ (document.getElementById("map-photo"));
    if (select && document.activeElement !== select) select.value = photo;
    if (document.activeElement !== opacity) opacity.value = seen ?? String(OPACITY);
    tools.hidden = photo === "";
    error.hidden = true;
    if (photo === "") {
      this.photo.hidden = true;
      this.photo.removeAttribute("src");
    } else if (this.photo.getAttribute("src") !== this.address) {
      this.photo.src = this.address;
    }
    this.place();
    if (corners && !isSheet(points)) this.fail("bent");
  }

  /** @param {string} key */
  fail(key) {
    error.textContent = text(key);
    error.hidden = false;
    if (key === "noPhoto") this.photo.hidden = true;
  }

  /** Straightens the photograph onto the sheet as it lies now. */
  place() {
    const { naturalWidth: width, naturalHeight: height } = this.photo;
    if (!width || !height || !this.photo.getAttribute("src")) return;
    /** @type {Point[]} */
    const from = this.corners.map(([x, y]) => [x * width / 1000, y * height / 1000]);
    const to = [[0, 0], [this.sheet.width, 0], [this.sheet.width, this.sheet.height], [0, this.sheet.height]].map(([x, y]) => {
      const point = this.map.latLngToLayerPoint([-y, x]);
      return /** @type {Point} */ ([point.x, point.y]);
    });
    const transform = homography(from, to);
    this.photo.hidden = transform === null;
    if (!transform) return this.fail("bent");
    this.photo.style.transform = cssMatrix(transform);
    this.photo.style.clipPath = `polygon(${from.map(([x, y]) => `${x}px ${y}px`).join(", ")})`;
    return this.show();
  }

  show() {
    this.photo.style.opacity = String(Number(opacity.value) / 100);
  }

  /** Lays a photograph below, or takes it away. @param {string} photo */
  choose(photo) {
    const id = this.id;
    if (photo === "") {
      if (id) this.send(() => remove(ENTITY, id));
    } else if (id) {
      // Another photograph has other corners.
      this.send(() => change(ENTITY, id, { photo, corners: null }));
    } else {
      const made = { id: newId(), event: this.event, photo, opacity: OPACITY };
      this.send(() => create(ENTITY, made));
    }
  }

  /** @param {import("./api.js").Fields} fields */
  save(fields) {
    const id = this.id;
    if (!id) return;
    if (typeof fields.corners === "string") {
      this.corners = /** @type {Point[]} */ (readShape(fields.corners)?.parts[0] ?? WHOLE);
      this.place();
    }
    this.send(() => change(ENTITY, id, fields));
  }

  /** @param {() => Promise<unknown>} run */
  send(run) {
    this.waiting += 1;
    const free = () => {
      this.waiting -= 1;
      refresh(ENTITY);
    };
    enqueue({ run, done: free, refused: free });
  }
}

/** @param {Point[]} corners */
function writeCorners(corners) {
  const coordinates = corners.map((point) => point.map((one) => Math.round(one * 10) / 10));
  return JSON.stringify({ type: "MultiPoint", coordinates });
}
