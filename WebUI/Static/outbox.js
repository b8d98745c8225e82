// @ts-check
/**
 * What was typed and is not yet saved. Changes go out one after the other, in the order they were made; when the
 * program does not answer or the person was signed out, they stay here and are tried again until they arrive.
 * Nothing is written to the browser's own storage: names of residents must not lie about on a shared laptop.
 */
import { Refusal, Unreachable } from "./api.js";
import { connectionLost, pause, resume } from "./live.js";

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15_000;

/**
 * One change. `run` may be called several times until it returns, so it must come to the same each time.
 * A change with the key of one that still waits takes its place.
 * @typedef {{key?: string, run: () => Promise<unknown>, done?: () => void, refused?: (refusal: Refusal) => void}} Job
 */
/** @typedef {"idle" | "saving" | "saved" | "kept" | "signedOut"} State */

/** @type {Job[]} */
const jobs = [];
/** @type {State} */
let state = "idle";
let isRunning = false;
let failures = 0;
let timer = 0;

/** Tells of every change of state, as a "state" event with {state, count}, and of every "refused" {message}. */
export const outbox = new EventTarget();

/** @param {Job} job */
export function enqueue(job) {
  // The first job may be on its way already: it must not be exchanged under way.
  const at = job.key ? jobs.findIndex((other, index) => other.key === job.key && (index > 0 || !isRunning)) : -1;
  if (at >= 0) jobs[at] = job;
  else jobs.push(job);
  if (state === "kept" || state === "signedOut") tell(state);
  else void work();
}

/** Whether something typed has not reached the store yet. */
export function hasUnsaved() {
  return jobs.length > 0;
}

async function work() {
  if (isRunning) return;
  window.clearTimeout(timer);
  isRunning = true;
  // A page that was drawn between two savings would show what is still on its way as it was before.
  pause();
  try {
    while (jobs.length > 0) {
      if (state !== "kept" && state !== "signedOut") tell("saving");
      await deliver(jobs[0]);
    }
    tell("saved");
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    later(error);
  } finally {
    isRunning = false;
    resume();
  }
}

/**
 * Brings the first job to its end; throws `Unreachable` when it has to wait.
 * @param {Job} job
 */
async function deliver(job) {
  try {
    await job.run();
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    jobs.shift();
    if (!(error instanceof Refusal)) throw error;
    outbox.dispatchEvent(new CustomEvent("refused", { detail: { message: error.message } }));
    job.refused?.(error);
    return;
  }
  jobs.shift();
  // Whoever else waits for the connection (live.js) need not wait any longer either.
  if (failures > 0) window.dispatchEvent(new Event("online"));
  failures = 0;
  tell("saving");
  job.done?.();
}

/** @param {Unreachable} reason */
function later(reason) {
  tell(reason.isSignedOut ? "signedOut" : "kept");
  if (!reason.isSignedOut) connectionLost();
  const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
  failures += 1;
  timer = window.setTimeout(work, wait);
}

/** @param {State} next */
function tell(next) {
  state = next;
  outbox.dispatchEvent(new CustomEvent("state", { detail: { state, count: jobs.length } }));
}

/** The network is back, or the person comes back from the login window: do not wait any longer. */
function hurry() {
  if (jobs.length > 0 && !document.hidden) void work();
}

window.addEventListener("online", hurry);
window.addEventListener("focus", hurry);
window.addEventListener("beforeunload", (event) => {
  if (hasUnsaved()) event.preventDefault();
});
