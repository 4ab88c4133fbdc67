import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelPart, ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { Span } from '../../shared/sentences.ts';
import type { Summary, SummaryNode, SummarySection, SummaryStatement } from '../../shared/summary.ts';
import { noUsage } from '../../shared/usage.ts';
import type { Usage } from '../../shared/usage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { RunWriter } from '../runs/runs-service.ts';
import type { ScreeningService } from '../screening/screening-service.ts';
import { buildNode, joinSections } from './join-sections.ts';
import { cutStretches, planSections } from './plan-sections.ts';
import type { PlannedSection } from './plan-sections.ts';
import { renderSummary } from './render-summary.ts';
import { StatementWriter, shortestHalved } from './statement-writer.ts';
import { charactersPerStretch, leftToRead } from './stretch-size.ts';
import { SummaryProgress } from './summary-progress.ts';

/** What the work reads, and whom it tells. */
export type SummariseOptions = {
  readonly documents: Pick<DocumentsService, 'content' | 'pages'>;
  readonly provider: ModelProvider;
  readonly screening: ScreeningService;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly resourcesFolder: string;
  readonly writer: RunWriter;
  /** Keeps what there is so far. */
  readonly keep: (change: Partial<Omit<Summary, 'id' | 'documentId' | 'createdAt'>>) => Promise<void>;
  /** What an earlier run of the same summary has stored. */
  readonly nodes: () => Promise<readonly SummaryNode[]>;
  readonly putNode: (node: SummaryNode) => Promise<void>;
  /** Asked between two stretches. */
  readonly shouldPause: () => boolean;
};

/** Progress within a stretch is told this often at most. */
const progressMs = 250;

const addUsage = (one: Usage, other: Usage): Usage => ({
  inputTokens: one.inputTokens + other.inputTokens,
  reusedTokens: one.reusedTokens + other.reusedTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  timeToFirstTokenMs: one.timeToFirstTokenMs ?? other.timeToFirstTokenMs,
  tokensPerSecond: other.tokensPerSecond ?? one.tokensPerSecond,
});

/** Why reading ended. */
type ReadEnd = 'complete' | 'paused';

/** The document, and how it is read; known once the model is ready. */
type Reading = {
  readonly text: string;
  readonly promptCharacters: number;
  readonly planned: readonly PlannedSection[];
  readonly statements: StatementWriter;
};

/** One run over one document: state that its stretches and merges share. */
export class DocumentSummariser {
  readonly #summary: Summary;
  readonly #document: DocumentDescription;
  readonly #options: SummariseOptions;
  readonly #signal: AbortSignal;
  /** What was read, in the order of the text. */
  #read: readonly SummaryNode[] = [];
  #sections: readonly SummarySection[] = [];
  #progress: SummaryProgress;
  #stretch: Span = { start: 0, end: 0 };
  #toldAt = 0;
  #usage: Usage;
  #modelName: string | null;

  constructor(
    { summary, document }: { readonly summary: Summary; readonly document: DocumentDescription },
    options: SummariseOptions,
    signal: AbortSignal,
  ) {
    this.#summary = summary;
    this.#document = document;
    this.#options = options;
    this.#signal = signal;
    this.#usage = summary.usage ?? noUsage;
    this.#modelName = summary.modelName;
    this.#progress = new SummaryProgress(options.clock, { characters: document.characters, sections: 0 });
  }

  get usage(): Usage {
    return this.#usage;
  }

