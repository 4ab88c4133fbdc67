import type { ChatTurn } from '../../inference/engine.ts';
import { compressText, compressTexts } from './compress-text.ts';
import { guessTokens } from './token-guess.ts';

/** Turns with less in them. */
export type CompressedTurns = {
  readonly turns: readonly ChatTurn[];
  /** Tokens that were left out; an estimate. */
  readonly savedTokens: number;
};

/** Leaves out of turns what does not matter for the question, which is in the last one. */
export type CompressTurns = (turns: readonly ChatTurn[]) => CompressedTurns;

/** Share of passages that is sent, and of answers in them that must survive it: `e2e/campaigns/compression.ts` measures it. */
export const [passageRatio, passageFloor] = [0.6, 0.98];
/** The same for a text that was pasted before a question. */
export const [pastedRatio, pastedFloor] = [0.5, 0.97];
/** The same for what was said before, of which all turns are weighed together. */
export const [historyRatio, historyFloor] = [0.3, 0.97];

/** A text of fewer tokens is sent as it is: what would be saved is not worth what might be lost. */
const shortTokens = 400;
/** Turns before the question that are sent as they are: one exchange. */
const recentTurns = 2;
/** What was said before that is sent as it is, in tokens. */
const historyTokens = 1_500;
/** A paragraph of more characters than this is no question. */
const questionLength = 600;
/** How a paragraph of a passage begins. */
const passageBeginning = /^\[\d+\] /m;

type Asked = { readonly before: string; readonly material: string; readonly after: string; readonly question: string };

const isQuestion = (paragraph: string): boolean =>
  paragraph.trim() !== '' && paragraph.length <= questionLength && !passageBeginning.test(paragraph);

/** What of a turn asks and what is asked about: the question stands before the text, after it, or around it. */
function splitTurn(text: string): Asked | null {
  const pieces = text.split(/(\n[^\S\n]*\n\s*)/);
  if (pieces.length < 3) return null;
  const first = isQuestion(pieces[0] ?? '') ? 1 : 0;
  const last = isQuestion(pieces.at(-1) ?? '') ? pieces.length - 1 : pieces.length;
  if (first === 0 && last === pieces.length) return null;
  const [before, material, after] = [pieces.slice(0, first), pieces.slice(first, last), pieces.slice(last)].map(
    (part) => part.join(''),
  );
  if (before === undefined || material === undefined || after === undefined) return null;
  return { before, material, after, question: `${before} ${after}` };
}

function compressQuestion(text: string): string {
  const asked = guessTokens(text) <= shortTokens ? null : splitTurn(text);
  if (asked === null) return text;
  const { before, material, after, question } = asked;
  const ratio = passageBeginning.test(material) ? passageRatio : pastedRatio;
  return `${before}${compressText(material, question, ratio)}${after}`;
}

/** Old turns are shortened to what bears on the question, once all that was said before is more than a little. */
function compressHistory(turns: readonly ChatTurn[], question: string): readonly ChatTurn[] {
  const total = turns.reduce((sum, { text }) => sum + guessTokens(text), 0);
  if (total <= historyTokens) return turns;
  const isOld = ({ role }: ChatTurn, index: number): boolean => role !== 'system' && index < turns.length - recentTurns;
  const old = turns.filter(isOld).map(({ text }) => text);
  const shortened = compressTexts(old, question, historyRatio).values();
  return turns.map((turn, index) =>
    isOld(turn, index) ? { role: turn.role, text: shortened.next().value ?? turn.text } : turn,
  );
}

/**
 * Shortens by choosing sentences, word for word: passages and pasted texts in the last turn, and what was said long before.
 * The question, the instructions and the last exchange stay as they are.
 */
export const compressTurns: CompressTurns = (turns) => {
  const last = turns.at(-1);
  if (last === undefined) return { turns, savedTokens: 0 };
  const question = compressQuestion(last.text);
  const asked = splitTurn(last.text)?.question ?? last.text;
  const compressed = [...compressHistory(turns.slice(0, -1), asked), { role: last.role, text: question }];
  const tokens = (all: readonly ChatTurn[]): number => all.reduce((sum, { text }) => sum + guessTokens(text), 0);
  return { turns: compressed, savedTokens: Math.max(0, tokens(turns) - tokens(compressed)) };
};
