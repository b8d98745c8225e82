// @ts-check
/**
 * Forms of the page that are sent without leaving it: the program does all of one press in one step, and answers with
 * the commit that can be taken back. Without scripts the same form leads on to a page.
 */
import { Refusal, Unreachable } from "./api.js";
import { enqueue } from "./outbox.js";

export { offerUndo } from "./save-state.js";

const TIMEOUT_MS = 10_000;

/**
 * Sends a form as it stands; later changes of its fields are not sent along.
 * @param {HTMLFormElement} form
 * @param {{key?: string, done?: (commit: string) => void, refused?: () => void}} [then]
 */
export function send(form, then = {}) {
  post(new URL(form.action).pathname, new FormData(form), then);
}

/**
 * @param {string} path @param {FormData | Record<string, string>} fields
 * @param {{key?: string, done?: (commit: string) => void, refused?: () => void}} [then]
 */
export function post(path, fields, then = {}) {
  const pairs = fields instanceof FormData ? [...fields].map(([name, value]) => [name, String(value)]) : fields;
  const body = new URLSearchParams(/** @type {any} */ (pairs));
  let commit = "";
  enqueue({
    key: then.key,
    run: async () => {
      commit = await deliver(path, body);
    },
    done: () => then.done?.(commit),
    refused: then.refused,
  });
}

/**
 * Why the program refused, in the words of its error page.
 * @param {Response} response @returns {Promise<{title?: string, detail?: string}>}
 */
async function reason(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const [title, detail] = ["main h1", "main h1 ~ p, main .lead"]
    .map((part) => page.querySelector(part)?.textContent?.trim());
  return { title, detail };
}

/** @param {string} path @param {URLSearchParams} body @returns {Promise<string>} */
async function deliver(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { Accept: "application/json", "X-Ashar": "1" },
      body,
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new Unreachable(false);
  }
  const isLogin = response.redirected && new URL(response.url).pathname === "/login";
  if (response.status === 401 || isLogin) throw new Unreachable(true);
  if (response.status === 429 || response.status >= 500) throw new Unreachable(false);
  if (!response.ok) throw new Refusal(response.status, await reason(response));
  return response.headers.get("X-Ashar-Commit") ?? "";
}
