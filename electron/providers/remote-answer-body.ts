import type { Clock } from '../platform/clock.ts';
import { AppError } from '../shared/app-error.ts';

/** How long a remote may take and how much it may send. Times in milliseconds. */
export type RemoteLimits = {
  /** From the request to the first byte of the answer; a server of one's own reads long prompts for minutes. */
  readonly firstByteMs: number;
  /** Without any byte in the middle. */
  readonly idleMs: number;
  /** For all of it, so that a slow drip ends. */
  readonly wholeMs: number;
  readonly bodyBytes: number;
  /** Of one event, which is held in memory until it ends. */
  readonly eventBytes: number;
  /** Of the answer's text and thoughts together, in UTF-16 units. */
  readonly textLength: number;
};

/** Many times what an answer takes, and little for a machine. */
export const remoteLimits: RemoteLimits = {
  firstByteMs: 180_000,
  idleMs: 120_000,
  wholeMs: 1_800_000,
  bodyBytes: 64 * 1024 * 1024,
  eventBytes: 2 * 1024 * 1024,
  textLength: 2_000_000,
};

/** Runs `work` with a signal that aborts after `limitMs`; rejects with `late` then, whatever the work does. */
export async function within<Result>(
  clock: Clock,
  limitMs: number,
  late: AppError,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const [slow, over] = [new AbortController(), new AbortController()];
  clock
    .delay(limitMs, over.signal)
    .then(() => slow.abort(late))
    .catch(() => undefined);
  try {
    return await Promise.race([work(slow.signal), rejectOnAbort(slow.signal)]);
  } finally {
    over.abort();
  }
}

/** What a bounded body is watched with. */
export type BoundedBodyOptions = {
  readonly clock: Clock;
  readonly limits: RemoteLimits;
  /** Error of a body that stops, and of one that is too long. */
  readonly cut: () => AppError;
  readonly tooMuch: () => AppError;
};

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Where within an event a stream of bytes stands. An empty line ends an event. */
type EventPosition = { readonly bytes: number; readonly isLineEmpty: boolean };

/** The position after the chunk, and the longest that an event was within it. */
function measureEvents(
  chunk: Uint8Array,
  before: EventPosition,
): { readonly longest: number; readonly after: EventPosition } {
  let { bytes, isLineEmpty } = before;
  let longest = bytes;
  for (const byte of chunk) {
    bytes += 1;
    if (bytes > longest) longest = bytes;
    if (byte === newline && isLineEmpty) bytes = 0;
    if (byte !== carriageReturn) isLineEmpty = byte === newline;
  }
  return { longest, after: { bytes, isLineEmpty } };
}

/** The same bytes, as long as they keep coming and stay within the limits; an error ends the connection behind them. */
export function boundBody(
  body: ReadableStream<Uint8Array>,
  { clock, limits, cut, tooMuch }: BoundedBodyOptions,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const startMs = clock.monotonicMs();
  let bytes = 0;
  let position: EventPosition = { bytes: 0, isLineEmpty: true };

  const readNext = async () => {
    const leftMs = limits.wholeMs - (clock.monotonicMs() - startMs);
    const limitMs = Math.min(bytes === 0 ? limits.firstByteMs : limits.idleMs, leftMs);
    return await within(clock, Math.max(0, limitMs), cut(), async () => await reader.read());
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const step = await readNext();
          if (step.done) return controller.close();
          bytes += step.value.byteLength;
          const { longest, after } = measureEvents(step.value, position);
          position = after;
          if (bytes > limits.bodyBytes || longest > limits.eventBytes) throw tooMuch();
          controller.enqueue(step.value);
        } catch (error) {
          controller.error(error);
          await reader.cancel(error).catch(() => undefined);
        }
      },
      cancel: async (reason) => await reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    // The reason is the AppError that `within` was given.
    signal.addEventListener('abort', () => reject(signal.reason as AppError), { once: true });
  });
}

/** What the beginning of a body is read with. */
export type BeginningOptions = Pick<BoundedBodyOptions, 'clock' | 'limits'> & { readonly limitBytes: number };

/** The beginning of a body as text, and the rest of it is left. Never throws: a body that stops has said what it said. */
export async function readBeginning(
  response: Response,
  { clock, limits, limitBytes }: BeginningOptions,
): Promise<string> {
  if (response.body === null) return '';
  const end = () => new AppError('provider/cut', 'The body stopped.');
  const wholeMs = limits.idleMs;
  const bounded = boundBody(response.body, { clock, limits: { ...limits, wholeMs }, cut: end, tooMuch: end });
  const reader = bounded.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let bytes = 0; bytes < limitBytes;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      text += decoder.decode(value.subarray(0, limitBytes), { stream: true });
    }
  } catch {
    // What could be read is enough: it only helps to tell two errors apart.
  }
  await reader.cancel().catch(() => undefined);
  return text.slice(0, limitBytes);
}
