import { randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../testing/seeded-random.ts';
import { pieceBytes, readSealed, writeSealed } from './sealed-pieces.ts';
import type { StateHeader } from './state-header.ts';

const header: StateHeader = { format: 1, model: 'sha256:0123', options: 'options', library: '3', tokens: 300 };
const key = new Uint8Array(randomBytes(32));
const answers = Buffer.from('[["Yes.",[1,2]]]', 'utf8');
const never = new AbortController().signal;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-sealed-'));
});
afterAll(async () => await rm(folder, { recursive: true, force: true }));

async function seal(content: Uint8Array): Promise<Buffer> {
  const [clearPath, path] = [join(folder, 'clear'), join(folder, 'sealed')];
  await writeFile(clearPath, content);
  const [clear, target] = [await open(clearPath), await open(path, 'w')];
  await writeSealed({ header, key, answers }, clear, target, never);
  await clear.close();
  await target.close();
  return await readFile(path);
}

/** Null for what does not open. */
async function unseal(sealed: Uint8Array, withKey = key, accepts: (found: StateHeader) => boolean = () => true) {
  const [path, clearPath] = [join(folder, 'changed'), join(folder, 'opened')];
  await writeFile(path, sealed);
  const [source, clear] = [await open(path), await open(clearPath, 'w+')];
  try {
    const opened = await readSealed(source, { key: withKey, accepts }, clear, never);
    return opened === null ? null : { answers: Buffer.from(opened.answers), content: await readFile(clearPath) };
  } finally {
    await source.close();
    await clear.close();
  }
}

/** One way to damage a file: a flipped bit, a cut, an insertion, bytes put elsewhere, or pieces in another order. */
function damage(sealed: Buffer, seed: number): Buffer {
  const random = createSeededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const [at, other] = [below(sealed.length), below(sealed.length)];
  const copy = Buffer.from(sealed);
  switch (seed % 5) {
    case 0:
      copy[at] = (copy[at] ?? 0) ^ (1 << below(8));
      return copy;
    case 1:
      return copy.subarray(0, at);
    case 2:
      return Buffer.concat([copy.subarray(0, at), randomBytes(1 + below(40)), copy.subarray(at)]);
    case 3:
      // Early bytes are headers and lengths, where damage is most likely to lead a reader astray.
      copy[below(300)] = below(256);
      return copy;
    default:
      copy.copy(copy, at, other, Math.min(other + 4_000, copy.length));
      return copy;
  }
}

describe('sealed pieces', () => {
  it.each([0, 1, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes + 17])('hold %i bytes', async (length) => {
    const content = randomBytes(length);
    const opened = await unseal(await seal(content));
    expect(opened?.content.equals(content)).toBe(true);
    expect(opened?.answers.equals(answers)).toBe(true);
  });

  it('show nothing of what they hold, and never the same twice', async () => {
    const content = Buffer.from('a planted marker '.repeat(9_000));
    const [first, second] = [await seal(content), await seal(content)];
    expect(first.includes('planted')).toBe(false);
    expect(first.subarray(-1_000).equals(second.subarray(-1_000))).toBe(false);
  });

  it('do not open with another key, or for who wants another model', async () => {
    const sealed = await seal(randomBytes(100));
    expect(await unseal(sealed, new Uint8Array(randomBytes(32)))).toBeNull();
    expect(await unseal(sealed, key, ({ model }) => model !== header.model)).toBeNull();
  });

  // Catches a header that is believed: with another model's name in it, the library would end the process.
  it('do not open with a header that was written over', async () => {
    const sealed = await seal(randomBytes(100));
    const text = sealed.toString('latin1').replace('"tokens":300', '"tokens":299');
    expect(await unseal(Buffer.from(text, 'latin1'))).toBeNull();
  });

  // Catches pieces that are taken in any order, or an end that is taken for granted.
  it('do not open when whole pieces are missing, doubled or swapped', async () => {
    const sealed = await seal(randomBytes(3 * pieceBytes));
    const size = pieceBytes + 20;
    const start = sealed.length - 3 * size;
    const [one, two, three] = [0, 1, 2].map((index) =>
      sealed.subarray(start + index * size, start + (index + 1) * size),
    );
    const parts = [one, two, three].map((part) => part ?? Buffer.alloc(0));
    const head = sealed.subarray(0, start);
    const orders = [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [0, 0, 1, 2],
      [0, 1, 2, 2],
    ];
    for (const order of orders) {
      expect(await unseal(Buffer.concat([head, ...order.map((index) => parts[index] ?? head)]))).toBeNull();
    }
    expect(await unseal(Buffer.concat([head, ...parts]))).not.toBeNull();
  });

  it('are told from 500 damaged ones, none of which opens or throws', { timeout: 60_000 }, async () => {
    const files = [await seal(randomBytes(20_000)), await seal(randomBytes(pieceBytes + 5_000))];
    for (let seed = 0; seed < 500; seed += 1) {
      const sealed = files[seed % 27 === 0 ? 1 : 0] ?? Buffer.alloc(0);
      const damaged = damage(sealed, seed);
      if (damaged.equals(sealed)) continue;
      expect(await unseal(damaged), `seed ${seed}`).toBeNull();
    }
  });

  it('stop when nobody waits any more', async () => {
    const aborted = AbortSignal.abort(new Error('no more'));
    const [clear, target] = [await open(join(folder, 'clear')), await open(join(folder, 'sealed'), 'w')];
    await expect(writeSealed({ header, key, answers }, clear, target, aborted)).rejects.toThrow('no more');
    await clear.close();
    await target.close();
  });
});
