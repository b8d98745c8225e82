// @ts-check
/**
 * The JSON API for the scripts of the pages: one small wrapper around fetch.
 *
 * A call ends in one of three ways: it returns; it throws `Unreachable` (no connection, signed out, the program is
 * busy: worth trying again with the same words); or it throws `Refusal` (the words themselves are not accepted).
 */
const TIMEOUT_MS = 10_000;

const root = document.documentElement;

/** @typedef {Record<string, string | number | boolean | null>} Fields */
/** @typedef {{field?: string, message: string}} FieldProblem */
/** @typedef {{record: Fields | null, commit: string}} Answer */

/** The program did not take the change, but would take the same change later. */
export class Unreachable extends Error {
  /** @param {boolean} isSignedOut */
  constructor(isSignedOut) {
    super(isSignedOut ? "signed out" : "unreachable");
    this.isSignedOut = isSignedOut;
  }
}

/** The program will not take these words; `message` says why in the user's language (RFC 9457). */
export class Refusal extends Error {
  /** @param {number} status @param {{title?: string, detail?: string, errors?: FieldProblem[]}} problem */
  constructor(status, problem) {
    const reasons = (problem.errors ?? []).map((error) => error.message);
    super(reasons.join(" ") || problem.detail || problem.title || String(status));
    this.status = status;
    this.errors = problem.errors ?? [];
  }
}

/** Ids this page has already tried to create: a second "exists already" means that the first try got through. */
const tried = new Set();

/**
 * Makes a record whose id the page chose, so that trying again never makes two; fields that are null are left out.
 * @param {string} entity @param {Fields & {id: string}} fields @returns {Promise<Answer>}
 */
export async function create(entity, fields) {
  const isSecondTry = tried.has(fields.id);
  tried.add(fields.id);
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  try {
    return await call("POST", `/api/v1/records/${entity}`, given);
  } catch (error) {
    if (isSecondTry && error instanceof Refusal && error.status === 409) return { record: fields, commit: "" };
    throw error;
  }
}

/**
 * Changes fields of a record; null clears a field.
 * @param {string} entity @param {string} id @param {Fields} fields @returns {Promise<Answer>}
 */
export function change(entity, id, fields) {
  return call("PATCH", recordPath(entity, id), fields);
}

/**
 * Deletes a record; the answer's commit can be given to `undo`. One that is gone already counts as deleted.
 * @param {string} entity @param {string} id @returns {Promise<Answer>}
 */
export async function remove(entity, id) {
  try {
    return await call("DELETE", recordPath(entity, id));
  } catch (error) {
    if (error instanceof Refusal && (error.status === 404 || error.status === 410)) return { record: null, commit: "" };
    throw error;
  }
}

/** @param {string} entity @param {string} id @returns {Promise<Fields>} */
export async function read(entity, id) {
  return (await call("GET", recordPath(entity, id))).record ?? {};
}

/**
 * Takes a whole commit back, as the form of the flash message does; `sure` because the offer
 * stands beside what the same hand has just done.
 * @param {string} commit
 */
export async function undo(commit) {
  const response = await reach("/undo", { method: "POST", body: new URLSearchParams({ commit, sure: "1" }) });
  // A form leads on to a page; for somebody who was signed out that is the login.
  if (response.redirected && new URL(response.url).pathname === "/login") throw new Unreachable(true);
  if (!response.ok) throw new Refusal(response.status, {});
}

/**
 * Does something on a method's page: what a form of the page would send. Answers with what was done, what has to be
 * asked first, or why it cannot be.
 * @param {string} path @param {Fields} fields
 * @returns {Promise<{done: boolean, said: string, question: string | null, problem: string | null, commit: string}>}
 */
export async function act(path, fields) {
  const { record, commit } = await call("POST", path, fields);
  return { .../** @type {any} */ (record), commit };
}

/** A new record's id: UUIDv7 (RFC 9562 §5.7), so that ids sort by the time they were made. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** @param {string} entity @param {string} id */
function recordPath(entity, id) {
  return `/api/v1/records/${entity}/${encodeURIComponent(id)}`;
}

/** @param {string} method @param {string} path @param {Fields} [fields] @returns {Promise<Answer>} */
async function call(method, path, fields) {
  const response = await reach(path, {
    method,
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-Ashar": "1", "Accept-Language": root.lang },
    body: fields && JSON.stringify(fields),
  });
  if (!response.ok) throw new Refusal(response.status, await json(response));
  const record = response.status === 204 ? null : await json(response);
  return { record, commit: response.headers.get("X-Ashar-Commit") ?? "" };
}

/** @param {string} path @param {RequestInit} options */
async function reach(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    throw new Unreachable(false);
  }
  if (response.status === 401) throw new Unreachable(true);
  if (response.status === 429 || response.status >= 500) throw new Unreachable(false);
  return response;
}

/** @param {Response} response */
async function json(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}
