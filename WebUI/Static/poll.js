// @ts-check
/**
 * Before anybody is logged in there are no live pages (live.js): an element with an id and data-poll is fetched again
 * every now and then instead, and turned into its fresh version. When the page leads elsewhere by then, so does the
 * window.
 */
import { morph } from "./morph.js";

const POLL_MS = 1500;
const root = document.documentElement;

async function poll() {
  try {
    if (!document.hidden) await update();
  } catch {
    // The program may be starting anew: the next time will tell.
  }
  window.setTimeout(poll, POLL_MS);
}

async function update() {
  const response = await fetch(root.dataset.address || location.pathname, {
    cache: "no-store",
    headers: { Accept: "text/html", "X-Ashar-Live": "1" },
  });
  if (response.redirected) {
    location.assign(response.url);
    return;
  }
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const old of document.querySelectorAll("[id][data-poll]")) {
    const fresh = page.getElementById(old.id);
    if (fresh) morph(old, fresh);
  }
}

window.setTimeout(poll, POLL_MS);
