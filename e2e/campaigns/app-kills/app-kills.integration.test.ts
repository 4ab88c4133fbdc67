import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { starterModelPath } from '../../../electron/testing/real-engine.ts';
import { killAgainAndAgain } from './kill-rounds.ts';

// Catches a message that is acknowledged before it is on the disk, a change that is there by half, a process group that
// leaves the next start without its data folder, and a cut answer that nobody marks or that cannot go on. The times that
// are lost are the campaign's to judge: `npm run campaign -- app-kills`.
describe('the built app, killed while it writes and streams', () => {
  it('has everything that it acknowledged after six kills', async () => {
    const plan = { kills: 6, streamEvery: 3, modelFolder: dirname(starterModelPath), seed: 4, say: () => undefined };
    const report = await killAgainAndAgain(plan);
    expect(report.problems).toEqual([]);
    expect(report.kills).toBe(6);
    expect(report.streamKills).toBe(2);
    expect(report.acknowledged).toBeGreaterThan(0);
  });
});
