import { createRedactor } from '../../../electron/services/redaction/create-redactor.ts';
import { findLeaks } from '../../../electron/services/redaction/find-leaks.ts';
import { createRestoringStream, restoreText } from '../../../electron/services/redaction/restore-text.ts';
import type { GeneratedText, KnownPiece } from './generated-text.ts';

/** What came of one text. */
export type Judgement = {
  /** Known pieces that stand in the bytes that would leave. */
  readonly left: readonly KnownPiece[];
  /** Replaced pieces that are none of what is known, with their kind. */
  readonly extra: readonly { readonly kind: string; readonly original: string }[];
  /** Originals that the leak check found in its own work. */
  readonly leaks: readonly string[];
  /** Chunkings after which the text did not come home as it was. */
  readonly wrong: readonly string[];
};

/** Sizes of the chunks in which a text comes home. */
const sizes = [1, 2, 3, 4, 5, 7, 8, 11, 13, 16, 19, 23, 29, 32, 37, 41, 47, 64];

function comesHome(pieces: Iterable<string>, redactor: ReturnType<typeof createRedactor>): string {
  const stream = createRestoringStream(redactor);
  let home = '';
  for (const piece of pieces) home += stream.push(piece);
  return home + stream.end();
}

function* chunked(text: string, size: number): Generator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

/** Redacts a text as a request's only turn, and brings it home in chunks of many sizes and cut in two at every place in or beside a placeholder. */
export function judgeRedaction({ text, pieces }: GeneratedText): Judgement {
  const redactor = createRedactor();
  const [redacted = { text: '', replacements: [] }] = redactor.redactAll([text], { ownWords: [], keptKinds: [] });
  const body = JSON.stringify({ model: 'large', messages: [{ role: 'user', content: redacted.text }] });
  const bytes = new TextEncoder().encode(body);
  const sent = new TextDecoder().decode(bytes);
  const isLeft = (original: string): boolean =>
    sent.includes(original) || sent.includes(JSON.stringify(original).slice(1, -1)) || redacted.text.includes(original);
  const cuts = redacted.replacements.flatMap(({ start, end }) =>
    Array.from({ length: end - start + 3 }, (_, index) => start - 1 + index),
  );
  const wrong = [
    ...(restoreText(redacted.text, redactor) === text ? [] : ['whole']),
    ...sizes
      .filter((size) => comesHome(chunked(redacted.text, size), redactor) !== text)
      .map((size) => `chunks of ${size}`),
    ...cuts
      .filter((cut) => comesHome([redacted.text.slice(0, cut), redacted.text.slice(cut)], redactor) !== text)
      .map((cut) => `cut at ${cut}`),
  ];
  const isKnown = (original: string): boolean =>
    pieces.some((piece) => piece.original.includes(original) || original.includes(piece.original)) ||
    original.endsWith('@example.org');
  return {
    left: pieces.filter(({ original }) => isLeft(original)),
    extra: redacted.replacements.filter(({ original }) => !isKnown(original)),
    leaks: findLeaks(body, redactor).map(({ original }) => original),
    wrong,
  };
}
