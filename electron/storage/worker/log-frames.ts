import { frameBytes, frameHeaderBytes, logHeaderBytes } from './log-format.ts';
import { pageBytes } from './page-cipher.ts';
import type { ReadableFile } from './page-file.ts';

const bigEndianMark = 0x377f0683;
const littleEndianMark = 0x377f0682;

/** SQLite's checksum of the log: two sums over pairs of words, each frame continuing the one before. */
function addToChecksum(sums: readonly [number, number], bytes: Buffer, isBigEndian: boolean): [number, number] {
  let [first, second] = sums;
  for (let at = 0; at < bytes.length; at += 8) {
    const one = isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    const two = isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    first = (first + one + second) >>> 0;
    second = (second + two + first) >>> 0;
  }
  return [first, second];
}

const hasChecksum = (bytes: Buffer, at: number, [first, second]: readonly [number, number]): boolean =>
  bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second;

/**
 * Where in the log the newest committed content of each page lies, as an offset, by page number. What follows the first
 * frame that is not whole does not count, as in SQLite; nor do frames without a commit after them.
 */
export function committedFrames({ sizeBytes, read }: ReadableFile): ReadonlyMap<number, number> {
  const committed = new Map<number, number>();
  const header = read(0, logHeaderBytes);
  if (header.length < logHeaderBytes || header.readUInt32BE(8) !== pageBytes) return committed;
  const mark = header.readUInt32BE(0);
  if (mark !== bigEndianMark && mark !== littleEndianMark) return committed;
  const isBigEndian = mark === bigEndianMark;
  let sums = addToChecksum([0, 0], header.subarray(0, 24), isBigEndian);
  if (!hasChecksum(header, 24, sums)) return committed;
  let pending = new Map<number, number>();
  for (let at = logHeaderBytes; at + frameBytes <= sizeBytes; at += frameBytes) {
    const frame = read(at, frameBytes);
    const isOfThisLog = frame.subarray(8, 16).equals(header.subarray(16, 24));
    sums = addToChecksum(sums, frame.subarray(0, 8), isBigEndian);
    sums = addToChecksum(sums, frame.subarray(frameHeaderBytes), isBigEndian);
    if (!isOfThisLog || !hasChecksum(frame, 16, sums)) break;
    pending.set(frame.readUInt32BE(0), at + frameHeaderBytes);
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [number, offset] of pending) committed.set(number, offset);
    pending = new Map();
  }
  return committed;
}
