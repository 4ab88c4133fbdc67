/** Letters that one language has, or that stand for the languages written with them. */
const scripts: readonly (readonly [language: string, pattern: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
];

/** Frequent words of languages in Latin letters. Words that several have count for each, and so decide nothing. */
const frequentWords: Readonly<Record<string, string>> = {
  en: 'the of and to in is it that for was on are as with his they at be this have from or had by what when where who why how which does did do can could would should there their not you please',
  de: 'der die das und ist in den von zu mit sich des auf für nicht ein eine einen dem als auch es an werden aus er hat dass sie nach wird bei was wie wer wo wann warum welche welcher welches ich wir sind bitte kann im zum zur über',
  fr: 'le la les des et est en un une du que qui dans pour pas sur au avec ce il elle ne se plus par je nous vous quoi quel quelle comment pourquoi où quand sont aux cette',
  es: 'el la los las de y es en un una que del por con para no se su al lo como más qué cuál cuándo dónde quién cómo está son pero este',
  it: 'il lo la gli le di e è in un una che per con non si del della dei delle come cosa quale quando dove chi perché sono nel nella questo',
  pt: 'o a os as de e é em um uma que do da dos das por com para não se no na como qual quando onde quem são mais isto foi',
  nl: 'de het een en is van in op te dat met voor niet zijn aan er om ook als bij wat hoe wie waar wanneer waarom welke wordt naar dit',
  pl: 'i w na z do nie się jest to że o jak co kto gdzie kiedy dlaczego czy dla po są który która ten tej',
  sv: 'och i att det som en på är av för med den till inte om ett var vad hur vem när varför vilken från de har',
};

const lists = Object.entries(frequentWords).map(([language, words]) => [language, new Set(words.split(' '))] as const);

/** Words of the longest text that is looked at. */
const wordLimit = 400;

function ofScript(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const [language] = scripts.find(([, pattern]) => (text.match(pattern)?.length ?? 0) > letters * 0.3) ?? [];
  return language ?? null;
}

/**
 * The language of a text as ISO 639-1; null where it cannot be told, as of a few words, of code, or of a language that is
 * not looked for. By letters, then by frequent words: at least three, and one and a half times as many as of any other.
 */
export function guessLanguage(text: string): string | null {
  const beginning = text.slice(0, 8 * wordLimit);
  const script = ofScript(beginning);
  if (script !== null) return script;
  const words = (beginning.toLowerCase().match(/\p{L}+/gu) ?? []).slice(0, wordLimit);
  const counts = lists
    .map(([language, list]) => ({ language, count: words.filter((word) => list.has(word)).length }))
    .sort((one, other) => other.count - one.count);
  const [first, second] = counts;
  if (first === undefined || first.count < 3) return null;
  return first.count >= 1.5 * (second?.count ?? 0) ? first.language : null;
}
