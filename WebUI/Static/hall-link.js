// @ts-check
/**
 * The link of a phone or a screen to the hall: says when there is something new to see and when the link is gone.
 * The browser tries again by itself; when it gives up, this does, slower and slower.
 */
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 10_000;

/**
 * @param {"/events/phone" | "/events/screen"} path
 * @param {(version: string) => void} changed
 * @param {(isThere: boolean) => void} linked
 */
export function listen(path, changed, linked) {
  let failures = 0;
  /** @type {EventSource | null} */
  let source = null;

  function connect() {
    source?.close();
    const link = new EventSource(path);
    source = link;
    link.addEventListener("open", () => {
      failures = 0;
      linked(true);
    });
    link.addEventListener("state", (event) => changed(String(event.data)));
    link.addEventListener("error", () => {
      linked(false);
      if (link.readyState !== EventSource.CLOSED) return;
      const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
      failures += 1;
      window.setTimeout(connect, wait);
    });
  }

  window.addEventListener("pagehide", () => source?.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) connect();
  });
  window.addEventListener("online", connect);
  connect();
}
