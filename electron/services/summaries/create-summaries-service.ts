import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import { createId, summaryIdSchema } from '../../shared/ids.ts';
import type { SummaryId } from '../../shared/ids.ts';
import type { Summary, SummaryRequest, SummaryStatus } from '../../shared/summary.ts';
import type { SpokenLanguage } from '../../shared/words.ts';
import type { Storage } from '../../storage/storage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { RunEnd, RunsService } from '../runs/runs-service.ts';
import type { ScreeningService } from '../screening/screening-service.ts';
import { createExportWords } from './export/export-words.ts';
import { exportSummary } from './export/export-summary.ts';
import { allowInSummary } from './screen-statements.ts';
import { DocumentSummariser } from './summarise-document.ts';
import type { SummariseOptions } from './summarise-document.ts';
import type { SummariesService } from './summaries-service.ts';
import { SummaryQueue } from './summary-queue.ts';
import type { Halt, QueueTurn } from './summary-queue.ts';
import { createChangeBell } from './watch-summaries.ts';
import type { ChangeBell } from './watch-summaries.ts';

/** What the service is made of. */
export type SummariesServiceOptions = {
  readonly storage: Pick<Storage, 'summaries'>;
  readonly runs: RunsService;
  readonly documents: Pick<DocumentsService, 'get' | 'content' | 'pages'>;
  readonly provider: ModelProvider;
  /** Looks through what the model writes. */
  readonly screening: ScreeningService;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder of what ships with the app; the prompts are in it. */
  readonly resourcesFolder: string;
  /** Goes on at once with what an earlier run of the app left waiting. False for a door that ends with its command. */
  readonly goesOnWithQueue: boolean;
  /** The language that the app speaks now; what is exported speaks it too. */
  readonly language: () => Promise<SpokenLanguage>;
};

function emptySummary(
  id: SummaryId,
  document: DocumentDescription,
  { style, length, focus }: SummaryRequest,
  now: number,
): Summary {
  return {
    id,
    documentId: document.id,
    documentName: document.name,
    style,
    length,
    focus,
    status: 'queued',
    runId: null,
    summary: '',
    statements: [],
    sections: [],
    coverage: { sections: 0, sectionsRead: 0, characters: document.characters, charactersRead: 0 },
    modelName: null,
    usage: null,
    error: null,
    createdAt: now,
  };
}

const statusAfter: Readonly<Record<Halt, SummaryStatus>> = { paused: 'paused', stopped: 'stopped', closing: 'queued' };

type Keep = (id: SummaryId, change: Parameters<SummariseOptions['keep']>[0]) => Promise<void>;

/** Writes one summary, and stores how it ended. */
async function perform(turn: QueueTurn, options: SummariesServiceOptions, keep: Keep): Promise<RunEnd> {
  const { storage, documents } = options;
  const { summaryId: id, writer, signal, halt } = turn;
  let summariser: DocumentSummariser | null = null;
  try {
    const summary = await storage.summaries.get(id);
    if (summary === null) throw new AppError('app/not-found', 'There is no such summary.', { kind: 'summary' });
    await keep(id, { status: 'running', error: null });
    const document = await documents.get(summary.documentId);
    summariser = new DocumentSummariser(
      { summary, document },
      {
        ...options,
        writer,
        keep: (change) => keep(id, change),
        shouldPause: () => halt() === 'paused',
        nodes: () => storage.summaries.nodes(id),
        putNode: (node) => storage.summaries.putNode(node),
      },
      signal,
    );
    const end = await summariser.run();
    await keep(id, { status: end, runId: null });
    return { reason: end === 'paused' ? 'interrupted' : 'complete', usage: summariser.usage };
  } catch (thrown) {
    const reason = signal.aborted ? halt() : null;
    if (reason !== null) {
      await keep(id, { status: statusAfter[reason], runId: null });
      return { reason: reason === 'stopped' ? 'stopped' : 'interrupted', usage: summariser?.usage ?? null };
    }
    await keep(id, { status: 'failed', runId: null, error: AppError.from(thrown).toData() });
    throw thrown;
  }
}

/** Puts back into the queue what an earlier run of the app left in it, in the order in which it was asked for. */
async function goOnWithQueue({ storage, logger }: SummariesServiceOptions, queue: SummaryQueue): Promise<void> {
  try {
    const waiting = (await storage.summaries.list()).filter(({ status }) => status === 'queued').reverse();
    for (const { id } of waiting) await queue.add(id, (runId) => storage.summaries.update(id, { runId }));
  } catch (error) {
    logger.warn('summaries-not-resumed', { code: AppError.from(error).code });
  }
}

