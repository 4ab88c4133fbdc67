import { z } from 'zod';
import { AppError } from '../shared/app-error.ts';
import {
  collectionIdSchema,
  documentIdSchema,
  fileTicketSchema,
  folderTicketSchema,
  libraryFileIdSchema,
  sourceIdSchema,
  summaryIdSchema,
} from '../shared/ids.ts';
import { libraryFileStatusSchema } from '../shared/library.ts';
import { findingKindSchema } from '../shared/screening.ts';
import { searchScopeSchema } from '../shared/search-scope.ts';
import { summaryRequestSchema } from '../shared/summary.ts';
import { neverAborted, procedure, streamed } from './procedure.ts';

const offset = z.int().nonnegative();
const byId = z.object({ id: documentIdSchema });

/** Documents, their pages and the search over them. */
export const documents = {
  list: procedure.handler(({ context }) => context.services.documents.list()),
  get: procedure.input(byId).handler(({ context, input }) => context.services.documents.get(input.id)),
  watch: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.documents.watch(signal ?? neverAborted));
  }),
  watchReading: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.documents.watchReading(signal ?? neverAborted));
  }),
  add: procedure
    .input(z.object({ ticket: fileTicketSchema }))
    .handler(({ context, input, signal }) => context.services.documents.add(input.ticket, signal ?? neverAborted)),
  remove: procedure.input(byId).handler(({ context, input }) => context.services.documents.remove(input.id)),
  restore: procedure.input(byId).handler(({ context, input }) => context.services.documents.restore(input.id)),
  excerpt: procedure
    .input(z.object({ id: documentIdSchema, start: offset, end: offset }))
    .handler(({ context, input }) => context.services.documents.excerpt(input.id, input.start, input.end)),
  pages: procedure.input(byId).handler(({ context, input }) => context.services.documents.pages(input.id)),
  pageView: procedure
    .input(
      z.object({
        id: documentIdSchema,
        page: z.int().positive(),
        highlight: z.object({ start: offset, end: offset }).nullable().default(null),
      }),
    )
    .handler(({ context, input }) => context.services.documents.pageView(input.id, input.page, input.highlight)),
  pageImage: procedure
    .input(z.object({ id: documentIdSchema, page: z.int().positive(), widthPixels: z.int().min(16).max(4_096) }))
    .handler(async ({ context, input, signal }) => {
      const { id, page, widthPixels } = input;
      const bytes = await context.services.documents.pageImage(id, page, widthPixels, signal ?? neverAborted);
      return new Blob([new Uint8Array(bytes)], { type: 'image/png' });
    }),
  search: procedure
    .input(
      z.object({
        query: z.string().max(10_000),
        scope: searchScopeSchema,
        mode: z.enum(['hybrid', 'lexical', 'dense']).default('hybrid'),
        limit: z.int().min(1).max(100).default(10),
      }),
    )
    .handler(({ context, input, signal }) => context.services.documents.search(input, signal ?? neverAborted)),
};

const byCollection = z.object({ id: collectionIdSchema });
const collectionName = z.string().trim().min(1).max(100);

