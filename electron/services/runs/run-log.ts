import type { AnswerPart, UnnumberedPart } from '../../shared/answer-part.ts';

type Delta = Extract<AnswerPart, { type: 'text-delta' | 'reasoning-delta' }>;

/** Deltas of one kind that follow each other, as one text and the end of each in it. */
type DeltaBlock = {
  readonly kind: Delta['type'];
  readonly first: number;
  /** Text of the sealed block; the deltas of an open one are still in `open`. */
  text: string;
  open: string[];
  ends: number[];
};
type Single = { readonly kind: 'single'; readonly first: number; readonly part: AnswerPart };
type Entry = DeltaBlock | Single;

/** Deltas of one block: long enough to make the rest small, short enough that joining it is nothing. */
const blockLength = 512;

const lengthOf = (entry: Entry): number => (entry.kind === 'single' ? 1 : entry.open.length + entry.ends.length);

function sealed(block: DeltaBlock): void {
  let end = 0;
  block.ends = block.open.map((text) => (end += text.length));
  block.text = block.open.join('');
  block.open = [];
}

function partAt(entry: Entry, sequence: number): AnswerPart {
  if (entry.kind === 'single') return entry.part;
  const index = sequence - entry.first;
  const text = entry.open[index] ?? entry.text.slice(entry.ends[index - 1] ?? 0, entry.ends[index]);
  return { type: entry.kind, sequence, text };
}

/**
 * The parts of one run, numbered from 0 without gaps and kept for replay. Deltas are kept as joined text, about 10 bytes
 * each beside the text itself, and come back as they were written; of adjacent `progress` parts the newest is kept.
 */
export interface RunLog {
  /** Number of parts written; the next one gets this sequence. */
  readonly length: number;
  /** Entries in memory: what bounds the log, for tests. */
  readonly entries: number;
  append(part: UnnumberedPart): AnswerPart;
  /** The first part that is kept with `sequence >= from`, or null. */
  at(from: number): AnswerPart | null;
}

/** An empty log. */
export function createRunLog(): RunLog {
  const entries: Entry[] = [];
  let length = 0;

  const appendDelta = (part: Delta): void => {
    const last = entries.at(-1);
    const isOpen = last?.kind === part.type && last.open.length > 0;
    if (isOpen && last.open.length < blockLength) {
      last.open.push(part.text);
      return;
    }
    if (isOpen) sealed(last);
    entries.push({ kind: part.type, first: part.sequence, text: '', open: [part.text], ends: [] });
  };

  const appendSingle = (part: AnswerPart): void => {
    const last = entries.at(-1);
    if (last !== undefined && last.kind !== 'single' && last.open.length > 0) sealed(last);
    const isNewer = last?.kind === 'single' && last.part.type === 'progress' && part.type === 'progress';
    if (isNewer) entries.pop();
    entries.push({ kind: 'single', first: part.sequence, part });
  };

  /** Index of the last entry that begins at or before `sequence`. */
  const find = (sequence: number): number => {
    let [low, high] = [0, entries.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((entries[middle]?.first ?? 0) <= sequence) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  return {
    get length() {
      return length;
    },
    get entries() {
      return entries.length;
    },
    append(unnumbered) {
      const part: AnswerPart = { ...unnumbered, sequence: length };
      if (part.type === 'text-delta' || part.type === 'reasoning-delta') appendDelta(part);
      else appendSingle(part);
      length += 1;
      return part;
    },
    at(from) {
      if (from >= length) return null;
      const index = find(from);
      const entry = entries[index];
      if (entry === undefined) return null;
      if (from < entry.first + lengthOf(entry)) return partAt(entry, Math.max(from, entry.first));
      const next = entries[index + 1];
      return next === undefined ? null : partAt(next, next.first);
    },
  };
}
