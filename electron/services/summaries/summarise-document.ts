import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelPart, ModelProvider } from '../../providers/model-provider.ts';
import { readPrompt } from '../../providers/prompt-template.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { Span } from '../../shared/sentences.ts';
import type { Summary, SummarySection, SummaryStyle } from '../../shared/summary.ts';
import { noUsage } from '../../shared/usage.ts';
import type { Usage } from '../../shared/usage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { RunWriter } from '../runs/runs-service.ts';
import { mergeSummaries } from './merge-summaries.ts';
import { cutStretches, planSections } from './plan-sections.ts';
import type { PlannedSection } from './plan-sections.ts';
import { summaryLengths } from './summary-lengths.ts';
import { SummaryProgress } from './summary-progress.ts';
import { writeSummary } from './write-summary.ts';
import type { WriteSummaryOptions, WrittenSummary } from './write-summary.ts';

/** What the work reads, and whom it tells. */
export type SummariseOptions = {
  readonly documents: Pick<DocumentsService, 'content'>;
  readonly provider: ModelProvider;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly resourcesFolder: string;
  readonly writer: RunWriter;
  /** Keeps what there is so far. */
  readonly keep: (change: Partial<Omit<Summary, 'id' | 'documentId' | 'createdAt'>>) => Promise<void>;
};

/** Tokens that the model reads at once: enough to see a chapter's thread, few enough to be read at full speed. */
const stretchTokens = 1_500;

/** Share of the context for the stretch; the rest is for the prompt around it and the summary. */
const contextShare = 0.6;

/** Characters whose tokens are counted to learn how many a token has in this document. */
const sampleCharacters = 20_000;

/** Stretches are planned a little shorter than the measured rate allows, because it varies within a document. */
const safety = 0.9;

/** Progress within a stretch is told this often at most. */
const progressMs = 250;

async function charactersPerStretch(
  text: string,
  { provider }: SummariseOptions,
  contextTokens: number,
  signal: AbortSignal,
) {
  const middle = Math.max(0, Math.floor(text.length / 2) - sampleCharacters / 2);
  const sample = text.slice(middle, middle + sampleCharacters);
  const [tokens = 0] = await provider.countTokens([sample], signal);
  const limit = Math.min(stretchTokens, Math.floor(contextTokens * contextShare));
  return Math.max(200, Math.floor((limit * sample.length * safety) / Math.max(1, tokens)));
}

const addUsage = (one: Usage, other: Usage): Usage => ({
  inputTokens: one.inputTokens + other.inputTokens,
  reusedTokens: one.reusedTokens + other.reusedTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  timeToFirstTokenMs: one.timeToFirstTokenMs ?? other.timeToFirstTokenMs,
  tokensPerSecond: other.tokensPerSecond ?? one.tokensPerSecond,
});

/** One run over one document: state that its stretches and merges share. */
export class DocumentSummariser {
  readonly #description: DocumentDescription;
  readonly #style: SummaryStyle;
  readonly #options: SummariseOptions;
  readonly #writing: WriteSummaryOptions;
  readonly #signal: AbortSignal;
  readonly #sections: SummarySection[] = [];
  #progress: SummaryProgress;
  #usage: Usage = noUsage;
  #modelName: string | null = null;

  constructor(description: DocumentDescription, style: SummaryStyle, options: SummariseOptions, signal: AbortSignal) {
    this.#description = description;
    this.#style = style;
    this.#options = options;
    this.#signal = signal;
    this.#progress = new SummaryProgress(options.clock, description.characters, 0);
    const { provider, clock, logger } = options;
    this.#writing = { provider, clock, logger, conversationKey: 'summaries' };
  }

  get usage(): Usage {
    return this.#usage;
  }

