import type { ChatTurn } from '../../inference/engine.ts';

/** What a vendor's own format puts around a turn. */
const tokensPerTurn = 4;

/** What tokenisers cut a text into first: words up to a change of case, digits, runs of marks, breaks, and all other letters. */
const piecePattern =
  /(?<word>[A-ZÀ-ÖØ-Þ]?[a-zß-öø-\u024f]+|[A-ZÀ-ÖØ-Þ]+)|(?<digit>\d)|(?<marks>[!-/:-@[-`{-~]+)|(?<breaks>\n+|[^\S\n]{2,}|\s(?!\p{L}))|(?<other>\S)/gu;

/** Tokens of each piece. */
type Weights = {
  readonly word: (word: string) => number;
  readonly digit: number;
  readonly marks: (count: number) => number;
  readonly breaks: (count: number) => number;
  /** Of one letter or sign that is not Latin. */
  readonly other: (letter: string) => number;
};

function count(text: string, { word, digit, marks, breaks, other }: Weights): number {
  let tokens = 0;
  for (const { 0: piece, groups = {} } of text.matchAll(piecePattern)) {
    if (groups['word'] !== undefined) tokens += word(piece);
    else if (groups['digit'] !== undefined) tokens += digit;
    else if (groups['marks'] !== undefined) tokens += marks(piece.length);
    else if (groups['breaks'] !== undefined) tokens += breaks(piece.length);
    else tokens += other(piece);
  }
  return Math.ceil(tokens);
}

/** Frequent words of other languages in Latin letters than English, and letters that English does not have. */
const foreignWord =
  /(?<!\p{L})(?:der|die|das|und|ist|nicht|ein|eine|mit|den|zu|le|les|et|une|dans|que|los|del|una|di|che|het|een|och)(?!\p{L})|[À-\u024f]/gu;
/** Share of such words with which a text counts as one of those languages. */
const foreignShare = 0.04;

/**
 * Letters of a token in long words, tokens of marks and breaks, and bytes of a token in other scripts, by the bytes that a letter
 * takes. Fitted to the tokeniser of SmolLM2 (49,152 entries, a token for every digit), which is at hand; the integration test
 * beside this file holds the guess to it. Larger vocabularies mostly need less, so that the guess errs on the dear side: of
 * English little, of numbers and of languages that are not English more.
 */
const [englishLetters, foreignLetters] = [5, 2.6];
const [markTokens, lettersPerMark, breakTokens] = [0.9, 2, 0.5];
const bytesPerToken: Readonly<Record<number, number>> = { 2: 2.05, 3: 1.7, 4: 1.35 };

const guessed = (lettersPerToken: number): Weights => ({
  word: ({ length }) => Math.max(1, length / lettersPerToken),
  digit: 1,
  marks: (length) => Math.max(markTokens, length / lettersPerMark),
  breaks: () => breakTokens,
  other(letter) {
    const bytes = Buffer.byteLength(letter);
    return bytes / (bytesPerToken[bytes] ?? 1);
  },
});
const [english, foreign] = [guessed(englishLetters), guessed(foreignLetters)];

/** Tokens of a text, guessed by what it is made of. */
export function guessTokens(text: string): number {
  const words = text.match(/\p{L}+/gu)?.length ?? 0;
  const isForeign = (text.match(foreignWord)?.length ?? 0) > foreignShare * words;
  return count(text, isForeign ? foreign : english);
}

/** Tokens of turns, guessed. */
export const guessTurnTokens = (turns: readonly ChatTurn[]): number =>
  turns.reduce((sum, { text }) => sum + guessTokens(text) + tokensPerTurn, 0);

/** Letters of a token at least, where they mean nothing: those of keys in base64 have 1.32 with SmolLM2, random ones 1.67. */
const fewestLetters = 1.3;

/** No tokeniser needs more than a token for a byte; only words are known to need less. */
const most: Weights = {
  word: (word) => Math.max(1, word.length / fewestLetters) + Buffer.byteLength(word) - word.length,
  digit: 1,
  marks: (length) => length,
  breaks: (length) => length,
  other: (letter) => Buffer.byteLength(letter),
};

/** Tokens that a body has at most: what a request costs at most is reckoned with it. */
export const mostTokens = (body: string): number => count(body, most);
