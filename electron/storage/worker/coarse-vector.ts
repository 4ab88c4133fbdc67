/** The largest 8-bit number that a coarse vector has; each vector is stretched until its largest number is this. */
const largest = 127;

/**
 * A vector as the index keeps it: a byte for every number, in the same direction. Its own length is part of what
 * comparing it costs, and is computed when it is read. The cosine with the exact one is above 0.9999 for 384 numbers.
 */
export function toCoarse(vector: Float32Array): Int8Array {
  let peak = 0;
  for (const value of vector) peak = Math.max(peak, Math.abs(value));
  const stretch = peak === 0 ? 0 : largest / peak;
  return Int8Array.from(vector, (value) => Math.round(value * stretch));
}

/** The vector of unit length that points where the coarse one does. */
export function fromCoarse(coarse: Int8Array): Float32Array {
  const length = Math.hypot(...coarse) || 1;
  return Float32Array.from(coarse, (value) => value / length);
}
