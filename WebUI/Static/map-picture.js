// @ts-check
/** The map as it is seen now on paper and as a file: the program draws it (map.svg), the browser turns it into a PNG. */
import { room, text } from "./map-words.js";

/** Pixels of a unit of the picture: an A3 page at about 200 dots an inch. */
const SHARPNESS = 2;
const LET_GO_MS = 60_000;
const REST_MS = 2500;
/** Above so many things the picture for paper is fetched only when it is asked for. */
const MANY = 1500;

const image = /** @type {HTMLImageElement} */ (document.getElementById("map-print"));
const error = /** @type {HTMLElement} */ (document.getElementById("map-picture-error"));
const link = /** @type {HTMLAnchorElement} */ (document.getElementById("map-svg-link"));

export class Picture {
  /** @param {() => {filter: string, hidden: string[], others: string[], count: number}} seen */
  constructor(seen) {
    this.seen = seen;
    this.timer = 0;
    this.number = 0;
    this.connect("map-print-button", () => this.print());
    this.connect("map-png-button", () => this.save());
  }

  /** @param {string} id @param {() => Promise<void>} act */
  connect(id, act) {
    const button = /** @type {HTMLButtonElement} */ (document.getElementById(id));
    button.addEventListener("click", async () => {
      button.disabled = true;
      error.hidden = true;
      try {
        await act();
      } catch {
        error.textContent = text("failed");
        error.hidden = false;
      } finally {
        button.disabled = false;
      }
    });
  }

  /** The address of the picture with what is seen now. */
  address() {
    const { filter, hidden, others } = this.seen();
    const query = new URLSearchParams();
    if (filter) query.set("show", filter);
    for (const category of hidden) query.append("hide", category);
    for (const other of others) query.append("with", other);
    const text_ = query.toString();
    return (room.dataset.picture ?? "") + (text_ ? `?${text_}` : "");
  }

  /** Something changed: the link follows at once, the picture for paper when the hand rests. */
  changed() {
    link.href = this.address();
    window.clearTimeout(this.timer);
    if (this.seen().count > MANY) return;
    this.timer = window.setTimeout(() => {
      if (!document.hidden) this.load().catch(() => image.removeAttribute("src"));
    }, REST_MS);
  }

  async load() {
    const number = ++this.number;
    const response = await fetch(this.address(), { cache: "no-store" });
    if (!response.ok) throw new Error(String(response.status));
    const address = URL.createObjectURL(await response.blob());
    window.setTimeout(() => URL.revokeObjectURL(address), LET_GO_MS);
    if (number !== this.number) return;
    image.src = address;
    await image.decode();
  }

  async print() {
    await this.load();
    window.print();
  }

  async save() {
    await this.load();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SHARPNESS;
    canvas.height = image.naturalHeight * SHARPNESS;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    if (!(blob instanceof Blob)) throw new Error("no picture");
    const file = document.createElement("a");
    file.href = URL.createObjectURL(blob);
    file.download = `${text("png")}.png`;
    file.click();
    window.setTimeout(() => URL.revokeObjectURL(file.href), LET_GO_MS);
  }
}
