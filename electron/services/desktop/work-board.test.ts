import { describe, expect, it } from 'vitest';
import type { FinishedWork } from '../../platform/desktop.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { longWorkMs, WorkBoard } from './work-board.ts';
import type { LongWork } from './work-board.ts';

const work = (id: string, change: Partial<LongWork> = {}): LongWork => ({
  id,
  kind: 'download',
  name: `${id}.gguf`,
  state: 'going',
  fraction: 0,
  weightSeconds: 10,
  ...change,
});

function open() {
  const clock = createFakeClock();
  const ended: FinishedWork[] = [];
  const board = new WorkBoard(clock, (finished) => ended.push(finished));
  return { clock, ended, board };
}

describe('WorkBoard progress', () => {
  it('is null without work, unknown while no size is known, and weighs works by how long they take', () => {
    const { board } = open();
    expect(board.progress).toBeNull();
    board.report('summaries', [work('a', { fraction: null })]);
    expect(board.progress).toBe('unknown');
    board.report('summaries', [work('a', { fraction: 0.5, weightSeconds: 30 })]);
    board.report('downloads', [work('b', { fraction: 0.1, weightSeconds: 10 })]);
    // (30 × 0.5 + 10 × 0.1) / 40
    expect(board.progress).toBe(0.4);
  });

  it('never falls while the same work runs', () => {
    // Catches a bar that jumps back: a folder turns out larger while it is walked, a broken download begins a part anew.
    const { board } = open();
    board.report('library', [work('library', { fraction: 0.8 })]);
    expect(board.progress).toBe(0.8);
    board.report('library', [work('library', { fraction: 0.2, weightSeconds: 500 })]);
    expect(board.progress).toBe(0.8);
    board.report('library', [work('library', { fraction: null })]);
    expect(board.progress).toBe(0.8);
  });

  it('counts what is done until all is, and then begins anew', () => {
    // Catches progress that falls from 0.6 to 0.2 because the faster of two downloads is done.
    const { board } = open();
    board.report('downloads', [work('a', { fraction: 1 }), work('b', { fraction: 0.2 })]);
    expect(board.progress).toBe(0.6);
    board.report('downloads', [work('a', { state: 'done', fraction: 1 }), work('b', { fraction: 0.2 })]);
    expect(board.progress).toBe(0.6);
    board.report('downloads', [work('a', { state: 'done', fraction: 1 }), work('b', { state: 'done', fraction: 1 })]);
    expect(board.progress).toBeNull();
    board.report('downloads', [work('a', { state: 'done', fraction: 1 }), work('c', { fraction: 0.1 })]);
    expect(board.progress).toBe(0.1);
  });

  it('leaves out what was halted or taken away', () => {
    const { board } = open();
    board.report('downloads', [work('a', { fraction: 0.5 }), work('b', { fraction: 0.1 })]);
    board.report('downloads', [work('a', { fraction: 0.5 }), work('b', { state: 'resting', fraction: 0.1 })]);
    expect(board.progress).toBe(0.5);
    board.report('downloads', []);
    expect(board.progress).toBeNull();
  });

  it('does not mix up the works of two sources', () => {
    const { board } = open();
    board.report('downloads', [work('a', { fraction: 0.5 })]);
    board.report('summaries', []);
    expect(board.progress).toBe(0.5);
  });
});

describe('WorkBoard endings', () => {
  it.each([
    ['done', false],
    ['failed', true],
  ] as const)('tells once of long work that is %s', async (state, isFailed) => {
    const { board, clock, ended } = open();
    board.report('downloads', [work('a')]);
    await clock.advance(longWorkMs);
    board.report('downloads', [work('a', { state })]);
    board.report('downloads', [work('a', { state })]);
    expect(ended).toEqual([{ kind: 'download', name: 'a.gguf', isFailed }]);
  });

  it('keeps quiet about short work, what was done before, what a person ended, and what has no name', async () => {
    // Catches a row of notifications at every start, one for each download of last week.
    const { board, clock, ended } = open();
    board.report('downloads', [
      work('old', { state: 'done' }),
      work('short'),
      work('cancelled'),
      work('x', { name: '' }),
    ]);
    await clock.advance(longWorkMs - 1);
    board.report('downloads', [work('short', { state: 'done' }), work('cancelled'), work('x', { name: '' })]);
    await clock.advance(longWorkMs);
    board.report('downloads', [work('cancelled', { state: 'resting' }), work('x', { name: '', state: 'done' })]);
    expect(ended).toEqual([]);
  });

  it('measures from where it last went on', async () => {
    const { board, clock, ended } = open();
    board.report('downloads', [work('a')]);
    await clock.advance(longWorkMs * 5);
    board.report('downloads', [work('a', { state: 'resting' })]);
    board.report('downloads', [work('a')]);
    await clock.advance(1_000);
    board.report('downloads', [work('a', { state: 'done' })]);
    expect(ended).toEqual([]);
  });
});
