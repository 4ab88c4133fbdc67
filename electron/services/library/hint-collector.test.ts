import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { HintCollector } from './hint-collector.ts';

describe('HintCollector', () => {
  const open = () => {
    const clock = createFakeClock();
    const told: (readonly string[] | 'walk')[] = [];
    const listener = { onFiles: (paths: readonly string[]) => told.push(paths), onWalk: () => told.push('walk') };
    return { clock, told, hints: new HintCollector(clock, listener) };
  };

  it('tells of a burst once it is over, files apart from what needs a walk', async () => {
    const { clock, told, hints } = open();
    for (const path of ['a', 'b', 'a']) hints.note(path);
    await clock.advance(400);
    expect(told).toEqual([]);
    hints.note(null);
    await clock.advance(600);
    expect(told).toEqual([['a', 'b'], 'walk']);
  });

  it('tells of a burst that does not end', async () => {
    const { clock, told, hints } = open();
    for (let turn = 0; turn < 60; turn += 1) {
      hints.note('log');
      await clock.advance(100);
    }
    expect(told).toEqual([['log']]);
    hints.close();
    hints.note('log');
    await clock.advance(10_000);
    expect(told).toHaveLength(1);
  });

  it('asks for a walk where many files changed', async () => {
    const { clock, told, hints } = open();
    for (let file = 0; file < 60; file += 1) hints.note(`${file}`);
    await clock.advance(1_000);
    expect(told.at(-1)).toBe('walk');
  });
});
