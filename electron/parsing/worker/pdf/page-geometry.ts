/** `[a, b, c, d, e, f]` of an affine map: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** An upright rectangle; `x0` ≤ `x1`, `y0` ≤ `y1`. */
export type Box = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };

/** Everything; what nothing is clipped by. */
export const endlessBox: Box = { x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity };

/** The map that first does `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Where a point lands. */
export function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** The smallest upright box around some points; null around none, or where a coordinate is no number. */
export function boxAround(points: readonly (readonly [number, number])[]): Box | null {
  const box = {
    x0: Math.min(...points.map(([x]) => x)),
    y0: Math.min(...points.map(([, y]) => y)),
    x1: Math.max(...points.map(([x]) => x)),
    y1: Math.max(...points.map(([, y]) => y)),
  };
  return Object.values(box).every(Number.isFinite) ? box : null;
}

/** The upright box around a mapped rectangle. */
export function mapBox(matrix: Matrix, { x0, y0, x1, y1 }: Box): Box | null {
  return boxAround([apply(matrix, x0, y0), apply(matrix, x1, y0), apply(matrix, x0, y1), apply(matrix, x1, y1)]);
}

/** What two boxes share; it may be empty (see `isEmpty`). */
export function intersect(one: Box, other: Box): Box {
  return {
    x0: Math.max(one.x0, other.x0),
    y0: Math.max(one.y0, other.y0),
    x1: Math.min(one.x1, other.x1),
    y1: Math.min(one.y1, other.y1),
  };
}

/** True for a box without a point in it. */
export function isEmpty({ x0, y0, x1, y1 }: Box): boolean {
  return x1 < x0 || y1 < y0;
}

/** Zero for an empty box. */
export function areaOf(box: Box): number {
  return isEmpty(box) ? 0 : (box.x1 - box.x0) * (box.y1 - box.y0);
}

/** True where the point lies in the box or on its edge. */
export function hasPoint({ x0, y0, x1, y1 }: Box, x: number, y: number): boolean {
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}
