import { fillPrompt, readPrompt } from '../../providers/prompt-template.ts';
import type { PromptName } from '../../providers/prompt-template.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentPage, DocumentDescription } from '../../shared/document.ts';
import type { Place } from '../../shared/place.ts';
import type { Span } from '../../shared/sentences.ts';
import type { Summary, SummaryStatement } from '../../shared/summary.ts';
import { chooseStatements, foldStatements, joinQuotes } from './choose-statements.ts';
import { createFindSupport } from './find-support.ts';
import { generateText } from './generate-text.ts';
import type { GenerateOptions, GenerateRequest } from './generate-text.ts';
import { createPlaceFinder } from './place-finder.ts';
import { sourceSentences, wordsOf } from './source-sentences.ts';
import { screenStatements } from './screen-statements.ts';
import type { StatementScreeningOptions } from './screen-statements.ts';
import { planOf } from './summary-styles.ts';
import type { StylePlan } from './summary-styles.ts';
import { usableSentences } from './usable-sentences.ts';
import { withoutLeaders } from './without-leaders.ts';
import { weighAction } from './weigh-actions.ts';
import { createWeighQuestion } from './weigh-question.ts';

/** A document as it is summarised. */
export type SummarisedText = {
  readonly document: DocumentDescription;
  readonly text: string;
  readonly pages: readonly DocumentPage[];
};

/** What the writer works with. */
export type StatementWriterOptions = GenerateOptions & StatementScreeningOptions & { readonly resourcesFolder: string };

/** Tokens that a sentence takes at most. */
const tokensPerSentence = 48;

/** Sentences that are too short or too long to stand by themselves, in characters. */
const shortestExtract = 25;
const longestExtract = 400;

