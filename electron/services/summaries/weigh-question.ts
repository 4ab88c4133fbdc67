import { contentWords } from '../../shared/content-words.ts';

/** Share of the question's words, rare ones counted more, that a statement and what carries it must have to answer to it. */
const leastShare = 0.25;

/** Says how much a text has to do with a question, 0 to 1; 0 where it is less than a quarter. `sentences` tell which words are rare. */
export function createWeighQuestion(question: string, sentences: readonly string[]): (text: string) => number {
  const words = [...contentWords(question)];
  const counts = new Map(words.map((word) => [word, 0]));
  for (const sentence of sentences) {
    for (const word of contentWords(sentence)) {
      const count = counts.get(word);
      if (count !== undefined) counts.set(word, count + 1);
    }
  }
  const weightOf = (word: string): number => Math.log(1 + sentences.length / (1 + (counts.get(word) ?? 0)));
  // A word that the document never has says nothing about which part of it answers.
  const known = words.filter((word) => (counts.get(word) ?? 0) > 0);
  const total = known.reduce((sum, word) => sum + weightOf(word), 0);
  return (text) => {
    if (total === 0) return 0;
    const there = contentWords(text);
    const share = known.filter((word) => there.has(word)).reduce((sum, word) => sum + weightOf(word), 0) / total;
    return share >= leastShare ? share : 0;
  };
}
