import { AppError } from '../shared/app-error.ts';
import { documentSizeLimitBytes } from '../shared/document.ts';
import { untilAborted } from '../shared/until-aborted.ts';
import type { DocumentReader, ReadDocument, ReadRequest } from './document-reader.ts';
import { ParsingSession, parsingLimits } from './parsing-session.ts';
import type { ParsingSessionOptions, ParsingTask } from './parsing-session.ts';
import type { PassageSpan, ReadPage } from './protocol.ts';

/** What the reader is made of, and its limits: by default those of `parsingLimits`. */
export type DocumentReaderOptions = Omit<ParsingSessionOptions, keyof typeof parsingLimits> &
  Partial<Pick<ParsingSessionOptions, keyof typeof parsingLimits>> & {
    /** Default `documentSizeLimitBytes`. */
    readonly limitBytes?: number;
  };

type ReadOptions = Parameters<DocumentReader['read']>[1];

/** One document, put together from its slices. */
function readTask(
  file: ReadRequest,
  limitBytes: number,
  { onProgress, recognitionLanguages = [] }: ReadOptions,
): ParsingTask<ReadDocument> {
  const text: string[] = [];
  const passages: PassageSpan[] = [];
  let pages: ReadPage[] | null = null;
  return {
    request: (id) => ({ type: 'read', id, file, limitBytes, recognitionLanguages }),
    accept: (event) => {
      switch (event.type) {
        case 'read-progress':
          onProgress?.(event.fraction);
          return null;
        case 'text-slice':
          text.push(event.text);
          return null;
        case 'page-slice':
          pages = [...(pages ?? []), ...event.pages];
          return null;
        case 'passage-slice':
          passages.push(...event.passages);
          return null;
        case 'read-end': {
          const { type: _type, id: _id, ...rest } = event;
          return { result: { ...rest, text: text.join(''), pages, passages } };
        }
        case 'page-image':
        case 'read-error':
          return null;
      }
    },
  };
}

/**
 * Makes the reader: one process, one document at a time, in the order in which they came. Its process starts with the
 * first document. Two readers do not know of each other, so what a person waits for need not queue behind a folder.
 */
export function createDocumentReader({
  limitBytes = documentSizeLimitBytes,
  ...options
}: DocumentReaderOptions): DocumentReader {
  const session = new ParsingSession({ ...parsingLimits, ...options });
  const closing = new AbortController();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    read(file, readOptions) {
      const stop = AbortSignal.any([readOptions.signal, closing.signal]);
      const read = turn.then(() => session.run(readTask(file, limitBytes, readOptions), stop));
      turn = read.catch(() => undefined);
      // Whoever stops waiting is free at once, also in the queue.
      return untilAborted(read, readOptions.signal);
    },
    async close() {
      closing.abort(new AppError('app/closing', 'Sotto is closing.'));
      session.end();
      await turn;
    },
  };
}
