// The stemmer of M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with the two rules that he changed
// later (`bli` and `logi`): what the tokenizer `porter` of SQLite's full-text search does.

type Rule = readonly [suffix: string, replacement: string];

const step2: readonly Rule[] = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['logi', 'log'],
  ['bli', 'ble'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
];

const step3: readonly Rule[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
];

const step4: readonly Rule[] = [
  'al,ance,ence,er,ic,able,ible,ant,ement,ment,ent,ion,ou,ism,ate,iti,ous,ive,ize'.split(','),
].flatMap((suffixes) => suffixes.map((suffix): Rule => [suffix, '']));

const longestFirst = (rules: readonly Rule[]): readonly Rule[] =>
  [...rules].sort(([one], [other]) => other.length - one.length);

const steps = { second: longestFirst(step2), third: longestFirst(step3), fourth: longestFirst(step4) } as const;

/** The letters as `v` and `c`; `y` is a vowel after a consonant. */
function kinds(word: string): string {
  let all = '';
  for (const letter of word) {
    all += 'aeiou'.includes(letter) || (letter === 'y' && all.endsWith('c')) ? 'v' : 'c';
  }
  return all;
}

/** How often a vowel is followed by a consonant: Porter's m. */
const measureOf = (word: string): number => kinds(word).match(/v+c/g)?.length ?? 0;

const hasVowel = (word: string): boolean => kinds(word).includes('v');

/** Consonant, vowel, consonant at the end, the last none of w, x, y: Porter's *o. */
const endsShort = (word: string): boolean => kinds(word).endsWith('cvc') && !/[wxy]$/.test(word);

function withoutPlural(word: string): string {
  if (/(?:ss|i)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutPast(word: string): string {
  if (word.endsWith('eed')) return measureOf(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const cut = word.replace(/(?:ed|ing)$/, '');
  if (cut === word || !hasVowel(cut)) return word;
  if (/(?:at|bl|iz)$/.test(cut)) return `${cut}e`;
  if (/([^aeioulsz])\1$/.test(cut)) return cut.slice(0, -1);
  return measureOf(cut) === 1 && endsShort(cut) ? `${cut}e` : cut;
}

function byRules(word: string, rules: readonly Rule[], leastMeasure: number): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (rule === undefined) return word;
  const [suffix, replacement] = rule;
  const rest = word.slice(0, -suffix.length);
  const fits = measureOf(rest) >= leastMeasure && (suffix !== 'ion' || /[st]$/.test(rest));
  return fits ? rest + replacement : word;
}

function withoutLastE(word: string): string {
  if (!word.endsWith('e')) return word;
  const rest = word.slice(0, -1);
  const measure = measureOf(rest);
  return measure > 1 || (measure === 1 && !endsShort(rest)) ? rest : word;
}

/** The stem of an English word in lower case. Words of one or two letters are their own stems. */
export function porterStem(word: string): string {
  if (word.length < 3) return word;
  const singular = withoutPast(withoutPlural(word));
  const endsInY = singular.endsWith('y') && hasVowel(singular.slice(0, -1));
  const first = endsInY ? `${singular.slice(0, -1)}i` : singular;
  const derived = byRules(byRules(first, steps.second, 1), steps.third, 1);
  const last = withoutLastE(byRules(derived, steps.fourth, 2));
  return last.endsWith('ll') && measureOf(last) > 1 ? last.slice(0, -1) : last;
}
