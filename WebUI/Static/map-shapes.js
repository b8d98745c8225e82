// @ts-check
/**
 * The mathematics of things on the map: reading and writing their geometry (RFC 7946 §3.1), what lies under a finger,
 * and strokes made simpler. Pure: nothing here knows of the page.
 */

/** @typedef {[number, number]} Point x to the right, y downwards, in map units */
/** @typedef {"point" | "line" | "area"} Kind */
/** @typedef {{type: string, kind: Kind, parts: Point[][], coordinates: any}} Shape */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** As far as a geometry may reach. */
const FARTHEST = 1e6;

/** @type {Record<string, {kind: Kind, depth: number}>} */
const TYPES = {
  Point: { kind: "point", depth: 0 },
  MultiPoint: { kind: "point", depth: 1 },
  LineString: { kind: "line", depth: 1 },
  MultiLineString: { kind: "line", depth: 2 },
  Polygon: { kind: "area", depth: 2 },
  MultiPolygon: { kind: "area", depth: 3 },
};

/**
 * Reads a geometry; null for what is none, whoever wrote it.
 * @param {unknown} text @returns {Shape | null}
 */
export function readShape(text) {
  let json;
  try {
    json = typeof text === "string" ? JSON.parse(text) : text;
  } catch {
    return null;
  }
  const type = TYPES[json?.type];
  if (!type || !isNested(json.coordinates, type.depth)) return null;
  const at = json.coordinates;
  const parts = type.depth === 0 ? [[at]] : type.depth === 1 ? [at] : type.depth === 2 ? at : at.flat();
  return { type: json.type, kind: type.kind, parts, coordinates: at };
}

/** @param {any} value @param {number} depth @returns {boolean} */
function isNested(value, depth) {
  if (!Array.isArray(value) || value.length === 0) return false;
  if (depth > 0) return value.every((one) => isNested(one, depth - 1));
  return value.length >= 2 && value.every((one) => Number.isFinite(one) && Math.abs(one) <= FARTHEST);
}

/** @param {Shape} shape @returns {string} */
export function writeShape(shape) {
  return JSON.stringify({ type: shape.type, coordinates: shape.coordinates });
}

/**
 * A new shape of points as they were drawn; an area's ring is closed.
 * @param {Kind} kind @param {Point[]} points @returns {Shape}
 */
export function makeShape(kind, points) {
  const rounded = points.map(round);
  if (kind === "point") return shapeOf("Point", rounded[0]);
  if (kind === "line") return shapeOf("LineString", rounded);
  return shapeOf("Polygon", [[...rounded, rounded[0]]]);
}

/** @param {string} type @param {any} coordinates @returns {Shape} */
function shapeOf(type, coordinates) {
  return /** @type {Shape} */ (readShape({ type, coordinates }));
}

/** @param {Point} point @returns {Point} */
function round([x, y]) {
  return [tenths(x), tenths(y)];
}

/** @param {number} number */
function tenths(number) {
  return Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, number)) * 10) / 10;
}

/** @param {Shape} shape @param {number} dx @param {number} dy @returns {Shape} */
export function moved(shape, dx, dy) {
  /** @param {any} value @returns {any} */
  const move = (value) => (typeof value[0] === "number" ? round([value[0] + dx, value[1] + dy]) : value.map(move));
  return shapeOf(shape.type, move(shape.coordinates));
}

/**
 * The corners people can take hold of; none where a shape is made of several.
 * @param {Shape} shape @returns {Point[]}
 */
export function corners(shape) {
  if (shape.type === "LineString") return shape.parts[0];
  if (shape.type !== "Polygon" || shape.parts.length !== 1) return [];
  const ring = shape.parts[0];
  const [first, last] = [ring[0], ring[ring.length - 1]];
  const isClosed = ring.length > 1 && first[0] === last[0] && first[1] === last[1];
  return isClosed ? ring.slice(0, -1) : ring;
}

/** The fewest corners of a kind. @type {Record<Kind, number>} */
export const FEWEST = { point: 1, line: 2, area: 3 };

