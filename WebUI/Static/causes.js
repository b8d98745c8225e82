// @ts-check
/** A focus group at a glance: choosing people, and the table for the reports as something to copy and print. */
import "./fields.js";
import { change } from "./api.js";
import { refresh } from "./live.js";
import { enqueue } from "./outbox.js";

/** @param {Event} event */
function choose(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.dataset.choose) return;
  const id = box.dataset.choose;
  const isChosen = box.checked;
  enqueue({
    key: `attendance/${id}/chosenFor`,
    run: () => change("attendance", id, { chosenFor: isChosen ? "initiativeGroup" : null }),
    done: () => {
      box.defaultChecked = isChosen;
      refresh("attendance");
    },
    refused: () => refresh("attendance"),
  });
}

/**
 * As a table for a text program, and as words for any other.
 * @param {HTMLElement} button
 */
async function copy(button) {
  const table = document.getElementById("report-table");
  const said = document.getElementById("report-said");
  if (!table || !said) return;
  try {
    const parts = { "text/html": table.outerHTML, "text/plain": table.innerText };
    const blobs = Object.entries(parts).map(([type, text]) => [type, new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    said.textContent = button.dataset.done ?? "";
  } catch {
    const range = document.createRange();
    range.selectNode(table);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
    said.textContent = button.dataset.failed ?? "";
  }
}

document.addEventListener("change", choose);
document.getElementById("copy-report")?.addEventListener("click", (event) =>
  void copy(/** @type {HTMLElement} */ (event.currentTarget)));
document.getElementById("print-report")?.addEventListener("click", () => print());
