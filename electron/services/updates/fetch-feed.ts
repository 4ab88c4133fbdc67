import type { Egress } from '../../egress/egress.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import { feedLimitBytes } from './signed-feed.ts';
import type { UpdateSource } from './update-source.ts';

/** Who asks whom, and over what. */
export type UpdateSender = {
  readonly egress: Egress;
  readonly clock: Pick<Clock, 'delay'>;
  readonly source: UpdateSource;
};

/** A server that says nothing for so long has gone. */
const silenceLimitMs = 30_000;

/** Asks for a file of the place where updates are; nothing of this computer is in the request. Throws `egress/*`. */
export async function requestUpdateFile(
  { egress, source }: UpdateSender,
  { name, start }: { readonly name: string; readonly start: number },
  signal: AbortSignal,
): Promise<Response> {
  return await egress.fetch(
    {
      url: `${source.address}/${name}`,
      purpose: 'update-check',
      askedBy: 'updates',
      redirectHosts: source.redirectHosts,
      ...(start > 0 && { headers: { range: `bytes=${start}-` } }),
    },
    signal,
  );
}

/** Waits for something of a server, but not for ever. Throws `update/unreachable`, and what the work throws. */
export async function unlessSilent<T>(
  clock: UpdateSender['clock'],
  host: string,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const ending = new AbortController();
  const silence = clock.delay(silenceLimitMs, AbortSignal.any([signal, ending.signal])).then(() => {
    throw new AppError('update/unreachable', 'The server of updates says nothing.', { host });
  });
  silence.catch(() => undefined);
  try {
    return await Promise.race([work(), silence]);
  } finally {
    ending.abort();
  }
}

/**
 * Fetches the feed as it is, unchecked. Reads no more of an endless answer than a feed may have. Throws AppError
 * `update/unreachable`, `update/not-a-feed`, `egress/*`, or the signal's reason.
 */
export async function fetchFeed(sender: UpdateSender, signal: AbortSignal): Promise<Uint8Array> {
  const { host } = new URL(sender.source.address);
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const read = async (): Promise<Uint8Array> => {
    const response = await requestUpdateFile(sender, { name: 'feed.txt', start: 0 }, both);
    if (response.status !== 200) {
      await response.body?.cancel();
      const { status } = response;
      throw new AppError('update/unreachable', `The server of updates answered ${status}.`, { host, status });
    }
    return await readBounded(response);
  };
  try {
    return await unlessSilent(sender.clock, host, read, signal);
  } finally {
    ending.abort();
  }
}

async function readBounded({ body }: Response): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for (;;) {
      const step = await reader.read();
      if (step.done) return Buffer.concat(pieces);
      sizeBytes += step.value.length;
      if (sizeBytes > feedLimitBytes) throw new AppError('update/not-a-feed', 'The answer is too long for a feed.');
      pieces.push(step.value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
