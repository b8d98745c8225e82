// @ts-check
/** "Show on the projector": the window opens with the same press that chooses the meeting. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form instanceof HTMLFormElement && form.dataset.opens) window.open(form.dataset.opens, "ashar-room");
});