  /** Reads everything, then merges. Throws what the provider throws and the signal's reason; what exists is kept by then. */
  async run(): Promise<void> {
    const { provider, documents, writer } = this.#options;
    const contextTokens = await provider.contextTokens({
      signal: this.#signal,
      onModel: ({ modelName, route }) => {
        this.#modelName = modelName;
        writer.write({ type: 'run-start', runId: writer.runId, modelName, route });
      },
      onLoadProgress: (done) =>
        writer.write({ type: 'progress', phase: 'loading-model', done, total: 1, remainingMs: null }),
    });
    const { text, headings } = await documents.content(this.#description.id);
    const stretchCharacters = await charactersPerStretch(text, this.#options, contextTokens, this.#signal);
    const planned = planSections(text, headings, stretchCharacters);
    const stretches = planned.reduce((sum, section) => sum + section.stretches.length, 0);
    this.#progress = new SummaryProgress(this.#options.clock, text.length, stretches);
    for (const section of planned) {
      this.#signal.throwIfAborted();
      await this.#readSection(text, section, stretchCharacters);
    }
    this.#signal.throwIfAborted();
    await this.#mergeAll(stretchCharacters);
  }

  async #readSection(text: string, section: PlannedSection, stretchCharacters: number): Promise<void> {
    const { resourcesFolder, writer, keep } = this.#options;
    const template = await readPrompt(resourcesFolder, 'summarise-section');
    const partial: WrittenSummary[] = [];
    try {
      for (const stretch of section.stretches) partial.push(...(await this.#readStretch(text, stretch, template)));
    } finally {
      // Also what was read of a section that is cut short is worth keeping.
      if (partial.length > 0) {
        const whole = await this.#joinPartial(partial, stretchCharacters);
        const { start, end, lines } = section;
        const place = { documentHash: this.#description.hash, start, end, lines };
        const summarised: SummarySection = {
          title: section.title,
          place,
          summary: whole.text,
          statements: [],
          ...(whole.isExtract ? { isExtract: true } : {}),
        };
        this.#sections.push(summarised);
        const { coverage } = this.#progress;
        writer.write({ type: 'section-end', section: summarised, coverage });
        await keep({ sections: [...this.#sections], coverage, modelName: this.#modelName, usage: this.#usage });
      }
    }
  }

  /** A stretch with more tokens than planned is read in halves. */
  async #readStretch(text: string, stretch: Span, template: string): Promise<readonly WrittenSummary[]> {
    const { writer } = this.#options;
    const content = text.slice(stretch.start, stretch.end).trim();
    writer.write(this.#progress.reading(stretch, 0));
    if (content === '') {
      this.#progress.stretchRead(stretch);
      return [];
    }
    let toldAt = this.#options.clock.monotonicMs();
    const onPart = (part: ModelPart): void => {
      if (part.type === 'model-end') this.#usage = addUsage(this.#usage, part.usage);
      const now = this.#options.clock.monotonicMs();
      if (part.type !== 'prefill-progress' || now - toldAt < progressMs) return;
      toldAt = now;
      writer.write(this.#progress.reading(stretch, part.done / Math.max(1, part.total)));
    };
    const { stretch: sentences } = summaryLengths[this.#style];
    try {
      const written = await writeSummary({ template, text: content, sentences, onPart }, this.#writing, this.#signal);
      this.#progress.stretchRead(stretch);
      return [written];
    } catch (error) {
      const length = stretch.end - stretch.start;
      if (!AppError.isInstance(error) || error.code !== 'prompt/too-long' || length < 400) throw error;
      const halves = cutStretches(text, stretch, Math.ceil(length * 0.6));
      this.#progress.splitStretch(halves.length);
      const written: WrittenSummary[] = [];
      for (const half of halves) written.push(...(await this.#readStretch(text, half, template)));
      return written;
    }
  }

  async #joinPartial(partial: readonly WrittenSummary[], stretchCharacters: number): Promise<WrittenSummary> {
    const joined = {
      text: partial.map(({ text }) => text).join(' '),
      isExtract: partial.every((part) => part.isExtract),
    };
    if (partial.length === 1 || this.#signal.aborted) return joined;
    const { section: sentences } = summaryLengths[this.#style];
    const texts = partial.map(({ text }) => text);
    try {
      const merged = await this.#merge(texts, sentences, stretchCharacters, () => undefined);
      return merged.text === '' ? joined : merged;
    } catch {
      // What was read is kept as it is; a stop or a dead engine is met again by whatever comes next.
      return joined;
    }
  }

  async #merge(
    summaries: readonly string[],
    sentences: number,
    stretchCharacters: number,
    onMerged: (done: number, total: number) => void,
  ): Promise<WrittenSummary> {
    const template = await readPrompt(this.#options.resourcesFolder, 'summarise-merge');
    return mergeSummaries({ template, summaries, sentences, stretchCharacters, onMerged }, this.#writing, this.#signal);
  }

  async #mergeAll(stretchCharacters: number): Promise<void> {
    const { writer, keep } = this.#options;
    writer.write(this.#progress.merging(0, 1));
    const { text } = await this.#merge(
      this.#sections.map(({ summary }) => summary),
      summaryLengths[this.#style].whole,
      stretchCharacters,
      (done, total) => writer.write(this.#progress.merging(done, total)),
    );
    writer.write({ type: 'text-start' });
    writer.write({ type: 'text-delta', text });
    writer.write({ type: 'text-end' });
    await keep({ summary: text, coverage: this.#progress.coverage, usage: this.#usage });
  }
}
