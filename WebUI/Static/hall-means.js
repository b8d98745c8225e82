// @ts-check
/**
 * R7: whether a text names what is missing rather than what is wrong. The words come from the program
 * (MissingMeans in Swift), on the element that asks: data-beginnings and data-endings, with bars between.
 */

/**
 * @param {string} text
 * @param {DOMStringMap} words
 */
export function namesMissingMeans(text, words) {
  const lower = `${text.toLowerCase().trim()} `;
  const beginnings = (words.beginnings ?? "").split("|").filter((word) => word !== "");
  if (beginnings.some((word) => lower.startsWith(word))) return true;
  const parts = lower.split(/[^\p{L}]+/u).filter((word) => word !== "");
  const last = parts.at(-1);
  return parts.length <= 3 && last !== undefined && (words.endings ?? "").split("|").includes(last);
}
