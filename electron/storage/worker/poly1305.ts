const limbCount = 6;
/** Six limbs of 22 bits hold a number of 130, and products of two of them stay exact in a double. */
const limbBits = 22;
const limbSize = 2 ** limbBits;
const limbMask = limbSize - 1;
/** What a carry out of the top limb (2^132) is worth modulo 2^130 - 5. */
const wrap = 20;
const blockBytes = 16;
const prime = 2n ** 130n - 5n;

const readWord = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;

/** Adds 16 bytes, lowest first, to a number in limbs; `top` is the bit above them. */
function addBlock(sum: Float64Array, bytes: Uint8Array, at: number, top: 0 | 1): void {
  const w0 = readWord(bytes, at);
  const w1 = readWord(bytes, at + 4);
  const w2 = readWord(bytes, at + 8);
  const w3 = readWord(bytes, at + 12);
  sum[0] = (sum[0] ?? 0) + (w0 & limbMask);
  sum[1] = (sum[1] ?? 0) + (((w0 >>> 22) | (w1 << 10)) & limbMask);
  sum[2] = (sum[2] ?? 0) + (((w1 >>> 12) | (w2 << 20)) & limbMask);
  sum[3] = (sum[3] ?? 0) + ((w2 >>> 2) & limbMask);
  sum[4] = (sum[4] ?? 0) + (((w2 >>> 24) | (w3 << 8)) & limbMask);
  sum[5] = (sum[5] ?? 0) + (w3 >>> 14) + top * 2 ** 18;
}

function multiply(sum: Float64Array, factor: Float64Array, product: Float64Array): void {
  for (let limb = 0; limb < limbCount; limb += 1) {
    let low = 0;
    let high = 0;
    for (let other = 0; other <= limb; other += 1) low += (sum[other] ?? 0) * (factor[limb - other] ?? 0);
    for (let other = limb + 1; other < limbCount; other += 1) {
      high += (sum[other] ?? 0) * (factor[limb + limbCount - other] ?? 0);
    }
    product[limb] = low + wrap * high;
  }
  let carry = 0;
  for (let limb = 0; limb < limbCount; limb += 1) {
    const value = (product[limb] ?? 0) + carry;
    carry = Math.floor(value / limbSize);
    sum[limb] = value - carry * limbSize;
  }
  sum[0] = (sum[0] ?? 0) + carry * wrap;
}

const toNumber = (bytes: Uint8Array): bigint => bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);

/**
 * The tag of 16 bytes of Poly1305 (RFC 8439, section 2.5) over `message`, whose length must be a multiple of 16; `key` has
 * 32 bytes and serves one message only.
 */
export function poly1305(message: Uint8Array, key: Uint8Array): Uint8Array {
  const clamped = Uint8Array.from(key.subarray(0, blockBytes));
  for (const at of [3, 7, 11, 15]) clamped[at] = (clamped[at] ?? 0) & 15;
  for (const at of [4, 8, 12]) clamped[at] = (clamped[at] ?? 0) & 252;
  const factor = new Float64Array(limbCount);
  addBlock(factor, clamped, 0, 0);
  const sum = new Float64Array(limbCount);
  const product = new Float64Array(limbCount);
  for (let at = 0; at < message.length; at += blockBytes) {
    addBlock(sum, message, at, 1);
    multiply(sum, factor, product);
  }
  const total = sum.reduceRight((number, limb) => (number << BigInt(limbBits)) + BigInt(limb), 0n) % prime;
  let tag = total + toNumber(key.subarray(blockBytes, 2 * blockBytes));
  return Uint8Array.from({ length: blockBytes }, () => {
    const byte = Number(tag & 255n);
    tag >>= 8n;
    return byte;
  });
}
