// @ts-check
/**
 * Turns one element into another with the fewest changes, so that what a person is doing is not disturbed:
 * the focused element stays focused, typed text stays typed, an opened <details> stays open, scroll stays.
 *
 * Children are matched by id (or data-key), the rest by order and tag. An element marked data-keep is left alone.
 */

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */

/**
 * Makes `from` look like `to`. Returns the elements that were not there before.
 * @param {Element} from in the page
 * @param {Element} to from the fresh page; its nodes may be taken
 * @returns {Element[]}
 */
export function morph(from, to) {
  /** @type {Element[]} */
  const added = [];
  const focused = document.activeElement;
  const selection = selectionOf(focused);
  const refuge = focused && from.contains(focused) ? ancestors(focused, from) : [];
  morphElement(from, to, added);
  if (focused && focused !== document.body && document.activeElement !== focused) {
    restoreFocus(focused, selection, refuge);
  }
  return added;
}

/** @param {Element} from @param {Element} to @param {Element[]} added */
function morphElement(from, to, added) {
  if (from.hasAttribute("data-keep") || from.isEqualNode(to)) {
    syncControl(from, to);
    return;
  }
  const typed = isControl(from) && isTyped(from);
  syncAttributes(from, to, typed);
  if (from instanceof HTMLTextAreaElement) {
    if (!typed) from.value = from.defaultValue = /** @type {HTMLTextAreaElement} */ (to).defaultValue;
    return;
  }
  const chosen = typed && from instanceof HTMLSelectElement ? from.value : null;
  morphChildren(from, to, added);
  if (chosen !== null) /** @type {HTMLSelectElement} */ (from).value = chosen;
  // Asked before its attributes changed: what a hand once touched and saved follows the store again.
  if (!typed) takeOver(from, to);
}

/** @param {Element} from @param {Element} to @param {Element[]} added */
function morphChildren(from, to, added) {
  /** @type {Map<string, Element>} */
  const keyed = new Map();
  for (const child of from.children) {
    const key = keyOf(child);
    if (key) keyed.set(key, child);
  }
  /** @type {ChildNode | null} */
  let next = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const match = findMatch(wanted, next, keyed);
    if (!match) {
      from.insertBefore(wanted, next);
      if (wanted instanceof Element) added.push(wanted);
      continue;
    }
    if (match === next) next = next.nextSibling;
    else from.insertBefore(match, next);
    if (match instanceof Element && wanted instanceof Element) morphElement(match, wanted, added);
    else if (match.nodeValue !== wanted.nodeValue) match.nodeValue = wanted.nodeValue;
  }
  while (next) {
    const leftover = next;
    next = next.nextSibling;
    if (!holdsTypedText(leftover)) leftover.remove();
  }
}

/**
 * @param {ChildNode} wanted
 * @param {ChildNode | null} next first node not yet placed
 * @param {Map<string, Element>} keyed
 * @returns {ChildNode | null}
 */
function findMatch(wanted, next, keyed) {
  const key = wanted instanceof Element ? keyOf(wanted) : "";
  if (key) {
    const match = keyed.get(key);
    return match && match.nodeName === wanted.nodeName ? match : null;
  }
  for (let node = next; node; node = node.nextSibling) {
    const isKeyed = node instanceof Element && keyOf(node) !== "";
    if (!isKeyed && node.nodeName === wanted.nodeName) return node;
  }
  return null;
}

/** @param {Element} element */
function keyOf(element) {
  return element.id || element.getAttribute("data-key") || "";
}

/** @param {Element} from @param {Element} to @param {boolean} typed whether what a person typed stays in it */
function syncAttributes(from, to, typed) {
  const keepsOpen = from instanceof HTMLDetailsElement;
  // Words that were refused are marked as wrong for as long as they stand there; a list goes back to the store's choice.
  const keepsMark = typed && !(from instanceof HTMLSelectElement);
  const isKept = (/** @type {string} */ name) =>
    (keepsOpen && name === "open") || (keepsMark && name === "aria-invalid");
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !isKept(name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (keepsOpen && name === "open") continue;
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

/** @param {Element} element @returns {element is Control} */
function isControl(element) {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
    || element instanceof HTMLSelectElement;
}

/**
 * Whether the person changed this control since the page came.
 * @param {Control} control
 */
export function isTyped(control) {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    if (options.length === 0) return false;
    const chosen = options.findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(chosen, 0);
  }
  if (control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type)) {
    return control.checked !== control.defaultChecked;
  }
  return control.value !== control.defaultValue;
}

/** @param {Element} from @param {Element} to */
function syncControl(from, to) {
  if (isControl(from) && !isTyped(from)) takeOver(from, to);
}

/** @param {Element} from @param {Element} to */
function takeOver(from, to) {
  if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) {
    from.value = to.defaultValue;
    from.checked = to.defaultChecked;
  }
}

/** @param {Node} node */
function holdsTypedText(node) {
  if (!(node instanceof Element)) return false;
  const controls = [node, ...node.querySelectorAll("input, textarea")];
  return controls.some((control) =>
    isControl(control) && control.type !== "hidden" && isTyped(control));
}

/** @param {Element} element @param {Element} top */
function ancestors(element, top) {
  const list = [];
  for (let node = element.parentElement; node; node = node === top ? null : node.parentElement) list.push(node);
  return list;
}

/** @param {Element | null} element @returns {[number, number] | null} */
function selectionOf(element) {
  const isText = element instanceof HTMLTextAreaElement
    || (element instanceof HTMLInputElement && /^(text|search|tel|url|password)$/.test(element.type));
  return isText ? [element.selectionStart ?? 0, element.selectionEnd ?? 0] : null;
}

/**
 * Gives the focus back after its element was moved, to the element that now has its id, or to the nearest
 * ancestor that is still there.
 * @param {Element} focused @param {[number, number] | null} selection @param {Element[]} refuge
 */
function restoreFocus(focused, selection, refuge) {
  const target = focused.isConnected
    ? focused
    : document.getElementById(focused.id) ?? refuge.find((element) => element.isConnected);
  if (!(target instanceof HTMLElement)) return;
  if (target !== focused && target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  if (target === focused && selection) {
    /** @type {HTMLInputElement} */ (target).setSelectionRange(selection[0], selection[1]);
  }
}