type Steering = Pick<SummariesService, 'pause' | 'resume' | 'stop'>;

/** Everything that changes how far a summary is written. */
function createSteering(queue: SummaryQueue, get: SummariesService['get'], keep: Keep): Steering {
  return {
    async pause(id) {
      const { status } = await get(id);
      if (queue.runOf(id) !== null && (status === 'queued' || status === 'running')) {
        await keep(id, { status: 'paused' });
        await queue.pause(id);
      }
      return get(id);
    },
    async resume(id) {
      const { status } = await get(id);
      if (status === 'complete') throw new AppError('app/invalid-input', 'This summary is complete.');
      if (queue.takeBackPause(id)) await keep(id, { status: 'running' });
      const runId =
        queue.runOf(id) ??
        (await queue.add(id, (started) => keep(id, { status: 'queued', runId: started, error: null })));
      return { summaryId: id, runId };
    },
    async stop(id) {
      await get(id);
      await queue.stop(id);
      const { status } = await get(id);
      // One that rests without a run has nobody who would store its end.
      if (status === 'paused' || status === 'queued') await keep(id, { status: 'stopped', runId: null });
      return get(id);
    },
  };
}

type Reading = Pick<SummariesService, 'list' | 'watch' | 'get' | 'nodes' | 'treeOf' | 'export'>;

function createReading({ storage, documents, language }: SummariesServiceOptions, bell: ChangeBell): Reading {
  const list = () => storage.summaries.list();
  const get = async (id: SummaryId): Promise<Summary> => {
    const found = await storage.summaries.get(id);
    if (!found) throw new AppError('app/not-found', 'There is no such summary.', { kind: 'summary' });
    return found;
  };
  return {
    list,
    get,
    watch: (signal) => bell.watch(list, signal),
    nodes: async (id) => storage.summaries.nodes((await get(id)).id),
    async treeOf(id) {
      const newest = await storage.summaries.latestTree(id);
      return newest === null ? null : storage.summaries.nodes(newest);
    },
    async export(id, format) {
      const summary = await get(id);
      // The document may be gone by now; its summary is kept.
      const document = await documents.get(summary.documentId).catch(() => null);
      return exportSummary(summary, document?.format ?? 'text', format, createExportWords(await language()));
    },
  };
}

/** Makes the service, and goes on with its queue. */
export function createSummariesService(options: SummariesServiceOptions): SummariesService {
  const { storage, documents, clock } = options;
  const bell = createChangeBell(clock);
  const keep: Keep = async (id, change) => {
    await storage.summaries.update(id, change);
    bell.ring();
  };
  const queue = new SummaryQueue({
    runs: options.runs,
    perform: (turn) => perform(turn, options, keep),
    onHalted: (id, halt) => keep(id, { status: statusAfter[halt], runId: null }),
  });
  const reading = createReading(options, bell);
  const wentOn = options.goesOnWithQueue ? goOnWithQueue(options, queue) : Promise.resolve();

  return {
    ...reading,
    ...createSteering(queue, reading.get, keep),
    watchQueue: (signal) =>
      bell.watch(async () => {
        const found = await Promise.all(queue.ids.map((id) => storage.summaries.get(id)));
        return found.filter((summary) => summary !== null);
      }, signal),
    async start({ documentId, request }) {
      const summary = emptySummary(createId(summaryIdSchema), await documents.get(documentId), request, clock.now());
      // What waited when the app ended goes first.
      await wentOn;
      const runId = await queue.add(summary.id, (started) => storage.summaries.insert({ ...summary, runId: started }));
      bell.ring();
      return { summaryId: summary.id, runId };
    },
    async allowFindings(id, kinds) {
      const summary = await reading.get(id);
      // What is being written is written over by whoever writes it.
      if (queue.runOf(id) === null) await keep(id, allowInSummary(summary, kinds));
    },
    async remove(id) {
      await reading.get(id);
      await queue.stop(id);
      await storage.summaries.remove(id);
      bell.ring();
    },
    async restore(id) {
      await storage.summaries.restore(id);
      bell.ring();
      return reading.get(id);
    },
    async close() {
      await wentOn;
      await queue.close();
    },
  };
}
