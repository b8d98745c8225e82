// @ts-check
/**
 * The laptop's own camera in a dialog: a live picture, "take", and then "keep" or "again". The camera is let go as soon
 * as the dialog closes, a picture is taken, or the page is left.
 */
const QUALITY = 0.92;

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("camera"));
const video = /** @type {HTMLVideoElement} */ (document.getElementById("camera-video"));
const still = /** @type {HTMLImageElement} */ (document.getElementById("camera-still"));
const error = /** @type {HTMLElement} */ (document.getElementById("camera-error"));

/** @type {MediaStream | null} */
let stream = null;
/** @type {Blob | null} */
let taken = null;
/** The dialog that is open now; an answer of the camera to an earlier one comes too late. */
let opening = 0;

/** Whether this browser, at this address, may use a camera at all. */
export function hasCamera() {
  return dialog !== null && Boolean(navigator.mediaDevices?.getUserMedia);
}

/** @param {string} selector @returns {HTMLButtonElement} */
function button(selector) {
  return /** @type {HTMLButtonElement} */ (dialog?.querySelector(selector));
}

async function start() {
  opening += 1;
  const mine = opening;
  show(null);
  error.hidden = true;
  button("[data-take]").disabled = true;
  try {
    const found = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 2048 }, height: { ideal: 1536 } }, audio: false,
    });
    if (mine !== opening || !dialog?.open) {
      found.getTracks().forEach((track) => track.stop());
      return;
    }
    stream = found;
    video.srcObject = found;
    await video.play();
    button("[data-take]").disabled = false;
    button("[data-take]").focus();
  } catch (reason) {
    if (mine === opening) explain(reason instanceof DOMException ? reason.name : "");
  }
}

/** @param {string} name */
function explain(name) {
  stop();
  const reasons = /** @type {Record<string, string | undefined>} */ ({
    NotAllowedError: dialog?.dataset.denied, NotFoundError: dialog?.dataset.none,
  });
  error.textContent = reasons[name] ?? dialog?.dataset.busy ?? "";
  error.hidden = false;
}

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  video.srcObject = null;
}

function take() {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  canvas.toBlob((blob) => {
    if (!blob || !dialog?.open) return;
    stop();
    show(blob);
    button("[data-keep]").focus();
  }, "image/jpeg", QUALITY);
}

/** @param {Blob | null} blob what was taken, or nothing while the live picture is to be seen */
function show(blob) {
  if (still.src) URL.revokeObjectURL(still.src);
  taken = blob;
  if (blob) still.src = URL.createObjectURL(blob);
  else still.removeAttribute("src");
  still.hidden = blob === null;
  video.hidden = blob !== null;
  button("[data-take]").hidden = blob !== null;
  button("[data-keep]").hidden = blob === null;
  button("[data-retake]").hidden = blob === null;
}

/**
 * Opens the dialog; `keep` is called with each picture that the person wants.
 * @param {(picture: Blob) => void} keep
 */
export function openCamera(keep) {
  if (!dialog) return;
  button("[data-keep]").onclick = () => {
    if (taken) keep(taken);
    void start();
  };
  dialog.showModal();
  void start();
}

if (dialog) {
  button("[data-take]").addEventListener("click", take);
  button("[data-retake]").addEventListener("click", () => void start());
  button("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    opening += 1;
    stop();
    show(null);
  });
  window.addEventListener("pagehide", stop);
}
