import { RecognitionThread } from './recognition-thread.ts';
import { recognisedPageSchema } from './recognised-line.ts';
import type { RecognisedLine } from './recognised-line.ts';
import type { RecognitionLanguage } from '../../../shared/settings.ts';
import type { GreyImage } from './grey-image.ts';
import { toPgm } from './grey-image.ts';

/** A page that takes longer is given up: about ten times what a full page takes on a machine that has nothing else to do. */
const pageDeadlineMs = 40_000;
/** So is one in which nothing advances for this long. */
const stallMs = 15_000;

/** Reads pictures of pages. It costs about 150 MB while it is open. */
export type Recogniser = {
  /**
   * Lines in reading order; null when the picture could not be read, or not in time. `onAdvance` is called now and then while the
   * work goes on.
   */
  readonly recognise: (image: GreyImage, onAdvance: () => void) => Promise<readonly RecognisedLine[] | null>;
  readonly close: () => Promise<void>;
};

/**
 * Makes a recogniser for these languages, of which there is at least one. Its thread starts with the first picture; one
 * that hangs or dies is replaced for the next.
 */
export function createRecogniser(languages: readonly RecognitionLanguage[]): Recogniser {
  let thread: RecognitionThread | null = null;
  const end = async (): Promise<void> => {
    const ended = thread;
    thread = null;
    await ended?.end();
  };
  return {
    recognise: async (image, onAdvance) => {
      const stalled = new AbortController();
      const timer = setTimeout(() => stalled.abort(), stallMs);
      const advance = (): void => {
        timer.refresh();
        onAdvance();
      };
      try {
        const deadline = AbortSignal.any([AbortSignal.timeout(pageDeadlineMs), stalled.signal]);
        thread ??= new RecognitionThread(languages);
        const answer = await thread.recognise(toPgm(image), advance, deadline);
        return recognisedPageSchema.parse(answer);
      } catch {
        await end();
        return null;
      } finally {
        clearTimeout(timer);
      }
    },
    close: end,
  };
}
