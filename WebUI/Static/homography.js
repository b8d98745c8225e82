// @ts-check
/**
 * The projective transform that takes four points to four others (Heckbert 1989, "Fundamentals of Texture Mapping and
 * Image Warping", §2.2.3): what straightens a photograph of a sheet that was taken at an angle. Pure.
 *
 * A transform is the eight numbers a b c d e f g h of
 *   x' = (a x + b y + c) / (g x + h y + 1),  y' = (d x + e y + f) / (g x + h y + 1).
 */

/** @typedef {[number, number]} Point */

/** A corner whose angle is flatter than this is none. */
const FLATTEST = 1e-3;

/**
 * Whether four points, in their order, are the corners of a convex four-sided figure that goes clockwise on the screen.
 * @param {Point[]} points
 */
export function isSheet(points) {
  if (points.length !== 4 || !points.flat().every(Number.isFinite)) return false;
  return points.every((here, at) => {
    const [before, after] = [points[(at + 3) % 4], points[(at + 1) % 4]];
    const [ax, ay] = [here[0] - before[0], here[1] - before[1]];
    const [bx, by] = [after[0] - here[0], after[1] - here[1]];
    const lengths = Math.hypot(ax, ay) * Math.hypot(bx, by);
    return lengths > 0 && (ax * by - ay * bx) / lengths > FLATTEST;
  });
}

/**
 * The transform that takes `from` to `to`, point by point; null where there is none.
 * @param {Point[]} from @param {Point[]} to @returns {number[] | null}
 */
export function homography(from, to) {
  const rows = [];
  for (let at = 0; at < 4; at += 1) {
    const [[x, y], [u, v]] = [from[at], to[at]];
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
  }
  return solved(rows);
}

/**
 * Gaussian elimination with the largest pivot of each column.
 * @param {number[][]} rows eight equations of eight unknowns, the right side last @returns {number[] | null}
 */
function solved(rows) {
  const count = rows.length;
  for (let column = 0; column < count; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < count; row += 1) {
      if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    }
    if (!(Math.abs(rows[pivot][column]) > 1e-12)) return null;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let row = 0; row < count; row += 1) {
      const share = row === column ? 0 : rows[row][column] / rows[column][column];
      if (share === 0) continue;
      for (let at = column; at <= count; at += 1) rows[row][at] -= share * rows[column][at];
    }
  }
  const answer = rows.map((row, at) => row[count] / row[at]);
  return answer.every(Number.isFinite) ? answer : null;
}

/** @param {number[]} transform @param {Point} point @returns {Point} */
export function taken([a, b, c, d, e, f, g, h], [x, y]) {
  const depth = g * x + h * y + 1;
  return [(a * x + b * y + c) / depth, (d * x + e * y + f) / depth];
}

/** The transform as CSS writes it, column by column. @param {number[]} transform */
export function cssMatrix([a, b, c, d, e, f, g, h]) {
  return `matrix3d(${[a, d, 0, g, b, e, 0, h, 0, 0, 1, 0, c, f, 0, 1].join(", ")})`;
}
