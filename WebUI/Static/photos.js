// @ts-check
/**
 * The album of a meeting: photographs are chosen or dropped as files, taken by the laptop's camera or by a phone, and
 * go to the program one after the other; each shows how far it is, and why it was refused.
 */
import "./fields.js";
import { newId, Refusal, Unreachable } from "./api.js";
import { connectionLost, refresh } from "./live.js";
import { hasCamera, openCamera } from "./photo-camera.js";
import { uploadPhoto } from "./photo-upload.js";
import { startView } from "./photo-view.js";
import { fill } from "./text.js";

const RETRY_MS = 3000;

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("photo-form"));
const list = /** @type {HTMLElement} */ (document.getElementById("uploads"));
const said = document.getElementById("photo-said");

/** @typedef {{id: string, file: Blob, owner: string, caption: string, isFromCamera: boolean, line: HTMLElement}} Upload */

/** @type {Upload[]} */
const waiting = [];
let isSending = false;
let added = 0;

/** @param {string} name @returns {HTMLInputElement} */
function field(name) {
  return /** @type {HTMLInputElement} */ (form?.elements.namedItem(name));
}

/** @param {Iterable<Blob>} files @param {boolean} isFromCamera */
function add(files, isFromCamera) {
  if (!form) return;
  const caption = field("caption").value.trim();
  for (const file of files) {
    const name = file instanceof File ? file.name : form.dataset.fromCamera ?? "";
    const upload = {
      id: newId(), file, owner: field("owner").value, caption, isFromCamera, line: newLine(name),
    };
    if (file.size > Number(form.dataset.mostBytes)) refuse(upload, form.dataset.tooLarge ?? "");
    else waiting.push(upload);
  }
  field("caption").value = "";
  void sendAll();
}

/** @param {string} name @returns {HTMLElement} */
function newLine(name) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("upload-line"));
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const line = /** @type {HTMLElement} */ (copy.firstElementChild);
  part(line, ".upload-name").textContent = name;
  part(line, ".upload-state").textContent = form?.dataset.waits ?? "";
  list.append(line);
  return line;
}

/** @param {HTMLElement} line @param {string} selector @returns {HTMLElement} */
function part(line, selector) {
  return /** @type {HTMLElement} */ (line.querySelector(selector));
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    for (let upload = waiting[0]; upload; upload = waiting[0]) {
      await send(upload);
      waiting.shift();
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    wait(waiting[0], error);
  } finally {
    isSending = false;
  }
}

/**
 * The same photograph is tried again, by itself or when somebody asks.
 * @param {Upload} upload @param {Unreachable} reason
 */
function wait(upload, reason) {
  const text = reason.isSignedOut ? form?.dataset.signedOut : form?.dataset.failed;
  part(upload.line, ".upload-state").textContent = text ?? "";
  part(upload.line, "[data-again]").hidden = false;
  if (!reason.isSignedOut) connectionLost();
  window.setTimeout(sendAll, RETRY_MS);
}

/** @param {Upload} upload */
async function send(upload) {
  const bar = /** @type {HTMLProgressElement} */ (part(upload.line, "progress"));
  part(upload.line, "[data-again]").hidden = true;
  try {
    await uploadPhoto(upload.file, upload, (percent) => {
      bar.value = percent;
      part(upload.line, ".upload-state").textContent =
        percent < 100 ? `${percent} %` : form?.dataset.working ?? "";
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refuse(upload, error.message);
    return;
  }
  upload.line.remove();
  added += 1;
  if (said) said.textContent = fill(form?.dataset.added, { count: added });
  refresh("attachment");
}

/** @param {Upload} upload @param {string} reason */
function refuse(upload, reason) {
  const { line } = upload;
  line.classList.add("is-refused");
  part(line, "progress").remove();
  part(line, ".upload-state").setAttribute("role", "alert");
  part(line, ".upload-state").textContent = reason;
  const dismiss = part(line, "[data-dismiss]");
  dismiss.hidden = false;
  dismiss.addEventListener("click", () => {
    line.remove();
    /** @type {HTMLElement | null} */ (form?.querySelector("[data-choose]") ?? null)?.focus();
  });
}

/** @param {HTMLInputElement} input */
function takeFrom(input) {
  add([...(input.files ?? [])], false);
  input.value = "";
}

/** A file dropped anywhere on the page is meant for the album; the browser would leave the page with it. */
function startDropping() {
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form?.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form?.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    form?.classList.remove("is-over");
    if (!hasFiles(event)) return;
    event.preventDefault();
    add([...(event.dataTransfer?.files ?? [])], false);
  });
}

/** @param {HTMLFormElement} shown */
function start(shown) {
  const file = field("file");
  const phone = /** @type {HTMLInputElement} */ (document.getElementById("phone"));
  file.multiple = true;
  shown.querySelector("[data-choose]")?.addEventListener("click", () => file.click());
  shown.addEventListener("submit", (event) => event.preventDefault());
  for (const input of [file, phone]) input.addEventListener("change", () => takeFrom(input));
  const camera = /** @type {HTMLButtonElement} */ (shown.querySelector("[data-camera]"));
  const isPhone = matchMedia("(pointer: coarse)").matches;
  camera.hidden = isPhone || !hasCamera();
  /** @type {HTMLElement} */ (phone.closest("label")).hidden = !isPhone;
  camera.addEventListener("click", () => openCamera((picture) => add([picture], true)));
  list.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-again]")) void sendAll();
  });
  startDropping();
  window.addEventListener("online", () => void sendAll());
  window.addEventListener("beforeunload", (event) => {
    if (waiting.length > 0) event.preventDefault();
  });
}

if (document.getElementById("album")) startView();
if (form) start(form);