/** A table of contents has numbers and titles; a sentence that stands by itself begins with a word and has some of them. */
function standsAlone(text: string): boolean {
  if (text.length < shortestExtract || text.length > longestExtract) return false;
  const beginsWithWord = /^["“„'(]?(?:\[\d+\]\s*)?\p{L}/u.test(text);
  // Some scripts write words without blanks between them.
  return beginsWithWord && ((text.match(/\p{L}{2,}/gu) ?? []).length >= 4 || /\p{Lo}{8,}/u.test(text));
}

/** A duty that outweighs this is taken word for word when the model has passed over it. */
const clearAction = 3;

/** A statement that answers the question matters more than one that is merely about what everything is about. */
const questionWeight = 4;

/** A stretch that is too long although it is shorter than this is not halved any more, in characters. */
export const shortestHalved = 400;

/** `tie` finds what carries a sentence; `mustFit` throws `prompt/too-long`, because the caller can ask for less. */
type AskOptions = {
  readonly tie: (text: string) => readonly SummaryStatement[];
  readonly mustFit: boolean;
  readonly signal: AbortSignal;
};

/** Writes the statements of stretches and of what joins them; every one is tied to the places that carry it. */
export class StatementWriter {
  readonly plan: StylePlan;
  readonly #summary: Pick<Summary, 'style' | 'focus'>;
  readonly #text: string;
  readonly #placeOf: (span: Span) => Place;
  readonly #weighQuestion: (text: string) => number;
  readonly #options: StatementWriterOptions;

  constructor(
    summary: Pick<Summary, 'style' | 'length' | 'focus'>,
    { document, text, pages }: SummarisedText,
    options: StatementWriterOptions,
  ) {
    this.plan = planOf(summary.style, summary.length);
    this.#summary = summary;
    this.#text = text;
    this.#placeOf = createPlaceFinder(document, text, pages);
    this.#options = options;
    const all = { start: 0, end: text.length };
    this.#weighQuestion =
      summary.style === 'question'
        ? createWeighQuestion(
            summary.focus,
            sourceSentences(text, all).map((span) => wordsOf(text, span)),
          )
        : () => 0;
  }

  placeOf(span: Span): Place {
    return this.#placeOf(span);
  }

  /**
   * What a stretch says. Empty where it says nothing to what was asked. Throws what the model throws; a short stretch that is
   * too long all the same gives sentences of its own.
   */
  async read(stretch: Span, signal: AbortSignal): Promise<readonly SummaryStatement[]> {
    const statements = await this.#read(stretch, signal);
    return screenStatements(statements, [this.#text.slice(stretch.start, stretch.end)], this.#options);
  }

  async #read(stretch: Span, signal: AbortSignal): Promise<readonly SummaryStatement[]> {
    const sentences = sourceSentences(this.#text, stretch);
    const words = sentences.map((span) => wordsOf(this.#text, span));
    const findSupport = createFindSupport(words);
    const tie = (text: string): readonly SummaryStatement[] => {
      const support = findSupport(text);
      const spans = support?.flatMap((index) => sentences[index] ?? []) ?? [];
      const isExtract = support?.some((index) => words[index] === text) === true;
      return spans.length === 0 ? [] : [{ text, quotes: spans.map((span) => this.#quote(span)), isExtract }];
    };
    const wanted = this.plan.stretch;
    const written = await this.#ask(
      this.plan.stretchPrompt,
      this.#text.slice(stretch.start, stretch.end).trim(),
      wanted,
      { tie, mustFit: stretch.end - stretch.start >= shortestHalved, signal },
    );
    const isActions = this.#summary.style === 'actions';
    const kept = written.filter((statement) => this.#isWanted(statement)).slice(0, wanted);
    if (kept.length > 0 && !isActions) return kept;
    const extracts = sentences.flatMap((span, index) => this.#extract(span, words[index] ?? ''));
    if (!isActions) return this.choose(extracts, Math.min(wanted, 2));
    const clear = extracts.filter(({ text }) => weighAction(text) >= (kept.length > 0 ? clearAction : 2));
    return this.choose(clear, wanted * 2, kept);
  }

  /** Fewer statements that say the same: the model's where they are carried by those given, the given ones beside them. */
  async merge(
    statements: readonly SummaryStatement[],
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly SummaryStatement[]> {
    const merged = await this.#merge(statements, limit, signal);
    const asked = statements.flatMap(({ text, quotes }) => [text, ...quotes.map(({ quote }) => quote)]);
    return screenStatements(merged, asked, this.#options);
  }

  async #merge(
    statements: readonly SummaryStatement[],
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly SummaryStatement[]> {
    const folded = foldStatements(statements);
    const { mergePrompt } = this.plan;
    const isFree = mergePrompt !== 'summarise-instructions' && folded.length <= limit;
    if (mergePrompt === null || isFree || folded.length === 0) return this.choose(folded, limit);
    const findSupport = createFindSupport(folded.map(({ text }) => text));
    const tie = (text: string): readonly SummaryStatement[] => {
      const support = findSupport(text)?.flatMap((index) => folded[index] ?? []) ?? [];
      if (support.length === 0) return [];
      const isExtract = support.some((source) => source.isExtract && source.text === text);
      return [{ text, quotes: joinQuotes(support.flatMap(({ quotes }) => quotes)), isExtract }];
    };
    const words = folded.map(({ text }) => text).join('\n');
    const written = await this.#ask(mergePrompt, words, limit, { tie, mustFit: false, signal });
    const kept = written.filter((statement) => this.#isWanted(statement));
    // What the model made of its own instructions is the form that was asked for; given statements would break it.
    if (mergePrompt === 'summarise-instructions' && kept.length > 0) return kept.slice(0, limit);
    return this.choose(folded, limit, kept);
  }

  /** The most telling of some statements without asking the model. */
  choose(
    statements: readonly SummaryStatement[],
    limit: number,
    fixed: readonly SummaryStatement[] = [],
  ): readonly SummaryStatement[] {
    return chooseStatements(statements, limit, { fixed, weigh: (statement) => this.#weigh(statement) });
  }

  async #ask(
    prompt: PromptName,
    text: string,
    sentences: number,
    { tie, mustFit, signal }: AskOptions,
  ): Promise<readonly SummaryStatement[]> {
    const template = await readPrompt(this.#options.resourcesFolder, prompt);
    const turns = fillPrompt(template, {
      text: withoutLeaders(text),
      sentences: `${sentences}`,
      focus: this.#summary.focus,
    });
    const maxTokens = (sentences + 1) * tokensPerSentence;
    for (const attempt of [0, 1] as const) {
      const raw = await this.#generate({ turns, maxTokens, sentences, attempt }, { mustFit, signal });
      const tied = foldStatements(usableSentences(raw).flatMap(tie));
      if (tied.length > 0) return tied;
      this.#options.logger.info('summary-unusable', { characters: raw.length });
    }
    return [];
  }

  /** What does not fit and will not be halved is not put to the model: statements are then taken from what there is. */
  async #generate(
    request: GenerateRequest,
    { mustFit, signal }: Pick<AskOptions, 'mustFit' | 'signal'>,
  ): Promise<string> {
    try {
      return await generateText(request, this.#options, signal);
    } catch (error) {
      const isTooLong = AppError.isInstance(error) && error.code === 'prompt/too-long';
      if (!isTooLong || mustFit) throw error;
      this.#options.logger.warn('summary-prompt-too-long');
      return '';
    }
  }

  #quote(span: Span) {
    return { place: this.#placeOf(span), quote: this.#text.slice(span.start, span.end) };
  }

  #extract(span: Span, text: string): readonly SummaryStatement[] {
    const statement = { text, quotes: [this.#quote(span)], isExtract: true };
    return standsAlone(text) && this.#isWanted(statement) ? [statement] : [];
  }

  #weigh({ text, quotes }: SummaryStatement): number {
    const all = `${text} ${quotes.map(({ quote }) => quote).join(' ')}`;
    if (this.#summary.style === 'actions') return weighAction(all);
    return questionWeight * this.#weighQuestion(all);
  }

  /** Styles that look for something drop what has nothing to do with it. */
  #isWanted(statement: SummaryStatement): boolean {
    const { style } = this.#summary;
    return (style !== 'actions' && style !== 'question') || this.#weigh(statement) > 0;
  }
}
