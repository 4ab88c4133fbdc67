import type { Identifier } from '../identifier.ts';
import { firstNameOf } from '../names/first-names.ts';
import { beginsSmall, isParticle, mayBeName, nameWordsOf } from '../names/name-words.ts';
import type { NameWord } from '../names/name-words.ts';

/** First name and family name, with a second of either: longer runs of capitals are titles of things. */
const [fewestParts, mostParts] = [2, 3];
/** Characters on both sides that tell whether a line writes everything with capitals. */
const around = 80;
/** Share of capitalised words around from which a capital tells nothing: German nouns are about four of ten words. */
const headingShare = 0.6;

/** What begins a sentence, an item or a quote: the next word has its capital from there. */
const beginning = /(?:^|[.!?:;•*|>()[\]{}"“”„«»=\n\t/\\–—-])[ \t\u00a0]{0,4}$/u;
/** Things and places have articles and prepositions of place before them, people seldom do. */
const ofThing =
  /(?<!\p{L})(?:the|an?|this|that|these|those|your|our|my|its|their|some|any|every|each|no|new|in|at|near|into|via|using|called|named|version|der|die|das|den|dem|des|ein|eine[mnrs]?|diese[mnrs]?|im|am|zur|zum|in|nach|per|le|la|les|un|une|du|des|au|aux|ce|cette|à|en|chez|el|los|las|unos?|unas?|del|al|il|lo|gli|i|nel|nella|sul|sulla|dal|dalla|della|dello)[ \u00a0]$/iu;
/** What follows the name of a thing: its number, its form of law, its version. */
const afterThing = /^(?:[ \u00a0](?:\p{N}|v\d|\p{Lu}|&|©|®|™)|[\p{N}@_/\\#=(]|[®™©]|\.\p{L}|:\/\/)/u;

/** Endings of words for what is no person, and such words at the end of a name of things and places. */
const thingEnding =
  /(?:tion|sion|ment|ness|ity|ism|ing|ware|ology|graphy|ics|ence|ance|ives|tors|ters|ung|keit|heit|schaft)(?:s|en)?$/u;
/** German adjectives, which have a capital only in the name of a thing: `Bürgerliches Gesetzbuch`. */
const thingBeginning = /(?:lich|isch|ig|haft|bar)e[nrsm]?$/u;
const thingWords = new Set(
  (
    'server office studio player market markets group systems system software technologies technology ' +
    'solutions services service security securities media music records press post review science edition ' +
    'project framework library engine mountain mount mountains view river island islands valley beach park ' +
    'hill hills bay lake asia africa america europe england york coast ocean sea world cup prix expo show ' +
    'award awards prize treaty protocol language model theory method test index rule force forces zone center ' +
    'centre club band team box card cards word code data base basic line lines page pages site sites store ' +
    'shop house home hall tower bridge station airport hotel cafe bar pub brothers sons partners holdings corp ' +
    'corporation capital bank insurance energy oil airlines motors pictures films entertainment times news ' +
    'daily weekly magazine journal street road avenue square way lane court crossing assembly parliament union ' +
    'party alliance front movement war wars day week month year night morning provider property price fee fees ' +
    'terms term period right rights owner lender borrower buyer seller licensor licensee employer employee ' +
    'contractor customer client supplier goods product products parties majeure computer compiler browser ' +
    'navigator pressure room care unit clinic ward surgery rate syndrome disease disorder cancer therapy ' +
    'practice'
  ).split(' '),
);

/** `Annas Hund`: the first word is a genitive, and the second a noun. */
const isGenitive = (word: string): boolean => word.endsWith('s') && firstNameOf(word.slice(0, -1)) !== null;

/** By the word that it ends with, or the one that it begins with. */
const isThing = (first: string, last: string): boolean =>
  thingEnding.test(last) || thingWords.has(last.toLowerCase()) || thingBeginning.test(first);
const isPlainWord = (word: string): boolean =>
  /^\p{Lu}[\p{Ll}\p{M}]{2,30}(?:[-'’]\p{Lu}[\p{Ll}\p{M}]{1,30})?$/u.test(word);

/** Whether the words around are written as in a heading. */
function isHeading(text: string, start: number, end: number): boolean {
  const before =
    text
      .slice(Math.max(0, start - around), start)
      .split('\n')
      .at(-1) ?? '';
  const after = text.slice(end, end + around).split('\n')[0] ?? '';
  const words = nameWordsOf(`${before} ${after}`);
  // Headings write their small words small, too.
  const telling = words.filter(({ text: word }) => word.length > 3);
  const capitals = telling.filter(({ text: word }) => !beginsSmall(word)).length;
  return words.every(({ text: word }) => !beginsSmall(word)) || capitals >= headingShare * Math.max(1, telling.length);
}

/** The words of one run of capitals, with particles inside, from the word at `first`. */
function runFrom(text: string, words: readonly NameWord[], first: number): readonly NameWord[] {
  const run: NameWord[] = [];
  for (let index = first; index < words.length; index += 1) {
    const word = words[index];
    const last = words[index - 1];
    if (word === undefined || (index > first && text.slice(last?.end, word.start) !== ' ')) break;
    if (beginsSmall(word.text) ? !isParticle(word.text) || index === first : !/^\p{Lu}/u.test(word.text)) break;
    run.push(word);
  }
  const end = run.findLastIndex(({ text: word }) => !beginsSmall(word));
  return run.slice(0, end + 1);
}

/**
 * Two or three capitalised words within a sentence, none of which the text writes small elsewhere, where nothing says that a thing
 * or a place is meant: whoever is named so in full is a person more often than not.
 */
export function findFullNames(text: string): readonly Identifier[] {
  const words = nameWordsOf(text);
  const small = new Set(words.flatMap(({ text: word }) => (beginsSmall(word) ? [word] : [])));
  const found: Identifier[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const run = runFrom(text, words, index);
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined) continue;
    index += run.length - 1;
    const parts = run.filter(({ text: word }) => !beginsSmall(word));
    if (parts.length < fewestParts || parts.length > mostParts) continue;
    const isName =
      !isThing(first.text, last.text) &&
      !isGenitive(first.text) &&
      parts.every(({ text: word }) => isPlainWord(word) && mayBeName(word) && !small.has(word.toLowerCase()));
    const before = text.slice(Math.max(0, first.start - 24), first.start);
    if (
      !isName ||
      beginning.test(before) ||
      ofThing.test(before) ||
      afterThing.test(text.slice(last.end, last.end + 3))
    )
      continue;
    if (!isHeading(text, first.start, last.end)) found.push({ kind: 'person', start: first.start, end: last.end });
  }
  return found;
}
