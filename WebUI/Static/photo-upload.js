// @ts-check
/**
 * Sends one photograph to the program, for any page: small words about it go along, and how far it has come is told.
 */
import { newId, Refusal, Unreachable } from "./api.js";

const LONGEST_MS = 10 * 60_000;
/** So often the program may fail on one photograph before that is said. */
const MOST_FAULTS = 4;

/** Photographs this page has already sent: a second "exists already" means that the first try got through. */
const tried = new Set();
/** How often the program failed on each. @type {Map<string, number>} */
const faults = new Map();

/** @typedef {{id?: string, owner: string, caption?: string, isFromCamera?: boolean}} About */

/**
 * Sends a photograph; sending it again with the same id never makes two. Throws `Unreachable` when it may be tried
 * again, `Refusal` when this file is not taken.
 * @param {Blob} file @param {About} about @param {(percent: number) => void} [progress]
 * @returns {Promise<import("./api.js").Fields>} the attachment
 */
export async function uploadPhoto(file, about, progress) {
  const form = new FormData();
  const id = about.id ?? newId();
  form.set("id", id);
  form.set("owner", about.owner);
  if (about.caption) form.set("caption", about.caption);
  if (about.isFromCamera) form.set("camera", "1");
  // What people call their files is nobody's business.
  form.set("file", file, "photo");
  const isSecondTry = tried.has(id);
  tried.add(id);
  const answer = await send(form, progress ?? (() => {}));
  if (answer.status === 201) return answer.json;
  if (answer.status === 409 && isSecondTry) return { id };
  if (answer.status === 429 || (answer.status >= 500 && answer.status !== 507)) {
    const count = (faults.get(id) ?? 0) + 1;
    faults.set(id, count);
    if (count < MOST_FAULTS || answer.status === 429) throw new Unreachable(false);
  }
  throw new Refusal(answer.status, answer.json);
}

/**
 * @param {FormData} form @param {(percent: number) => void} progress
 * @returns {Promise<{status: number, json: any}>}
 */
function send(form, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/photos");
    request.responseType = "json";
    request.timeout = LONGEST_MS;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Ashar", "1");
    // A refusal is in the page's language.
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(Math.floor((event.loaded / event.total) * 100));
    });
    for (const end of ["error", "abort", "timeout"]) {
      request.addEventListener(end, () => reject(new Unreachable(false)));
    }
    request.addEventListener("load", () => {
      const { status } = request;
      if (status === 401) reject(new Unreachable(true));
      else resolve({ status, json: request.response ?? {} });
    });
    request.send(form);
  });
}
