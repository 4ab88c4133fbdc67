import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { AppClient } from '../../../app/app-client.ts';
import type { ModelFit } from '../../../shared/fit.ts';
import { settingsSchema } from '../../../shared/settings.ts';
import { createWords } from '../../../shared/words.ts';
import { CommandValues } from '../../command.ts';
import type { CommandInput } from '../../command.ts';
import { Terminal } from '../../terminal.ts';
import { modelsInstallCommand } from './install-model.ts';

const gigabyte = 1_000_000_000;
const huge: ModelFit = {
  status: 'too-large',
  memoryBytes: 90 * gigabyte,
  weightsBytes: 80 * gigabyte,
  windowBytes: gigabyte,
  buffersBytes: gigabyte,
  availableBytes: 8 * gigabyte,
  contextTokens: 0,
  backend: 'cpu',
  graphicsLayers: 0,
  layers: 80,
  tokensPerSecond: null,
  timeToFirstTokenMs: null,
  isMeasured: false,
};

/** No test has a file that is larger than every memory: what is known of it comes from here, the rest is the command's. */
function createInput(fit: ModelFit, options: Record<string, boolean>) {
  const asked: string[] = [];
  const screen: string[] = [];
  const refused = async (): Promise<never> => {
    asked.push('start');
    throw new Error('The download begins.');
  };
  const client = {
    settings: {
      get: async () => settingsSchema.parse({ isOffline: false, allowedPurposes: ['model-search', 'model-download'] }),
    },
    catalogue: {
      resolve: async () => ({ repository: 'publisher/huge', wanted: { quantisation: 'Q8_0' } }),
      fit: async () => fit,
    },
    downloads: { start: refused },
  } as unknown as AppClient; // The calls that the command makes up to the download.
  const stdin = Object.assign(new PassThrough(), { isTTY: false, setRawMode: () => stdin });
  const output = { isTTY: false, write: (text: string) => screen.push(text) > 0 };
  const terminal = new Terminal(
    createWords('en'),
    { stdin, stderr: output, stdout: output } as unknown as ConstructorParameters<typeof Terminal>[1], // as above
    false,
  );
  const session = { client, [Symbol.asyncDispose]: async () => undefined };
  const input = {
    options: new CommandValues(options),
    positionals: ['publisher/huge:Q8_0'],
    terminal,
    signal: new AbortController().signal,
    openSession: async () => session,
  } as unknown as CommandInput; // The command looks at nothing else.
  return { input, asked, screen };
}

describe('sotto models install', () => {
  // Catches a download of gigabytes that could never be loaded.
  it('shows that a model does not fit into memory, and downloads nothing', async () => {
    const { input, asked, screen } = createInput(huge, {});
    await expect(modelsInstallCommand.run(input)).rejects.toMatchObject({
      code: 'model/not-enough-memory',
      details: { neededBytes: 90 * gigabyte, freeBytes: 8 * gigabyte },
    });
    expect(asked).toEqual([]);
    expect(screen.join('')).toContain('Too large: 90 GB of memory, 8 GB free');
  });

  it('refuses what the engine cannot run', async () => {
    const { input, asked } = createInput({ ...huge, status: 'unsupported' }, {});
    await expect(modelsInstallCommand.run(input)).rejects.toMatchObject({ code: 'model/unsupported' });
    expect(asked).toEqual([]);
  });

  it('downloads it all the same with --force', async () => {
    const { input, asked } = createInput(huge, { force: true });
    await expect(modelsInstallCommand.run(input)).rejects.toThrow('The download begins.');
    expect(asked).toEqual(['start']);
  });
});