/** Collections and the folders that they follow. */
export const library = {
  list: procedure.handler(({ context }) => context.services.library.list()),
  find: procedure
    .input(z.object({ nameOrId: z.string().min(1).max(100) }))
    .handler(({ context, input }) => context.services.library.find(input.nameOrId)),
  watch: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.library.watch(signal ?? neverAborted));
  }),
  watchProgress: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.library.watchProgress(signal ?? neverAborted));
  }),
  create: procedure
    .input(z.object({ name: collectionName }))
    .handler(({ context, input }) => context.services.library.create(input.name)),
  rename: procedure
    .input(z.object({ id: collectionIdSchema, name: collectionName }))
    .handler(({ context, input }) => context.services.library.rename(input.id, input.name)),
  remove: procedure.input(byCollection).handler(({ context, input }) => context.services.library.remove(input.id)),
  restore: procedure.input(byCollection).handler(({ context, input }) => context.services.library.restore(input.id)),
  addFolder: procedure
    .input(z.object({ id: collectionIdSchema, ticket: folderTicketSchema }))
    .handler(({ context, input }) => context.services.library.addFolder(input.id, input.ticket)),
  addFile: procedure
    .input(z.object({ id: collectionIdSchema, ticket: fileTicketSchema }))
    .handler(({ context, input }) => context.services.library.addFile(input.id, input.ticket)),
  addPath: procedure
    .input(z.object({ id: collectionIdSchema, path: z.string().max(32_768) }))
    .handler(({ context, input }) => {
      if (!context.canNamePaths) throw new AppError('app/invalid-input', 'This door hands over files, not paths.');
      return context.services.library.addPath(input.id, input.path);
    }),
  removeSource: procedure
    .input(z.object({ id: sourceIdSchema }))
    .handler(({ context, input }) => context.services.library.removeSource(input.id)),
  restoreSource: procedure
    .input(z.object({ id: sourceIdSchema, collectionId: collectionIdSchema }))
    .handler(({ context, input }) => context.services.library.restoreSource(input.id, input.collectionId)),
  setIgnorePatterns: procedure
    .input(z.object({ id: sourceIdSchema, patterns: z.array(z.string().max(500)).max(200) }))
    .handler(({ context, input }) => context.services.library.setIgnorePatterns(input.id, input.patterns)),
  files: procedure
    .input(
      z.object({
        collectionId: collectionIdSchema,
        query: z.string().max(500).default(''),
        status: libraryFileStatusSchema.nullable().default(null),
        offset,
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .handler(({ context, input }) => context.services.library.files(input)),
  retryFile: procedure
    .input(z.object({ id: libraryFileIdSchema }))
    .handler(({ context, input }) => context.services.library.retryFile(input.id)),
  rescan: procedure.input(byCollection).handler(({ context, input }) => context.services.library.rescan(input.id)),
  setPaused: procedure
    .input(z.object({ isPaused: z.boolean() }))
    .handler(({ context, input }) => context.services.library.setPaused(input.isPaused)),
  setCollectionPaused: procedure
    .input(z.object({ id: collectionIdSchema, isPaused: z.boolean() }))
    .handler(({ context, input }) => context.services.library.setCollectionPaused(input.id, input.isPaused)),
  setLocalOnly: procedure
    .input(z.object({ id: collectionIdSchema, isLocalOnly: z.boolean() }))
    .handler(({ context, input }) => context.services.library.setLocalOnly(input.id, input.isLocalOnly)),
  setSourceLocalOnly: procedure
    .input(z.object({ id: sourceIdSchema, isLocalOnly: z.boolean() }))
    .handler(({ context, input }) => context.services.library.setSourceLocalOnly(input.id, input.isLocalOnly)),
  whenSettled: procedure
    .input(byCollection)
    .handler(({ context, input, signal }) => context.services.library.whenSettled(input.id, signal ?? neverAborted)),
  openFolder: procedure
    .input(z.object({ ticket: folderTicketSchema.nullable() }))
    .handler(({ context, input }) => context.services.library.openFolder(input.ticket)),
};

const bySummary = z.object({ id: summaryIdSchema });

/** Summaries and their queue. */
export const summaries = {
  list: procedure.handler(({ context }) => context.services.summaries.list()),
  watch: procedure.handler(async function* ({ context, signal }) {
    yield* streamed(() => context.services.summaries.watch(signal ?? neverAborted));
  }),
  get: procedure.input(bySummary).handler(({ context, input }) => context.services.summaries.get(input.id)),
  start: procedure
    .input(z.object({ documentId: documentIdSchema, request: summaryRequestSchema }))
    .handler(({ context, input }) => context.services.summaries.start(input)),
  pause: procedure.input(bySummary).handler(({ context, input }) => context.services.summaries.pause(input.id)),
  resume: procedure.input(bySummary).handler(({ context, input }) => context.services.summaries.resume(input.id)),
  stop: procedure.input(bySummary).handler(({ context, input }) => context.services.summaries.stop(input.id)),
  allowFindings: procedure
    .input(bySummary.extend({ kinds: z.array(findingKindSchema).max(20) }))
    .handler(({ context, input }) => context.services.summaries.allowFindings(input.id, input.kinds)),
  remove: procedure.input(bySummary).handler(({ context, input }) => context.services.summaries.remove(input.id)),
  restore: procedure.input(bySummary).handler(({ context, input }) => context.services.summaries.restore(input.id)),
  nodes: procedure.input(bySummary).handler(({ context, input }) => context.services.summaries.nodes(input.id)),
  export: procedure
    .input(z.object({ id: summaryIdSchema, format: z.enum(['markdown', 'docx', 'pdf']) }))
    .handler(async ({ context, input }) => {
      const { name, mediaType, bytes } = await context.services.summaries.export(input.id, input.format);
      return { name, file: new Blob([new Uint8Array(bytes)], { type: mediaType }) };
    }),
};
