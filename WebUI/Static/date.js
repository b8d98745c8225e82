// @ts-check
/**
 * A calendar beside a date that can also be typed. People write 19.11.2014 whatever the browser's language is, so
 * the input is a plain one; the button (hidden without scripts) opens the browser's own calendar and writes the date
 * the same way.
 *
 *   <input class="input input-short" id="date" …> <button type="button" data-calendar-for="date" hidden>…</button>
 */
/** @param {HTMLButtonElement} button @param {HTMLInputElement} input */
function calendar(button, input) {
  const picker = document.createElement("input");
  picker.type = "date";
  picker.tabIndex = -1;
  picker.className = "visually-hidden";
  picker.setAttribute("aria-hidden", "true");
  if (!("showPicker" in picker)) return;
  button.after(picker);
  button.hidden = false;
  button.addEventListener("click", () => {
    const typed = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(input.value.trim());
    picker.value = typed ? `${typed[3]}-${typed[2].padStart(2, "0")}-${typed[1].padStart(2, "0")}` : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => {
    const [year, month, day] = picker.value.split("-");
    if (day) input.value = `${day}.${month}.${year}`;
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

for (const button of document.querySelectorAll("button[data-calendar-for]")) {
  const input = document.getElementById(/** @type {HTMLElement} */ (button).dataset.calendarFor ?? "");
  if (button instanceof HTMLButtonElement && input instanceof HTMLInputElement) calendar(button, input);
}
