/** Precisions in which a model is made; the ones that downloads mostly have, and the plain one. */
export type MadeType = 'F16' | 'Q8_0' | 'Q4_0' | 'Q4_1' | 'Q4_K' | 'Q6_K';

/** How a precision lies in a file, as the specification of the format has it: `values` weights of a row in `bytes`. */
export type MadeTypeLayout = { readonly number: number; readonly values: number; readonly bytes: number };

/** Layouts by precision; rows must be multiples of `values`. */
export const madeTypes: Readonly<Record<MadeType, MadeTypeLayout>> = {
  F16: { number: 1, values: 1, bytes: 2 },
  Q4_0: { number: 2, values: 32, bytes: 18 },
  Q4_1: { number: 3, values: 32, bytes: 20 },
  Q8_0: { number: 8, values: 32, bytes: 34 },
  Q4_K: { number: 12, values: 256, bytes: 144 },
  Q6_K: { number: 14, values: 256, bytes: 210 },
};

/** Bytes of the stretch that is made once and written again and again: what the numbers are does not matter for speed. */
const stretchBytes = 1024 * 1024;

/** A 16-bit floating point number for a positive value below 65,504. */
function half(value: number): number {
  const [bits = 0] = new Uint32Array(Float32Array.of(value).buffer);
  const exponent = ((bits >>> 23) & 0xff) - 112;
  if (exponent <= 0) return Math.round(value * 2 ** 24);
  return (exponent << 10) | ((bits >>> 13) & 0x3ff);
}

/** Numbers that look random and are the same each time (xorshift). */
function fillRandomly(bytes: Buffer): void {
  let state = 0x9e3779b9;
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state | 0, at);
  }
}

/** Writes the factors of each block, so that a row of `width` such weights has a length of about 1. */
const factors: Readonly<Record<MadeType, (bytes: Buffer, at: number, unit: number) => void>> = {
  // Between 1/64 and 1/32, of either sign.
  F16: (bytes, at) => bytes.writeUInt16LE((bytes.readUInt16LE(at) & 0x83ff) | 0x2400, at),
  Q8_0: (bytes, at, unit) => bytes.writeUInt16LE(half(unit / 74), at),
  Q4_0: (bytes, at, unit) => bytes.writeUInt16LE(half(unit / 4.6), at),
  Q4_1: (bytes, at, unit) => {
    bytes.writeUInt16LE(half(unit / 4.6), at);
    // The least value of the block, below zero.
    bytes.writeUInt16LE(half((unit / 4.6) * 7.5) | 0x8000, at + 2);
  },
  Q4_K: (bytes, at, unit) => {
    bytes.writeUInt16LE(half(unit / 250), at);
    bytes.writeUInt16LE(half((unit / 250) * 7.5), at + 2);
  },
  Q6_K: (bytes, at, unit) => bytes.writeUInt16LE(half(unit / 1_340), at + 208),
};

/** A stretch of weights of whole blocks, about 1 MiB, for rows of `width` weights. */
export function makeWeights(type: MadeType, width: number): Buffer {
  const { bytes: blockBytes } = madeTypes[type];
  const stretch = Buffer.alloc(Math.floor(stretchBytes / blockBytes) * blockBytes);
  fillRandomly(stretch);
  for (let at = 0; at < stretch.length; at += blockBytes) factors[type](stretch, at, 1 / Math.sqrt(width));
  return stretch;
}
