import { contentWords } from '../../shared/content-words.ts';
import { sentenceSpans } from '../../shared/sentences.ts';

/** What a model says about its task instead of the text. */
const chatter =
  /^(?:sure|certainly|here (?:is|are)|the following is|in \d+ sentences|summary|the (?:text|document|passage) (?:above )?(?:does not|doesn['’]t|says nothing))\b[^.]*[:.]?$/i;

const sentencesOf = (text: string): readonly string[] =>
  [...sentenceSpans(text)].map(({ start, end }) => text.slice(start, end).replaceAll(/\s+/g, ' '));

const plain = (sentence: string): string =>
  sentence
    .replace(/^(?:summary|overview)\s*:\s*/i, '')
    .replace(/^(?:[-*•]|\d+[.)])\s+/, '')
    .replaceAll('**', '')
    .trim();

/** Whole sentences of what a model wrote, list marks and words about the task taken out; whether they are true is not asked here. */
export function usableSentences(raw: string): readonly string[] {
  return raw
    .split('\n')
    .flatMap((line) => sentencesOf(plain(line)))
    .map(plain)
    .filter(
      (sentence) =>
        /[.!?…。！？]["'”’»)\]]*$/u.test(sentence) && contentWords(sentence).size >= 2 && !chatter.test(sentence),
    );
}

/** True when the end of a text says the same thing over and over: a line three times, or twelve words three times. */
export function isLooping(text: string): boolean {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 10);
  const last = lines.at(-1);
  if (last !== undefined && lines.filter((line) => line === last).length >= 3) return true;
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < 36) return false;
  const tail = words.slice(-12).join(' ');
  return words.join(' ').split(tail).length - 1 >= 3;
}
