/** Numbers at which readers of binary formats go wrong. */
const nasty = [0, 1, 7, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff] as const;

type Random = () => number;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

function overwrite(file: Buffer, random: Random): Buffer {
  const at = below(random, file.length);
  const value = nasty[below(random, nasty.length)] ?? 0;
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value);
  bytes.writeUInt32LE(random() < 0.5 ? 0 : value, 4);
  bytes.copy(file, at, 0, [1, 4, 8][below(random, 3)]);
  return file;
}

function flip(file: Buffer, random: Random): Buffer {
  const at = below(random, file.length);
  file[at] = (file[at] ?? 0) ^ (1 << below(random, 8));
  return file;
}

function cut(file: Buffer, random: Random): Buffer {
  return file.subarray(0, below(random, file.length));
}

function remove(file: Buffer, random: Random): Buffer {
  const at = below(random, file.length);
  return Buffer.concat([file.subarray(0, at), file.subarray(at + 1 + below(random, 32))]);
}

function repeat(file: Buffer, random: Random): Buffer {
  const at = below(random, file.length);
  const end = at + 1 + below(random, 128);
  return Buffer.concat([file.subarray(0, end), file.subarray(at)]);
}

/** A copy of `file` with one to four changes: bits, numbers, and pieces cut out, doubled or cut off. */
export function mutateGguf(file: Buffer, random: Random): Buffer {
  const changes = [overwrite, overwrite, flip, flip, cut, remove, repeat] as const;
  let mutated: Buffer = Buffer.from(file);
  for (let count = 1 + below(random, 4); count > 0 && mutated.length > 0; count -= 1) {
    mutated = (changes[below(random, changes.length)] ?? flip)(mutated, random);
  }
  return mutated;
}
