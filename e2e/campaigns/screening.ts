// `npm run campaign -- screening FOLDER…`: how often ordinary texts are told to harm. Each FOLDER has texts, one a file
// (`.txt`, `.md`); a file with blank lines between its pieces is read as pieces of about 1,500 characters, as answers are.
// Prints the share of pieces with a finding by kind, with examples, and the time that the longest texts take.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findingKindSchema } from '../../electron/shared/screening.ts';
import { openScreening } from '../../electron/testing/open-screening.ts';

const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('Say in which folders the texts are.');

/** Length of a piece, in characters: that of a long answer. */
const pieceLength = 1_500;

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const paragraph of text.split(/\n\s*\n/)) {
    if (piece.length + paragraph.length > pieceLength && piece !== '') {
      pieces.push(piece);
      piece = '';
    }
    piece += `${paragraph}\n\n`;
  }
  return piece.trim() === '' ? pieces : [...pieces, piece];
}

const screen = await openScreening().prepare({ asked: [], originals: [] });
for (const folder of folders) {
  const pieces = readdirSync(folder)
    .filter((file) => /\.(?:txt|md)$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      // Of a mail, its body alone.
      const start = /^(?:From|Return-Path|Received)[ :]/.test(text) ? text.search(/\n\s*\n/) : 0;
      return piecesOf(text.slice(Math.max(0, start)));
    });
  const counts = new Map<string, number>();
  const examples = new Map<string, string[]>();
  let told = 0;
  const startedMs = performance.now();
  for (const piece of pieces) {
    const findings = screen(piece);
    told += findings.length > 0 ? 1 : 0;
    for (const kind of new Set(findings.map((finding) => finding.kind))) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const { kind, start, end } of findings) {
      const list = examples.get(kind) ?? [];
      if (list.length < 6)
        examples.set(kind, [...list, JSON.stringify(piece.slice(Math.max(0, start - 20), end + 20).slice(0, 160))]);
    }
  }
  const elapsedMs = performance.now() - startedMs;
  const characters = pieces.reduce((sum, piece) => sum + piece.length, 0);
  console.log(
    `${basename(folder)}: ${pieces.length} pieces, told ${told} (${((told / pieces.length) * 100).toFixed(2)} %), ${((elapsedMs / characters) * 100_000).toFixed(1)} ms for 100,000 characters`,
  );
  for (const kind of findingKindSchema.options) {
    const count = counts.get(kind) ?? 0;
    if (count > 0)
      console.log(
        `  ${kind}: ${count} (${((count / pieces.length) * 100).toFixed(2)} %)\n    ${(examples.get(kind) ?? []).join('\n    ')}`,
      );
  }
}
