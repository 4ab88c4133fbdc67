// `npm run campaign -- redaction [TEXTS] [SEED]`: texts of five languages and six layouts with known identifiers, replaced and
// brought home. Ends with 1 when an identifier that its form or its surroundings tell is left in the bytes that would leave,
// when the leak check finds something in the product's own work, or when a text does not come home as it was. Names of no
// list in plain sentences are told, and do not end it.
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';
import { generateText } from './redaction/generated-text.ts';
import { judgeRedaction } from './redaction/judge-redaction.ts';

const count = Number(process.argv[2] ?? 2_000);
const random = createSeededRandom(Number(process.argv[3] ?? 1));

const bySort = new Map<string, { all: number; found: number }>();
const byPlace = new Map<string, { all: number; found: number }>();
const extras = new Map<string, number>();
const shown: string[] = [];
let replaced = 0;
let leaks = 0;
let wrong = 0;
let broken = 0;
const add = (list: Map<string, { all: number; found: number }>, key: string, isFound: boolean): void => {
  const entry = list.get(key) ?? { all: 0, found: 0 };
  list.set(key, { all: entry.all + 1, found: entry.found + (isFound ? 1 : 0) });
};

for (let index = 0; index < count; index += 1) {
  const made = generateText(random);
  const { left, extra, leaks: leaked, wrong: chunkings } = judgeRedaction(made);
  for (const piece of made.pieces) {
    add(bySort, piece.sort, !left.includes(piece));
    if (piece.sort !== 'person of no list in a sentence')
      add(byPlace, `${made.language}, ${made.layout}`, !left.includes(piece));
  }
  for (const { kind, original } of extra)
    extras.set(`${kind}: ${original}`, (extras.get(`${kind}: ${original}`) ?? 0) + 1);
  replaced += made.pieces.length - left.length + extra.length;
  leaks += leaked.length;
  wrong += chunkings.length;
  for (const { sort, original } of left) {
    if (sort === 'person of no list in a sentence') continue;
    broken += 1;
    if (shown.length < 20)
      shown.push(
        `${sort}\t${original}\t${made.language}\t${made.layout}\t${JSON.stringify(made.text.slice(Math.max(0, made.text.indexOf(original) - 40), made.text.indexOf(original) + 60))}`,
      );
  }
  for (const original of leaked.slice(0, 2))
    if (shown.length < 20) shown.push(`leak\t${original}\t${made.language}\t${made.layout}`);
}
const share = ({ all, found }: { readonly all: number; readonly found: number }): string =>
  `${found} of ${all}, ${((found / all) * 100).toFixed(1)} %`;
console.log(`${count} texts`);
for (const [sort, entry] of [...bySort].toSorted(([one], [other]) => one.localeCompare(other)))
  console.log(`recall of ${sort}: ${share(entry)}`);
for (const [place, entry] of [...byPlace].toSorted(([one], [other]) => one.localeCompare(other)))
  if (entry.found < entry.all) console.log(`in ${place}: ${share(entry)}`);
const extra = [...extras.values()].reduce((sum, times) => sum + times, 0);
console.log(`precision: ${replaced - extra} of ${replaced}, ${(((replaced - extra) / replaced) * 100).toFixed(1)} %`);
for (const [what, times] of [...extras].toSorted(([, one], [, other]) => other - one).slice(0, 15))
  console.log(`  ${times}\t${what}`);
console.log(`left: ${broken}; found by the leak check: ${leaks}; not brought home: ${wrong}`);
for (const line of shown) console.log(line);
if (broken + leaks + wrong > 0) process.exitCode = 1;
