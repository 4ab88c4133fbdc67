import { openDocumentArchive } from '../parsing/worker/archive/document-archive.ts';
import { writeZip } from './zip-writer.ts';
import type { ZipMember } from './zip-writer.ts';

type Random = () => number;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);

const pick = <Value>(random: Random, values: readonly Value[]): Value | undefined =>
  values[below(random, values.length)];

function flip(bytes: Buffer, random: Random): Buffer {
  const changed = Buffer.from(bytes);
  for (let count = 1 + below(random, 8); count > 0 && changed.length > 0; count -= 1) {
    const at = below(random, changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
  }
  return changed;
}

const cut = (bytes: Buffer, random: Random): Buffer => bytes.subarray(0, below(random, bytes.length));

function remove(bytes: Buffer, random: Random): Buffer {
  const at = below(random, bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(random, 256))]);
}

function repeat(bytes: Buffer, random: Random): Buffer {
  const at = below(random, bytes.length);
  const piece = bytes.subarray(at, at + 1 + below(random, 512));
  const copies = Array.from({ length: 1 + below(random, 20) }, () => piece);
  return Buffer.concat([bytes.subarray(0, at), ...copies, bytes.subarray(at)]);
}

const numbers = ['0', '-1', '1', '65536', '2147483647', '4294967296', '99999999999999', '1e308', 'NaN', ''];

/** Gives numbers in the file another value. */
function renumber(bytes: Buffer, random: Random): Buffer {
  const share = 0.02 + random() * 0.2;
  return Buffer.from(
    bytes
      .toString('latin1')
      .replaceAll(/\d+/g, (digits) => (random() < share ? (pick(random, numbers) ?? '') : digits)),
    'latin1',
  );
}

/** Swaps the values of attributes, and the names of elements. */
function swapMarkup(bytes: Buffer, random: Random): Buffer {
  const text = bytes.toString('latin1');
  const pattern = random() < 0.5 ? /"[^"<>]{0,80}"/g : /<\/?[\w:-]{1,40}/g;
  const found = [...text.matchAll(pattern)].map(([match]) => match);
  const share = 0.01 + random() * 0.1;
  const swapped = text.replaceAll(pattern, (match) => (random() < share ? (pick(random, found) ?? match) : match));
  return Buffer.from(swapped, 'latin1');
}

const changes = [flip, flip, cut, remove, repeat, renumber, swapMarkup] as const;

function change(bytes: Buffer, random: Random): Buffer {
  let changed = bytes;
  for (let count = 1 + below(random, 3); count > 0 && changed.length > 0; count -= 1) {
    changed = (pick(random, changes) ?? flip)(changed, random);
  }
  return changed;
}

async function membersOf(bytes: Buffer): Promise<ZipMember[]> {
  const archive = await openDocumentArchive(bytes, 'fixture');
  const members: ZipMember[] = [];
  for (const name of archive.paths) members.push({ name, content: (await archive.read(name)) ?? '' });
  return members;
}

/** A document packed anew after its parts were changed, exchanged, left out or doubled. */
async function changeMembers(bytes: Buffer, random: Random): Promise<Buffer> {
  const members = await membersOf(bytes);
  for (let count = 1 + below(random, 3); count > 0; count -= 1) {
    const index = below(random, members.length);
    const member = members[index];
    const other = pick(random, members);
    if (!member || !other) break;
    const choice = random();
    if (choice < 0.7) members[index] = { ...member, content: change(Buffer.from(member.content), random) };
    else if (choice < 0.8) members[index] = { ...member, content: other.content };
    else if (choice < 0.9) members.splice(index, 1);
    else members.push({ ...member, claimedBytes: below(random, 0xffffffff) });
  }
  return writeZip(members);
}

/** A copy of a document with a few changes: to its bytes or, where it is an archive, mostly to the parts inside. */
export async function mutateDocument(bytes: Buffer, random: Random): Promise<Buffer> {
  const isArchive = bytes.toString('latin1', 0, 4) === 'PK\u0003\u0004';
  return isArchive && random() < 0.75 ? await changeMembers(bytes, random) : change(bytes, random);
}
