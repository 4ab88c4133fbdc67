import { join } from 'node:path';
import type { Services } from '../../electron/api/context.ts';
import { readBuiltInPresets } from '../../electron/services/presets/built-in-presets.ts';
import { AppError } from '../../electron/shared/app-error.ts';
import type { AnswerPart } from '../../electron/shared/answer-part.ts';
import type { AppStatus } from '../../electron/shared/app-status.ts';
import { emptyDraft } from '../../electron/shared/draft.ts';
import { createId, passageIdSchema } from '../../electron/shared/ids.ts';
import type { RunId } from '../../electron/shared/ids.ts';
import { settingsSchema } from '../../electron/shared/settings.ts';
import type { Settings } from '../../electron/shared/settings.ts';
import { createLongChats, longChats, streamedParts, streamedRun } from './gallery-chats.ts';
import { importReport, meter, presets, searchHits } from './gallery-conversations.ts';
import {
  conversations,
  documents,
  folders,
  messages,
  passages,
  runningAnswer,
  runningSections,
  summaries,
} from './gallery-content.ts';
import { createGalleryCloud } from './gallery-cloud.ts';
import { createGalleryDesktop, quickRun } from './gallery-desktop.ts';
import { findElsewhere, galleryPreview, previewParts, previewRun } from './gallery-previews.ts';
import { createGalleryModels } from './gallery-models-services.ts';
import { noModelStatus, readyStatus } from './gallery-models.ts';
import { createGalleryLibrary, scannedLetter, scannedPage, scannedPicture, scannedPlace } from './gallery-library.ts';
import { scannedPages } from './gallery-summaries.ts';
import { createGalleryEnginePacks, createGalleryUpdates } from './gallery-updates.ts';
import { contractText, growingAnswer } from './gallery-texts.ts';

/** `first`: a fresh install without a model; `first-model`: one with a model; `empty`: a model and nothing else; `full`: everything at once; `online`: the same with the lock open for models. */
export type GalleryState = 'first' | 'first-model' | 'empty' | 'full' | 'online';

const resources = join(import.meta.dirname, '../../resources');

const isFirstStart = (state: GalleryState): boolean => state === 'first' || state === 'first-model';

const notHere = (what: string) => (): never => {
  throw new AppError('app/not-found', `The gallery has no ${what}.`);
};

