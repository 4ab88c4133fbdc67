const wordsPerBlock = 16;
/** Bytes of the key stream that one counter gives. */
export const chachaBlockBytes = 64;

const readWord = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);

/** The state of RFC 8439, section 2.3: constants, key, counter, nonce of 12 bytes. */
function initialState(key: Uint8Array, nonce: Uint8Array): Int32Array {
  const state = new Int32Array(wordsPerBlock);
  state.set([0x61707865, 0x3320646e, 0x79622d32, 0x6b206574]);
  for (let word = 0; word < 8; word += 1) state[4 + word] = readWord(key, word * 4);
  for (let word = 0; word < 3; word += 1) state[13 + word] = readWord(nonce, word * 4);
  return state;
}

function mixQuarter(x: Int32Array, a: number, b: number, c: number, d: number): void {
  let [va = 0, vb = 0, vc = 0, vd = 0] = [x[a], x[b], x[c], x[d]];
  va = (va + vb) | 0;
  vd ^= va;
  vd = (vd << 16) | (vd >>> 16);
  vc = (vc + vd) | 0;
  vb ^= vc;
  vb = (vb << 12) | (vb >>> 20);
  va = (va + vb) | 0;
  vd ^= va;
  vd = (vd << 8) | (vd >>> 24);
  vc = (vc + vd) | 0;
  vb ^= vc;
  vb = (vb << 7) | (vb >>> 25);
  x[a] = va;
  x[b] = vb;
  x[c] = vc;
  x[d] = vd;
}

function mixBlock(state: Int32Array, block: Int32Array): void {
  block.set(state);
  for (let round = 0; round < 10; round += 1) {
    mixQuarter(block, 0, 4, 8, 12);
    mixQuarter(block, 1, 5, 9, 13);
    mixQuarter(block, 2, 6, 10, 14);
    mixQuarter(block, 3, 7, 11, 15);
    mixQuarter(block, 0, 5, 10, 15);
    mixQuarter(block, 1, 6, 11, 12);
    mixQuarter(block, 2, 7, 8, 13);
    mixQuarter(block, 3, 4, 9, 14);
  }
  for (let word = 0; word < wordsPerBlock; word += 1) block[word] = (block[word] ?? 0) + (state[word] ?? 0);
}

/**
 * ChaCha20 of RFC 8439: turns `bytes` into their cipher text, or back, in place. `nonce` has 12 bytes, `key` 32. Node's own
 * is not there in every build of Node, and the database's pages have to be read everywhere.
 */
export function applyChacha20(bytes: Uint8Array, key: Uint8Array, nonce: Uint8Array, counter: number): void {
  const state = initialState(key, nonce);
  const block = new Int32Array(wordsPerBlock);
  for (let start = 0; start < bytes.length; start += chachaBlockBytes) {
    state[12] = counter + start / chachaBlockBytes;
    mixBlock(state, block);
    const end = Math.min(chachaBlockBytes, bytes.length - start);
    for (let at = 0; at < end; at += 1) {
      const stream = (block[at >> 2] ?? 0) >>> ((at & 3) * 8);
      bytes[start + at] = (bytes[start + at] ?? 0) ^ stream;
    }
  }
}
