/** For the contract tests: builds the sample app as a product is built, and starts it under the double. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { build } from 'vite';

const noteTimeoutMs = 15_000;
const sampleFolder = join(import.meta.dirname, 'sample');

/** The stand-in for Electron's executable. */
export const electronDoublePath = join(import.meta.dirname, 'electron');

async function bundle(outDir: string, name: string, format: 'es' | 'cjs', fileName: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: false,
      target: 'node24',
      lib: { entry: join(sampleFolder, name), formats: [format], fileName: () => fileName },
      rolldownOptions: { external: ['electron', /^node:/] },
    },
  });
}

/** Bundles the sample app into a folder, with a package.json that names it. */
export async function buildSampleApp(folder: string): Promise<void> {
  await bundle(folder, 'main.ts', 'es', 'main.js');
  await bundle(folder, 'utility.ts', 'es', 'utility.js');
  await bundle(folder, 'preload.ts', 'cjs', 'preload.cjs');
  cpSync(join(sampleFolder, 'renderer'), join(folder, 'renderer'), { recursive: true });
  const manifest = { name: 'sample', productName: 'Sample', version: '1.2.3', type: 'module', main: 'main.js' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
}

/** A place for one run of the sample app: its configuration folder and what it notes. */
export class SampleRun {
  readonly folder = mkdtempSync(join(tmpdir(), 'electron-double-'));
  readonly env: Record<string, string>;
  readonly #logPath = join(this.folder, 'log');

  constructor(chromiumPath: string, more: Readonly<Record<string, string>> = {}) {
    const configFolder = join(this.folder, 'config');
    mkdirSync(configFolder);
    this.env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      XDG_CONFIG_HOME: configFolder,
      SAMPLE_LOG: this.#logPath,
      ELECTRON_DOUBLE_CHROMIUM: chromiumPath,
      ELECTRON_DOUBLE_NODE: process.execPath,
      ...more,
    };
  }

  /** What the main process has noted so far, a line each. */
  get notes(): readonly string[] {
    return existsSync(this.#logPath) ? readFileSync(this.#logPath, 'utf8').trimEnd().split('\n') : [];
  }

  /** Waits until the main process has noted `note` at least `count` times. Throws with all notes when it does not. */
  async waitForNote(note: string, count = 1): Promise<void> {
    const deadline = AbortSignal.timeout(noteTimeoutMs);
    while (this.notes.filter((held) => held === note).length < count) {
      if (deadline.aborted) throw new Error(`No "${note}" among:\n${this.notes.join('\n')}`);
      await setTimeout(20);
    }
  }

  /** The rest of the first note that begins with `prefix`. */
  noteAfter(prefix: string): string | undefined {
    return this.notes.find((note) => note.startsWith(prefix))?.slice(prefix.length);
  }

  async launch(appPath: string): Promise<{ readonly app: ElectronApplication; readonly page: Page }> {
    const app = await _electron.launch({ executablePath: electronDoublePath, args: [appPath], env: this.env });
    const page = await app.firstWindow();
    await page.getByText('total 55').waitFor();
    return { app, page };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