async function* once<T>(value: T, signal: AbortSignal): AsyncGenerator<T> {
  yield value;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

function answerParts(runId: RunId): readonly AnswerPart[] {
  return [
    { sequence: 0, type: 'run-start', runId, modelName: readyStatus.model?.name ?? null, route: null },
    { sequence: 1, type: 'progress', phase: 'reading', done: 300, total: 412, remainingMs: 2_000 },
    { sequence: 2, type: 'text-start' },
    { sequence: 3, type: 'text-delta', text: growingAnswer },
  ];
}

function summaryParts(runId: RunId): readonly AnswerPart[] {
  const start = { sequence: 0, type: 'run-start', runId, modelName: null, route: null } as const;
  const sections = runningSections.map((section, index): AnswerPart => ({
    sequence: index + 1,
    type: 'section-end',
    section,
    coverage: { sections: 61, sectionsRead: index * 6 + 2, characters: 1_182_400, charactersRead: section.place.end },
  }));
  return [
    start,
    ...sections,
    { sequence: 4, type: 'progress', phase: 'summarising', done: 14, total: 61, remainingMs: 190_000 },
  ];
}

async function* partsOf(runId: RunId, after: number, signal: AbortSignal): AsyncGenerator<AnswerPart> {
  if (runId === previewRun) yield* previewParts.filter(({ sequence }) => sequence > after);
  else if (runId === streamedRun) yield* streamedParts(after);
  const isPreview = runId === previewRun;
  const parts = isPreview
    ? []
    : runId === runningAnswer || runId === quickRun
      ? answerParts(runId)
      : summaryParts(runId);
  yield* parts.filter(({ sequence }) => sequence > after);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** Services that hold a state of the app and never change it: what the window looks like, without an engine. */
export function createGalleryServices(state: GalleryState, settings: Partial<Settings>): Services {
  const isFull = state === 'full' || state === 'online';
  const isOnline = state === 'online';
  const shownSettings = settingsSchema.parse({
    isFirstStartDone: !isFirstStart(state),
    isOffline: !isOnline,
    allowedPurposes: isOnline ? ['model-search', 'model-download', 'provider'] : [],
    ...(isOnline
      ? { cloudMode: 'ask', redactedWords: ['Meyer AG', 'Project Heron', 'Lindenallee 12'], keepsSentBodies: true }
      : {}),
    ...settings,
  });
  const status: AppStatus =
    state === 'first'
      ? noModelStatus
      : isFull
        ? { ...readyStatus, isOffline: !isOnline }
        : {
            ...readyStatus,
            keeping: isFirstStart(state) ? 'session-only' : readyStatus.keeping,
            indexing: null,
            tokensPerSecond: null,
          };
  const shownDocuments = isFull ? [...documents, scannedLetter] : [];
  const list = Object.values(conversations).sort((a, b) => b.updatedAt - a.updatedAt);
  const chats = createLongChats();
  return {
    enginePacks: createGalleryEnginePacks(),
    updates: createGalleryUpdates(isOnline),
    status: {
      current: () => Promise.resolve(status),
      watch: (signal) => once(status, signal),
      close: () => undefined,
    },
    settings: {
      get: () => Promise.resolve(shownSettings),
      update: (patch) => Promise.resolve(settingsSchema.parse({ ...shownSettings, ...patch })),
      onChange: () => () => undefined,
    },
    conversations: {
      list: () => Promise.resolve(isFull ? list : []),
      open: async (id) => {
        const elsewhere = findElsewhere(id);
        if (elsewhere !== undefined) return elsewhere;
        const long = chats.find(id);
        if (long !== undefined) return { conversation: long, messages: chats.shown(id) };
        const conversation = list.find((candidate) => candidate.id === id) ?? notHere('conversation')();
        return { conversation, messages: messages.get(id) ?? [] };
      },
      branch: (tipId) => Promise.resolve(chats.branch(tipId)),
      outline: (id) => Promise.resolve(chats.outline(id)),
      show: async (id, messageId, isEnd) => {
        chats.show(id, messageId, isEnd);
        return longChats.find((chat) => chat.id === id) ?? notHere('conversation')();
      },
      create: notHere('new conversations'),
      rename: notHere('renaming'),
      setLocalOnly: notHere('labels'),
      setFolderLocalOnly: notHere('labels'),
      place: notHere('changes'),
      setOptions: notHere('changes'),
      folders: () => Promise.resolve(isFull ? folders : []),
      createFolder: notHere('changes'),
      renameFolder: notHere('changes'),
      removeFolder: notHere('changes'),
      setScope: notHere('changes'),
      remove: () => Promise.resolve(),
      restore: notHere('restoring'),
      offerTitle: notHere('engine'),
      storeQuestion: notHere('engine'),
      askAgain: notHere('engine'),
      askInOtherWords: notHere('engine'),
      allowFindings: () => Promise.resolve(),
      watchChanges: (signal) => once(0, signal),
      noteChange: () => undefined,
      close: () => undefined,
    },
    chat: {
      send: notHere('engine'),
      retry: notHere('engine'),
      edit: notHere('engine'),
      continue: notHere('engine'),
      meter: () => Promise.resolve(meter),
    },
    drafts: { get: () => Promise.resolve(emptyDraft), put: () => Promise.resolve() },
    presets: {
      list: async () => {
        const language = shownSettings.language === 'de' ? 'de' : 'en';
        return [...(await readBuiltInPresets(resources, language, new Set())), ...presets];
      },
      create: notHere('changes'),
      update: notHere('changes'),
      setHidden: notHere('changes'),
      answerOptions: notHere('engine'),
      remove: notHere('changes'),
      restore: notHere('changes'),
    },
    search: {
      find: () => Promise.resolve({ hits: searchHits, hasMore: false }),
      inConversation: ({ conversationId, query }) => Promise.resolve(chats.found(conversationId, query)),
    },
    ...createGalleryDesktop(!isOnline),
    transfer: {
      export: async function* () {
        yield { fileName: 'sotto-chats.json', text: '{}' };
      },
      import: () => Promise.resolve(importReport),
    },
    answers: {
      ask: notHere('engine'),
      retry: notHere('engine'),
      answer: notHere('engine'),
      continue: notHere('engine'),
    },
    runs: {
      start: notHere('engine'),
      follow: partsOf,
      stop: () => undefined,
      finished: () => Promise.resolve(),
      isBusy: false,
      onBusy: () => () => undefined,
      onUsage: () => () => undefined,
      close: () => Promise.resolve(),
    },
    files: {
      ticketForPath: notHere('files'),
      ticketForUpload: notHere('files'),
      ticketForText: notHere('files'),
      resolve: notHere('files'),
      release: notHere('files'),
      close: () => Promise.resolve(),
    },
    documents: {
      list: () => Promise.resolve(shownDocuments),
      get: async (id) => shownDocuments.find((candidate) => candidate.id === id) ?? notHere('document')(),
      add: notHere('reader'),
      addFile: notHere('reader'),
      remove: () => Promise.resolve(),
      restore: notHere('changes'),
      watch: (signal) => once(shownDocuments, signal),
      watchReading: (signal) => once(isFull ? [{ name: 'Scan of the ledger.pdf', fraction: 0.34 }] : [], signal),
      whenIndexed: notHere('index'),
      excerpt: (documentId, start, end) =>
        Promise.resolve({
          documentId,
          documentName: 'Contract with Meyer AG.txt',
          start: Math.min(start, contractText.length),
          end: Math.min(end, contractText.length),
          firstLine: 1,
          text: contractText.slice(start, end),
        }),
      content: notHere('content'),
      pages: (id) => Promise.resolve(id === documents[0]?.id ? scannedPages : []),
      pageView: (_, page) => Promise.resolve(scannedPage(page)),
      pageImage: () => scannedPicture(),
      askedWords: () => Promise.resolve([]),
      search: () =>
        Promise.resolve([
          ...passages.map(({ passage, score }) => ({
            passage,
            score,
            cosine: null,
            lexicalScore: null,
            duplicates: [],
          })),
          ...passages.slice(2).map(({ passage }) => ({
            passage: {
              ...passage,
              id: createId(passageIdSchema),
              documentId: scannedLetter.id,
              documentName: scannedLetter.name,
              place: scannedPlace,
            },
            score: 0.4,
            cosine: null,
            lexicalScore: null,
            duplicates: [],
          })),
        ]),
      inScope: () => Promise.resolve([]),
      removeOrphans: () => Promise.resolve(),
      setIndexingPaused: () => undefined,
      changeEmbedder: () => Promise.resolve(),
      isRebuilding: false,
      onIndexed: () => () => undefined,
      progress: null,
      onProgress: () => () => undefined,
      close: () => Promise.resolve(),
    },
    summaries: {
      list: () => Promise.resolve(isFull ? Object.values(summaries) : []),
      get: async (id) => Object.values(summaries).find((candidate) => candidate.id === id) ?? notHere('summary')(),
      watch: (signal) => once(isFull ? Object.values(summaries) : [], signal),
      watchQueue: (signal) => once([], signal),
      start: notHere('engine'),
      pause: notHere('changes'),
      resume: notHere('engine'),
      stop: notHere('changes'),
      allowFindings: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      restore: notHere('changes'),
      nodes: () => Promise.resolve([]),
      treeOf: () => Promise.resolve(null),
      export: notHere('files'),
      close: () => Promise.resolve(),
    },
    library: createGalleryLibrary(isFull),
    ...createGalleryModels(state === 'first' ? 'none' : isFull ? 'full' : 'fresh'),
    ...createGalleryCloud(isOnline, isFull),
    cloud: { ...createGalleryCloud(isOnline).cloud, preview: () => Promise.resolve(galleryPreview) },
  };
}
