import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { unpackArchive } from './unpack-archive.mjs';

const root = join(import.meta.dirname, '../..');
const models = process.env['SOTTO_MODEL_DIR'] ?? join(root, '.cache/models');

// Only Linux can be packed without Electron's own program.
describe.skipIf(process.platform !== 'linux')('the app as it is packed', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-packed-'));
  const app = join(folder, 'app');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // What is foreign, missing, useless or too large has a line of its own.
  it('has all that it needs, and nothing of another system', () => {
    const packing = spawnSync(process.execPath, [join(root, 'scripts/package.mjs'), '--without-electron'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(packing.stderr.split('\n').filter((line) => line.startsWith('- '))).toEqual([]);
    expect(packing.status).toBe(0);
    const output = join(root, 'out/package');
    const archive = readdirSync(output, { recursive: true }).find((name) => name.endsWith('app.asar'));
    unpackArchive(join(output, archive), app);
  });

  const sotto = (...args) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [join(app, 'out/main/cli.js'), ...args, '--json'], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        SOTTO_KEYCHAIN: 'none',
        SOTTO_DATA_DIR: join(folder, 'data'),
        SOTTO_MODEL_DIR: models,
      },
    });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    return JSON.parse(stdout);
  };

  // A file that was left out of the package is missed by nobody but the person who installs it.
  it('answers with the engine that is in it', () => {
    expect(sotto('ask', 'What is the capital of France?').answer).toMatch(/Paris/);
  });

  // Loaded when the first question goes to a large model, which is the wrong time to find a file missing.
  it('has the packages that large models elsewhere are asked with', () => {
    const names = ['openai', 'anthropic', 'google', 'mistral', 'openai-compatible'].map((name) => `@ai-sdk/${name}`);
    const loads = [...names, '@pydantic/genai-prices'].map((name) => `await import('${name}');`).join('\n');
    const args = ['--input-type=module', '-e', loads];
    const { stderr, status } = spawnSync(process.execPath, args, { cwd: app, encoding: 'utf8' });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('reads a PDF, a scan, an office document, and finds what they say', () => {
    const fixtures = join(root, 'electron/parsing/fixtures');
    for (const path of ['pdf/report.pdf', 'pdf/scan-german.pdf'])
      copyFileSync(join(fixtures, path), join(folder, path.slice(4)));
    const office = readdirSync(join(fixtures, 'office')).filter((name) => /\.(?:docx|pptx|xlsx)$/.test(name));
    for (const name of office) copyFileSync(join(fixtures, 'office', name), join(folder, name));
    const names = ['report.pdf', 'scan-german.pdf', ...office];
    const { documents } = sotto('index', '--collection', 'All', ...names.map((name) => join(folder, name)));
    expect(documents.map(({ status, error }) => `${status}${error?.code ?? ''}`)).toEqual(names.map(() => 'ready'));
  });
});
