const ownMark = /[ \t]*\[\d+(?:\s*[,;–-]\s*\d+)*\]/g;
const openMark = /[ \t]*(?:\[[\d\s,;–-]*)?$/;
const boundary = /[.!?…]+["'”’»)]*(?=\s)|\n+/g;

/** A text as the model wrote it: without the marks that the check put in. */
export function withoutMarks(text: string): string {
  return text.replaceAll(ownMark, '');
}

/** Cuts a growing text into sentences, and takes out the marks that the model put in: the check sets them. */
export class SentenceBuffer {
  #text = '';

  /** Adds text; returns the sentences that are complete now, each with the blank space before it. */
  push(delta: string): readonly string[] {
    this.#text = (this.#text + delta).replaceAll(ownMark, '');
    // A mark or a run of spaces that may still grow stays where it is.
    const settled = this.#text.length - (openMark.exec(this.#text)?.[0].length ?? 0);
    const complete: string[] = [];
    let start = 0;
    for (const match of this.#text.matchAll(boundary)) {
      const end = match.index + (match[0].startsWith('\n') ? 0 : match[0].length);
      if (end > settled) break;
      const sentence = this.#text.slice(start, end);
      const isWhole =
        sentence.trim() !== '' &&
        !/(?:^|\s)(?:\p{Lu}|\d+|Mr|Mrs|Ms|Dr|No|St|vs|e\.g|i\.e|z\.\s?B|d\.\s?h)\.$/u.test(sentence);
      if (!isWhole) continue;
      complete.push(sentence);
      start = end;
    }
    this.#text = this.#text.slice(start);
    return complete;
  }

  /** What is left at the end; empty when it is blank. */
  rest(): string {
    const rest = this.#text.replaceAll(ownMark, '').trimEnd();
    this.#text = '';
    return rest.trim() === '' ? '' : rest;
  }
}
