// @ts-check
/** Positions of entries: whole numbers with gaps, so that an entry in between changes no other record. */
const GAP = 1024;

/**
 * A position after `before` and ahead of `after` (null: nothing on that side); null when there is no room.
 * @param {number | null} before @param {number | null} after @returns {number | null}
 */
export function between(before, after) {
  if (after === null) return Math.ceil(((before ?? 0) + 1) / GAP) * GAP;
  const low = before ?? 0;
  const middle = Math.floor((low + after) / 2);
  return middle > low && middle < after ? middle : null;
}

/**
 * Positions for so many entries in a row.
 * @param {number} count
 */
export function spread(count) {
  return Array.from({ length: count }, (_, index) => (index + 1) * GAP);
}