/** @param {Shape} shape @returns {Box} */
export function boxOf(shape) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const part of shape.parts) {
    for (const [x, y] of part) {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
}

/** Where a sign and a name go. @param {Shape} shape @returns {Point} */
export function anchor(shape) {
  const part = shape.parts.reduce((best, one) => (length(one) > length(best) ? one : best), shape.parts[0]);
  if (shape.kind === "point") return part[0];
  if (shape.kind === "line") return halfWay(part);
  const box = boxOf({ ...shape, parts: [part] });
  /** @type {Point[]} */
  const tries = [centroid(part), [(box.left + box.right) / 2, (box.top + box.bottom) / 2]];
  return tries.find((point) => isInside(part, point)) ?? part[0];
}

/** @param {Point[]} part */
function length(part) {
  let sum = 0;
  for (let at = 1; at < part.length; at += 1) sum += distance(part[at - 1], part[at]);
  return sum;
}

/** @param {Point} one @param {Point} other */
export function distance(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}

/** @param {Point[]} part @returns {Point} */
function halfWay(part) {
  let left = length(part) / 2;
  for (let at = 1; at < part.length; at += 1) {
    const [from, to] = [part[at - 1], part[at]];
    const step = distance(from, to);
    if (step >= left && step > 0) {
      return [from[0] + (to[0] - from[0]) * left / step, from[1] + (to[1] - from[1]) * left / step];
    }
    left -= step;
  }
  return part[part.length - 1];
}

/** @param {Point[]} ring @returns {Point} */
function centroid(ring) {
  let [area, x, y] = [0, 0, 0];
  ring.forEach((one, at) => {
    const other = ring[(at + 1) % ring.length];
    const cross = one[0] * other[1] - other[0] * one[1];
    area += cross;
    x += (one[0] + other[0]) * cross;
    y += (one[1] + other[1]) * cross;
  });
  return area === 0 ? [NaN, NaN] : [x / (3 * area), y / (3 * area)];
}

/** @param {Point[]} ring @param {Point} point */
function isInside(ring, [x, y]) {
  let inside = false;
  ring.forEach((one, at) => {
    const other = ring[(at + 1) % ring.length];
    if (one[1] > y !== other[1] > y && x < one[0] + (y - one[1]) / (other[1] - one[1]) * (other[0] - one[0])) {
      inside = !inside;
    }
  });
  return inside;
}

/** @param {Point} point @param {Point} from @param {Point} to how far a point is from a piece of a line */
export function distanceToPiece(point, from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : ((point[0] - from[0]) * dx + (point[1] - from[1]) * dy) / square;
  const at = Math.max(0, Math.min(1, share));
  return Math.hypot(point[0] - from[0] - dx * at, point[1] - from[1] - dy * at);
}

/**
 * How near a shape is to a place, at most `reach`; null where it is farther. Within an area the distance is `reach`
 * itself, so that what stands on a field is taken before the field.
 * @param {Shape} shape @param {Point} point @param {number} reach @returns {number | null}
 */
export function nearness(shape, point, reach) {
  let best = Infinity;
  for (const part of shape.parts) {
    if (part.length === 1 || shape.kind === "point") {
      for (const one of part) best = Math.min(best, distance(one, point));
    }
    for (let at = 1; at < part.length && shape.kind !== "point"; at += 1) {
      best = Math.min(best, distanceToPiece(point, part[at - 1], part[at]));
    }
    if (shape.kind === "area" && isInside(part, point)) best = Math.min(best, reach);
  }
  return best <= reach ? best : null;
}

/**
 * The line with fewer points (Douglas and Peucker 1973): none of the left out ones is farther than `tolerance` from it.
 * @param {Point[]} points @param {number} tolerance @returns {Point[]}
 */
export function simplified(points, tolerance) {
  if (points.length < 3) return points;
  const keep = new Uint8Array(points.length);
  keep[0] = keep[points.length - 1] = 1;
  const spans = [[0, points.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let [farthest, at] = [tolerance, 0];
    for (let index = from + 1; index < to; index += 1) {
      const far = distanceToPiece(points[index], points[from], points[to]);
      if (far > farthest) [farthest, at] = [far, index];
    }
    if (at === 0) continue;
    keep[at] = 1;
    spans.push([from, at], [at, to]);
  }
  return points.filter((_, index) => keep[index] === 1);
}
