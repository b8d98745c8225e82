// @ts-check
/**
 * Chooses a photograph within a form (partial photo-picker): a new file goes to the album at once and is then the
 * chosen one, so the form sends only an id. Without scripts the file goes along with the form.
 */
import { Refusal } from "./api.js";
import { uploadPhoto } from "./photo-upload.js";

/** @param {HTMLElement} picker */
function start(picker) {
  const file = /** @type {HTMLInputElement | null} */ (picker.querySelector("input[type=file]"));
  const state = picker.querySelector("[data-state]");
  const error = /** @type {HTMLElement | null} */ (picker.querySelector("[role=alert]"));
  file?.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    if (error) error.hidden = true;
    const { owner = "", mostBytes, tooLarge = "", working = "", failed = "" } = picker.dataset;
    try {
      if (chosen.size > Number(mostBytes)) throw new Refusal(413, { detail: tooLarge });
      const photo = await uploadPhoto(chosen, { owner }, (percent) => {
        if (state) state.textContent = percent < 100 ? `${percent} %` : working;
      });
      choose(picker, String(photo.id), chosen);
    } catch (reason) {
      if (!error) throw reason;
      error.textContent = reason instanceof Refusal ? reason.message : failed;
      error.hidden = false;
    } finally {
      file.value = "";
      if (state) state.textContent = "";
    }
  });
}

/** @param {HTMLElement} picker @param {string} id @param {Blob} file */
function choose(picker, id, file) {
  const template = /** @type {HTMLTemplateElement} */ (
    picker.parentElement?.querySelector("template[data-picker-photo]"));
  const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const radio = /** @type {HTMLInputElement} */ (copy.querySelector("input"));
  const image = /** @type {HTMLImageElement} */ (copy.querySelector("img"));
  radio.name = picker.dataset.name ?? "";
  radio.value = id;
  image.src = URL.createObjectURL(file);
  picker.querySelector(".picker-photos")?.append(copy);
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

for (const picker of document.querySelectorAll("[data-photo-picker]")) {
  start(/** @type {HTMLElement} */ (picker));
}
