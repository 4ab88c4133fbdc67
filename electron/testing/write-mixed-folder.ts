import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildPdf } from './build-pdf.ts';
import { buildDocx, buildEpub, wordParagraph } from './office-builder.ts';
import { createSeededRandom } from './seeded-random.ts';

const nouns =
  'garden lease budget engine harbour invoice letter meeting orchard policy report season tenant window'.split(' ');
const verbs = 'begins changes ends follows needs pays shows takes waits works'.split(' ');

type Writer = {
  readonly ending: string;
  readonly write: (title: string, lines: readonly string[]) => string | Uint8Array;
};

const writers: readonly Writer[] = [
  { ending: 'txt', write: (title, lines) => [title, ...lines].join('\n') },
  { ending: 'md', write: (title, lines) => `# ${title}\n\n${lines.join('\n\n')}\n` },
  {
    ending: 'csv',
    write: (title, lines) => ['subject;sentence', ...lines.map((line) => `${title};${line}`)].join('\n'),
  },
  { ending: 'html', write: (title, lines) => `<h1>${title}</h1>${lines.map((line) => `<p>${line}</p>`).join('')}` },
  { ending: 'py', write: (title, lines) => `"""${title}"""\n${lines.map((line) => `# ${line}`).join('\n')}\n` },
  {
    ending: 'eml',
    write: (title, lines) =>
      `From: a@example.org\nTo: b@example.org\nSubject: ${title}\nDate: Sun, 1 Nov 2026 10:00:00 +0000\nMessage-ID: <${title.length}@example.org>\n\n${lines.join('\n')}\n`,
  },
  { ending: 'pdf', write: (title, lines) => buildPdf([[title, ...lines]]) },
  { ending: 'docx', write: (title, lines) => buildDocx([title, ...lines].map(wordParagraph).join('')) },
  {
    ending: 'epub',
    write: (title, lines) => buildEpub([`<h1>${title}</h1>${lines.map((line) => `<p>${line}</p>`).join('')}`]),
  },
  // What no document is, what is broken, and what there is twice.
  { ending: 'mp4', write: () => 'no film' },
  { ending: 'broken.pdf', write: (title) => `%PDF-1.7 ${title}` },
  { ending: 'copy.txt', write: () => 'The same words in every copy.' },
];

/** Writes files of every kind, in folders of twenty, the same for the same seed. */
export async function writeMixedFolder(folder: string, count: number, seed = 1): Promise<void> {
  const random = createSeededRandom(seed);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
  for (let index = 0; index < count; index += 1) {
    const writer = writers[index % writers.length];
    if (writer === undefined) continue;
    const title = `${pick(nouns)} ${pick(nouns)} ${index}`;
    const lines = Array.from({ length: 2 + Math.floor(random() * 6) }, () => {
      return `The ${pick(nouns)} ${pick(verbs)} before the ${pick(nouns)} ${pick(verbs)} in ${1900 + Math.floor(random() * 130)}.`;
    });
    const path = join(folder, `folder ${Math.floor(index / 20)}`, `${index}.${writer.ending}`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, writer.write(title, lines));
  }
}
