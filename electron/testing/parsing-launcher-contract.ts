import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ParsingLauncher, ParsingProcess } from '../parsing/parsing-launcher.ts';

const echo = "process.on('message', (message) => process.send({ echoed: message }));";
const dying = 'process.exit(3);';
const busy = "process.on('message', () => { for (;;) {} });";
const greedy = "process.on('message', () => { const kept = []; for (;;) kept.push({ kept: kept.length }); });";

/** What every parsing launcher must do, run against real processes. */
export function describeParsingLauncher(name: string, create: () => ParsingLauncher): void {
  describe(`${name}`, () => {
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sotto-launcher-'));
    });
    afterAll(async () => await rm(folder, { recursive: true }));

    const launch = async (source: string, memoryLimitMegabytes = 256): Promise<ParsingProcess> => {
      const workerPath = join(folder, `${Buffer.from(source).toString('base64url').slice(0, 40)}.mjs`);
      await writeFile(workerPath, source);
      return create().launch({ workerPath, memoryLimitMegabytes });
    };
    const exited = (started: ParsingProcess): Promise<void> =>
      new Promise((resolve) => started.onExit(() => resolve()));

    it('carries messages both ways', async () => {
      const started = await launch(echo);
      const answer = new Promise((resolve) => started.onMessage(resolve));
      started.send({ text: 'ä', list: [1, 2] });
      expect(await answer).toEqual({ echoed: { text: 'ä', list: [1, 2] } });
      const gone = exited(started);
      started.kill();
      await gone;
    });

    it('tells once when the process ends by itself', async () => {
      const started = await launch(dying);
      let exits = 0;
      await new Promise<void>((resolve) => {
        started.onExit(() => {
          exits += 1;
          resolve();
        });
      });
      expect(exits).toBe(1);
    });

    it('kills a process that is busy and hears nothing', async () => {
      const started = await launch(busy);
      const gone = exited(started);
      started.send({});
      started.kill();
      await expect(gone).resolves.toBeUndefined();
      // Writing to it afterwards is harmless.
      started.send({});
    });

    it('ends a process that needs more memory than its cap', async () => {
      const started = await launch(greedy, 32);
      const gone = exited(started);
      started.send({});
      await expect(gone).resolves.toBeUndefined();
    });
  });
}
