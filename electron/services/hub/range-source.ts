import type { ByteSource } from '../../inference/gguf/header-window.ts';
import type { HubRange } from './hub-service.ts';

/** Bytes that are asked for at once: a header of a large vocabulary takes some ten of these. */
const pieceBytes = 1024 * 1024;

/** Bytes of a file behind ranges, by position, forward: the last two pieces are kept. `end` is included. */
export function createRangeSource(
  range: (start: number, end: number) => Promise<HubRange>,
  sizeBytes: number,
): ByteSource {
  const pieces = new Map<number, Promise<Buffer>>();

  const fetchPiece = async (number: number): Promise<Buffer> => {
    const start = number * pieceBytes;
    const length = Math.min(pieceBytes, sizeBytes - start);
    const { start: from, body } = await range(start, start + length - 1);
    // A server that knows no ranges sends everything; what lies before is passed over.
    let skipped = start - from;
    const bytes = Buffer.alloc(length);
    let filled = 0;
    for await (const chunk of body) {
      const useful = chunk.subarray(Math.min(skipped, chunk.byteLength));
      skipped -= chunk.byteLength - useful.byteLength;
      filled += Buffer.from(useful).copy(bytes, filled);
      if (filled === length) break;
    }
    return bytes.subarray(0, filled);
  };

  const pieceOf = async (number: number): Promise<Buffer> => {
    const known = pieces.get(number);
    if (known !== undefined) return await known;
    const fetching = fetchPiece(number);
    pieces.set(number, fetching);
    fetching.catch(() => pieces.delete(number));
    for (const old of pieces.keys()) if (old < number - 1) pieces.delete(old);
    return await fetching;
  };

  return {
    async read(buffer, offset, length, position) {
      if (position >= sizeBytes) return { bytesRead: 0 };
      const piece = await pieceOf(Math.floor(position / pieceBytes));
      const bytesRead = piece.copy(buffer, offset, position % pieceBytes, (position % pieceBytes) + length);
      return { bytesRead };
    },
  };
}
