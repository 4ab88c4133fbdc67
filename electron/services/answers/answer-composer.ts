import type { SentenceCheck } from '../../shared/message.ts';
import type { SentenceSupport } from './check-sentence.ts';
import { SentenceBuffer } from './sentence-buffer.ts';

/** Checks one sentence against the evidence. */
export type CheckSentence = (sentence: string) => Promise<SentenceSupport>;

/** Length of the text that is there, in UTF-16 code units, and its checks. */
export type EarlierAnswer = { readonly length: number; readonly checks: readonly SentenceCheck[] };

/** A model that has no answer is asked to say so in these words. */
const refusal =
  /^\W*(?:not in (?:the )?(?:documents?|text|passages?)\b|(?:the|these|this) (?:passages?|texts?|documents?) (?:do|does) not (?:contain|say|mention|provide|state|specify))/i;

/**
 * Turns what a model says into an answer with marks. Nothing is let through before one sentence is carried by a
 * passage: what turns out to be invented from beginning to end is never shown. After that every sentence comes through,
 * the unsupported ones without a mark.
 */
export class AnswerComposer {
  readonly #buffer = new SentenceBuffer();
  readonly #check: CheckSentence;
  readonly #reword: (sentence: string) => string;
  readonly #checks: SentenceCheck[];
  #length: number;
  #held = '';
  #isOpen = false;
  #hasRefused = false;
  #needsGap: boolean;

  /** `earlier` is what the answer said before, if it is continued; `reword` says a whole sentence as it is to be read. */
  constructor(
    check: CheckSentence,
    earlier: EarlierAnswer = { length: 0, checks: [] },
    reword: (sentence: string) => string = (sentence) => sentence,
  ) {
    this.#check = check;
    this.#reword = reword;
    this.#checks = [...earlier.checks];
    this.#length = earlier.length;
    this.#isOpen = earlier.length > 0;
    this.#needsGap = earlier.length > 0;
  }

  get checks(): readonly SentenceCheck[] {
    return this.#isOpen ? this.#checks : [];
  }

  /** True once a sentence is carried by a passage. */
  get isSupported(): boolean {
    return this.#isOpen;
  }

  /** True when the model said that the text does not tell. */
  get hasRefused(): boolean {
    return this.#hasRefused;
  }

  /** Marks of the passages that carry something, in the order in which the answer names them. */
  get marks(): readonly number[] {
    return [...new Set(this.checks.flatMap(({ marks }) => marks))];
  }

  /** Takes what the model said; returns what may be shown now. */
  async push(delta: string): Promise<string> {
    let shown = '';
    for (const sentence of this.#buffer.push(delta)) shown += await this.#add(sentence);
    return shown;
  }

  /** Takes the end; returns what may still be shown. */
  async end(): Promise<string> {
    const rest = this.#buffer.rest();
    return rest === '' ? '' : this.#add(rest);
  }

  async #add(raw: string): Promise<string> {
    if (this.#hasRefused) return '';
    const isFirst = this.#length === 0;
    // A continued answer ends with a mark, which the model does not see.
    const gap = this.#needsGap && !/^\s/.test(raw) ? ' ' : '';
    this.#needsGap = false;
    const sentence = this.#reword(isFirst ? raw.trimStart() : gap + raw);
    const words = sentence.trim();
    if (isFirst && refusal.test(words)) {
      this.#hasRefused = true;
      return '';
    }
    const { isSupported, marks, probability } = await this.#check(words);
    const text = `${sentence}${marks.map((mark) => ` [${mark}]`).join('')}`;
    const start = this.#length + (sentence.length - sentence.trimStart().length);
    this.#length += text.length;
    const check = { start, end: this.#length, isSupported, marks };
    this.#checks.push(probability === undefined ? check : { ...check, probability });
    this.#held += text;
    this.#isOpen ||= isSupported;
    if (!this.#isOpen) return '';
    const shown = this.#held;
    this.#held = '';
    return shown;
  }
}