  /**
   * Reads what is not read yet, then merges. Throws what the provider throws and the signal's reason; what exists is
   * kept by then.
   */
  async run(): Promise<ReadEnd> {
    const reading = await this.#prepare();
    try {
      for (const section of reading.planned) {
        if ((await this.#readSection(section, reading)) === 'paused') {
          await this.#keepPartial(reading);
          return 'paused';
        }
      }
      this.#signal.throwIfAborted();
      await this.#joinAll(reading);
      return 'complete';
    } catch (error) {
      await this.#keepPartial(reading);
      throw error;
    }
  }

  async #prepare(): Promise<Reading> {
    const { provider, documents, writer, nodes, clock, logger, resourcesFolder, screening } = this.#options;
    const signal = this.#signal;
    const contextTokens = await provider.contextTokens({
      signal,
      onModel: ({ modelName, route }) => {
        this.#modelName = modelName;
        writer.write({ type: 'run-start', runId: writer.runId, modelName, route });
      },
      onLoadProgress: (done) =>
        writer.write({ type: 'progress', phase: 'loading-model', done, total: 1, remainingMs: null }),
    });
    const [{ text, headings }, pages, stored] = await Promise.all([
      documents.content(this.#document.id),
      documents.pages(this.#document.id),
      nodes(),
    ]);
    this.#read = stored.filter(({ level }) => level === 0);
    const promptCharacters = await charactersPerStretch(text, provider, contextTokens, signal);
    const starts = pages.map(({ start }) => start);
    const planned = planSections(text, headings, promptCharacters, starts).map((section) => ({
      ...section,
      stretches:
        this.#read.length === 0
          ? section.stretches
          : leftToRead(section, this.#spansRead()).flatMap((span) =>
              cutStretches(text, span, promptCharacters, starts),
            ),
    }));
    const { unreadablePages } = this.#document.report;
    const sections = planned.reduce((sum, section) => sum + section.stretches.length, 0);
    const start = { characters: text.length, sections, read: this.#spansRead(), pages: pages.length, unreadablePages };
    this.#progress = new SummaryProgress(clock, start);
    const onPart = (part: ModelPart): void => this.#onPart(part);
    const generating = { provider, clock, logger, resourcesFolder, screening, onPart };
    const statements = new StatementWriter(this.#summary, { document: this.#document, text, pages }, generating);
    return { text, promptCharacters, planned, statements };
  }

  #spansRead(): readonly Span[] {
    return this.#read.map(({ place }) => place);
  }

  async #readSection(section: PlannedSection, reading: Reading): Promise<ReadEnd> {
    for (const stretch of section.stretches) {
      if (this.#options.shouldPause()) return 'paused';
      this.#signal.throwIfAborted();
      await this.#readStretch(stretch, section.title, reading);
    }
    const said = this.#saidIn(section);
    const known = this.#summary.sections.find(
      ({ place }) => place.start === section.start && place.end === section.end,
    );
    const { planned, statements: writer } = reading;
    const { section: usual, whole } = writer.plan;
    const limit = Math.max(usual, planned.length < whole ? Math.ceil(whole / planned.length) + 1 : 0);
    const statements =
      section.stretches.length === 0 && known !== undefined
        ? known.statements
        : await writer.merge(said, limit, this.#signal);
    await this.#addSection(section, statements, reading);
    return 'complete';
  }

  #saidIn({ start, end }: Span): readonly SummaryStatement[] {
    return this.#read
      .filter(({ place }) => place.start >= start && place.start < end)
      .flatMap((node) => node.statements);
  }

  /** A stretch with more tokens than planned is read in halves. */
  async #readStretch(stretch: Span, title: string, reading: Reading): Promise<void> {
    const { writer, putNode, keep } = this.#options;
    this.#stretch = stretch;
    this.#toldAt = this.#options.clock.monotonicMs();
    writer.write(this.#progress.reading(stretch, 0));
    try {
      const isBlank = reading.text.slice(stretch.start, stretch.end).trim() === '';
      const statements = isBlank ? [] : await reading.statements.read(stretch, this.#signal);
      const node = buildNode(
        { summaryId: this.#summary.id, level: 0, title, span: stretch },
        statements,
        reading.statements,
      );
      await putNode(node);
      this.#read = [...this.#read, node].sort((one, other) => one.place.start - other.place.start);
      this.#progress.stretchRead(stretch);
      await keep({ coverage: this.#progress.coverage, modelName: this.#modelName, usage: this.#usage });
    } catch (error) {
      const length = stretch.end - stretch.start;
      if (!AppError.isInstance(error) || error.code !== 'prompt/too-long' || length < shortestHalved) throw error;
      const halves = cutStretches(reading.text, stretch, Math.ceil(length * 0.6));
      this.#progress.splitStretch(halves.length);
      for (const half of halves) await this.#readStretch(half, title, reading);
    }
  }

  async #addSection(
    section: Omit<PlannedSection, 'stretches'>,
    statements: readonly SummaryStatement[],
    reading: Reading,
  ) {
    // A chapter that says nothing to what was asked has no place in the summary; its reading is counted all the same.
    if (statements.length === 0) return;
    const { writer } = this.#options;
    const summarised: SummarySection = {
      title: section.title,
      place: reading.statements.placeOf(section),
      summary: statements.map(({ text }) => text).join(' '),
      statements,
      ...(statements.every(({ isExtract }) => isExtract) ? { isExtract: true } : {}),
    };
    this.#sections = [...this.#sections, summarised];
    writer.write({ type: 'section-end', section: summarised, coverage: this.#progress.coverage });
    await this.#keepSoFar(reading);
  }

  /** What a reader has before the end, or after a stop: the most telling statements, without asking the model. */
  async #keepSoFar({ statements: writer }: Reading): Promise<void> {
    const all = this.#sections.flatMap(({ statements }) => statements);
    await this.#keepStatements(writer.choose(all, writer.plan.whole));
  }

  async #keepStatements(statements: readonly SummaryStatement[]): Promise<void> {
    const { writer, keep } = this.#options;
    const summary = renderSummary(this.#summary.style, statements, this.#sections);
    writer.write({ type: 'statements', statements });
    const { coverage } = this.#progress;
    await keep({
      summary,
      statements,
      sections: this.#sections,
      coverage,
      modelName: this.#modelName,
      usage: this.#usage,
    });
  }

  /** Also what was read of a section that is cut short is worth keeping; its place ends where reading did. */
  async #keepPartial(reading: Reading): Promise<void> {
    const last = this.#sections.at(-1)?.place.end ?? 0;
    const isRead = ({ start, end }: Span) => this.#read.some(({ place }) => place.start >= start && place.start < end);
    const section = reading.planned.findLast((planned) => planned.start >= last && isRead(planned));
    if (section === undefined) return;
    const ends = this.#read.filter(({ place }) => place.start < section.end).map(({ place }) => place.end);
    const end = Math.min(section.end, Math.max(...ends));
    const said = reading.statements.choose(this.#saidIn(section), reading.statements.plan.section);
    await this.#addSection({ ...section, end }, said, reading);
  }

  async #joinAll(reading: Reading): Promise<void> {
    const { writer, putNode } = this.#options;
    writer.write(this.#progress.merging(0, 1));
    const statements = await joinSections(
      this.#sections,
      {
        summaryId: this.#summary.id,
        documentName: this.#summary.documentName,
        writer: reading.statements,
        promptCharacters: reading.promptCharacters,
        putNode,
        onJoined: (done, total) => writer.write(this.#progress.merging(done, total)),
      },
      this.#signal,
    );
    await this.#keepStatements(statements);
    writer.write({ type: 'text-start' });
    writer.write({ type: 'text-delta', text: renderSummary(this.#summary.style, statements, this.#sections) });
    writer.write({ type: 'text-end' });
  }

  #onPart(part: ModelPart): void {
    if (part.type === 'model-end') this.#usage = addUsage(this.#usage, part.usage);
    const now = this.#options.clock.monotonicMs();
    if (part.type !== 'prefill-progress' || now - this.#toldAt < progressMs) return;
    this.#toldAt = now;
    this.#options.writer.write(this.#progress.reading(this.#stretch, part.done / Math.max(1, part.total)));
  }
}
