import { AppError } from '../shared/app-error.ts';
import { untilAborted } from '../shared/until-aborted.ts';
import type { DocumentReaderOptions } from './create-document-reader.ts';
import type { PageDrawer, PageImage, PageImageRequest } from './document-reader.ts';
import { documentSizeLimitBytes } from '../shared/document.ts';
import { ParsingSession, parsingLimits } from './parsing-session.ts';
import type { ParsingTask } from './parsing-session.ts';

/** Widest picture, in pixels. */
const widthLimitPixels = 4_096;

function drawTask({ file, hash, page, widthPixels }: PageImageRequest, limitBytes: number): ParsingTask<PageImage> {
  const width = Math.min(widthLimitPixels, Math.max(16, Math.round(widthPixels)));
  return {
    request: (id) => ({ type: 'draw-page', id, file, limitBytes, page, widthPixels: width, hash }),
    accept: (event) => {
      if (event.type !== 'page-image') return null;
      const { type: _type, id: _id, ...image } = event;
      return { result: image };
    },
  };
}

type Waiting = { readonly start: () => Promise<void>; readonly signal: AbortSignal };

/**
 * Makes the drawer: one process, one page at a time, the newest request first, because whoever flips through pages wants
 * the last one; a request that is aborted while it waits is never drawn.
 */
export function createPageDrawer({
  limitBytes = documentSizeLimitBytes,
  ...options
}: DocumentReaderOptions): PageDrawer {
  const session = new ParsingSession({ ...parsingLimits, ...options });
  const closing = new AbortController();
  const waiting: Waiting[] = [];
  let working: Promise<void> | null = null;

  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (!next.signal.aborted) await next.start();
    }
    working = null;
  };

  return {
    draw(request, signal) {
      const stop = AbortSignal.any([signal, closing.signal]);
      const drawn = Promise.withResolvers<PageImage>();
      const start = async (): Promise<void> => {
        await session.run(drawTask(request, limitBytes), stop).then(drawn.resolve, drawn.reject);
      };
      waiting.push({ start, signal: stop });
      // In a turn of its own, so that requests of one moment are all there when the newest is chosen.
      working ??= Promise.resolve().then(work);
      return untilAborted(drawn.promise, stop);
    },
    async close() {
      closing.abort(new AppError('app/closing', 'Sotto is closing.'));
      session.end();
      await working;
    },
  };
}
