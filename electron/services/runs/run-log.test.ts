import { describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../shared/answer-part.ts';
import { createRunLog } from './run-log.ts';
import type { RunLog } from './run-log.ts';

function replay(log: RunLog, from = 0): readonly AnswerPart[] {
  const parts: AnswerPart[] = [];
  for (let part = log.at(from); part !== null; part = log.at(part.sequence + 1)) parts.push(part);
  return parts;
}

const progress = (done: number) => ({ type: 'progress', phase: 'reading', done, total: 9, remainingMs: null }) as const;

describe('run log', () => {
  it('gives every delta back as it was written, across sealed blocks', () => {
    const log = createRunLog();
    const written = Array.from({ length: 1_300 }, (_, index) =>
      log.append({ type: 'text-delta', text: index % 7 === 0 ? '' : `w${index} ` }),
    );
    expect(replay(log)).toEqual(written);
    for (const from of [0, 1, 511, 512, 513, 1_024, 1_299]) expect(replay(log, from)).toEqual(written.slice(from));
    expect(log.at(1_300)).toBeNull();
  });

  it('stays small when an answer is long', () => {
    const log = createRunLog();
    for (let index = 0; index < 32_768; index += 1) log.append({ type: 'text-delta', text: 'word ' });
    expect(log.entries).toBeLessThanOrEqual(64);
  });

  it('keeps text and reasoning apart when they alternate', () => {
    const log = createRunLog();
    const written = [
      log.append({ type: 'reasoning-delta', text: 'hm' }),
      log.append({ type: 'reasoning-delta', text: ' so' }),
      log.append({ type: 'text-start' }),
      log.append({ type: 'text-delta', text: 'a' }),
      log.append({ type: 'reasoning-delta', text: 'or' }),
      log.append({ type: 'text-delta', text: 'b' }),
      log.append({ type: 'text-end' }),
    ];
    expect(replay(log)).toEqual(written);
    expect(written.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('keeps only the newest of adjacent progress parts', () => {
    const log = createRunLog();
    log.append({ type: 'text-start' });
    for (let done = 1; done <= 5_000; done += 1) log.append(progress(done % 9));
    const last = log.append(progress(9));
    expect(log.entries).toBe(2);
    expect(replay(log, 1)).toEqual([last]);
    expect(log.at(last.sequence)).toEqual(last);
  });
});
