// @ts-check
/**
 * Sends one photograph to the program, for any page: small words about it go along, and how far it has come is told.
 */
import { newId, Refusal, Unreachable } from "./api.js";

const LONGEST_MS = 10 * 60_000;

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
  const answer = await send(form, progress ?? (() => {}));
  if (answer.status === 201) return answer.json;
  // An answer that was lost: the first try had come through.
  if (answer.status === 409) return { id };
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
      else if (status === 429 || (status >= 500 && status !== 507)) reject(new Unreachable(false));
      else resolve({ status, json: request.response ?? {} });
    });
    request.send(form);
  });
}
