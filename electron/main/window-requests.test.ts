import { describe, expect, it } from 'vitest';
import type { WindowRequest } from '../shared/desktop.ts';
import { createWindowRequests, type WindowRequests } from './window-requests.ts';

const prefill = (text: string): WindowRequest => ({ type: 'prefill', text });

/** What a page hears that listens after everything was asked. */
async function heard(requests: WindowRequests, count: number): Promise<readonly WindowRequest[]> {
  const listening = new AbortController();
  const all: WindowRequest[] = [];
  for await (const request of requests.requests('main', listening.signal)) {
    all.push(request);
    if (all.length === count) listening.abort();
  }
  return all;
}

describe('window requests', () => {
  // A link that starts the app is there long before its page.
  it('keeps what was asked before anybody listened', async () => {
    const requests = createWindowRequests();
    requests.ask('main', prefill('one'));
    requests.ask('quick-ask', { type: 'quick-ask-shown', count: 1 });
    requests.ask('main', prefill('two'));
    expect(await heard(requests, 2)).toEqual([prefill('one'), prefill('two')]);
  });

  // A page that was loaded again and the one that it replaced would both take the text.
  it('gives each request to the latest listener alone, and to the one before when that has gone', async () => {
    const requests = createWindowRequests();
    const first = new AbortController();
    const second = new AbortController();
    const older = requests.requests('main', first.signal)[Symbol.asyncIterator]();
    const olderNext = older.next();
    const newer = requests.requests('main', second.signal)[Symbol.asyncIterator]();
    const newerNext = newer.next();
    requests.ask('main', prefill('one'));
    expect(await newerNext).toEqual({ done: false, value: prefill('one') });
    const newerEnd = newer.next();
    second.abort();
    expect(await newerEnd).toEqual({ done: true, value: undefined });
    requests.ask('main', prefill('two'));
    expect(await olderNext).toEqual({ done: false, value: prefill('two') });
    first.abort();
    expect((await older.next()).done).toBe(true);
  });

  it('asks once for what only shows something', async () => {
    const requests = createWindowRequests();
    for (const page of ['models', 'privacy'] as const) requests.ask('main', { type: 'show-page', page });
    requests.ask('main', { type: 'request-refused', reason: 'too-long' });
    requests.ask('main', { type: 'request-refused', reason: 'unknown-link' });
    requests.ask('main', { type: 'request-refused', reason: 'too-long' });
    expect(await heard(requests, 3)).toEqual([
      { type: 'show-page', page: 'privacy' },
      { type: 'request-refused', reason: 'unknown-link' },
      { type: 'request-refused', reason: 'too-long' },
    ]);
  });

  // A web page that opens links in a loop must not fill the memory, nor may a text vanish without a word.
  it('says that there were too many when nobody listens', async () => {
    const requests = createWindowRequests();
    for (let index = 0; index < 5_000; index += 1) requests.ask('main', prefill(String(index)));
    const all = await heard(requests, 50);
    expect(all.slice(0, 2)).toEqual([prefill('0'), prefill('1')]);
    expect(all.at(-1)).toEqual({ type: 'request-refused', reason: 'too-many' });
    expect(all.filter(({ type }) => type === 'request-refused')).toHaveLength(1);
  });

  it('ends at once when the signal was given before', async () => {
    const requests = createWindowRequests();
    requests.ask('main', prefill('one'));
    const given = requests.requests('main', AbortSignal.abort())[Symbol.asyncIterator]();
    expect((await given.next()).done).toBe(true);
    expect(await heard(requests, 1)).toEqual([prefill('one')]);
  });
});
