// @ts-check
/**
 * Puts values into a text of the page: fill("{time}: saved", {time: "10:42"}).
 * @param {string | undefined} text @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return (text ?? "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
