// @ts-check
/** The print button of a paper; without scripts the browser's own menu prints. */
const button = document.getElementById("print");
button?.removeAttribute("hidden");
button?.addEventListener("click", () => window.print());
