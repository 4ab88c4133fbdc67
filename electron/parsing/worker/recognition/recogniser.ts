import { RecognitionThread } from './recognition-thread.ts';
import { recognisedPageSchema } from './recognised-line.ts';
import type { RecognisedLine } from './recognised-line.ts';
import type { RecognitionLanguage } from '../../../shared/settings.ts';
import type { GreyImage } from './grey-image.ts';
import { toPgm } from './grey-image.ts';

/** A page that takes longer is given up, so that it never uses up the 20 s that a page has. */
const pageDeadlineMs = 14_000;

/** Reads pictures of pages. It costs about 150 MB while it is open. */
export type Recogniser = {
  /** Lines in reading order; null when the picture could not be read, or not in time. */
  readonly recognise: (image: GreyImage) => Promise<readonly RecognisedLine[] | null>;
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
    recognise: async (image) => {
      const deadline = AbortSignal.timeout(pageDeadlineMs);
      try {
        thread ??= new RecognitionThread(languages);
        const answer = await thread.recognise(toPgm(image), deadline);
        return recognisedPageSchema.parse(answer);
      } catch {
        await end();
        return null;
      }
    },
    close: end,
  };
}
