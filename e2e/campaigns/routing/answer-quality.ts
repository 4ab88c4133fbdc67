import { contentWords } from '../../../electron/shared/content-words.ts';

/** Words of a text in order, without articles and signs, as SQuAD compares answers. */
const wordsOf = (text: string): string =>
  ` ${(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !/^(?:a|an|the)$/.test(word)).join(' ')} `;

/** 1 when the answer says one of the golds, word for word. */
export function saysGold(answer: string, golds: readonly string[]): number {
  const said = wordsOf(answer);
  return golds.some((gold) => wordsOf(gold).trim() !== '' && said.includes(wordsOf(gold))) ? 1 : 0;
}

/** Share of the words of the gold that carry meaning which the answer has, 0 to 1. */
export function saysOfGold(answer: string, gold: string): number {
  const wanted = contentWords(gold);
  const said = contentWords(answer);
  return wanted.size === 0 ? 0 : [...wanted].filter((word) => said.has(word)).length / wanted.size;
}
