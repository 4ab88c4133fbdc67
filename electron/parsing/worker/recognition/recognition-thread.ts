import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { RecognitionLanguage } from '../../../shared/settings.ts';

/** Tesseract's number for its neural engine alone. */
const neuralEngine = 1;

const reportSchema = z.object({ jobId: z.string(), status: z.string(), data: z.unknown() });

/**
 * Runs before tesseract.js's own thread script: the thread has globals of its own, so the means to reach the network are taken
 * from it here. What stands in for them must be there, because the script asks for it.
 */
const threadSource = `
const { workerData } = require('node:worker_threads');
for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']) {
  Object.defineProperty(globalThis, name, { value: () => { throw new Error(name + ' does not exist here.'); } });
}
require(workerData.script);
`;

async function languageData(language: RecognitionLanguage): Promise<Uint8Array> {
  const resolve = createRequire(import.meta.url).resolve;
  const folder = dirname(resolve(`@tesseract.js-data/${language}/package.json`));
  return readFile(join(folder, '4.0.0_best_int', `${language}.traineddata.gz`));
}

type Job = { readonly resolve: (data: unknown) => void; readonly reject: (error: Error) => void };

/**
 * Tesseract in a thread of its own, spoken to by the messages of tesseract.js's thread script. The package's own front
 * is not used: it takes the data of all languages from one folder, and asks for `fetch` when it is loaded.
 */
export class RecognitionThread {
  readonly #worker: Worker;
  readonly #jobs = new Map<string, Job>();
  readonly #ready: Promise<unknown>;
  #nextId = 0;
  #onAdvance: (() => void) | null = null;

  constructor(languages: readonly RecognitionLanguage[]) {
    const script = createRequire(import.meta.url).resolve('tesseract.js/src/worker-script/node/index.js');
    this.#worker = new Worker(threadSource, { eval: true, workerData: { script }, env: {} });
    this.#worker.on('message', (message: unknown) => this.#accept(message));
    this.#worker.on('error', (error: unknown) => this.#failAll(error));
    this.#worker.on('exit', () => this.#failAll(new Error('The recognition thread ended.')));
    this.#ready = this.#prepare(languages);
    // Whoever recognises learns of it; until somebody does, it is nobody's.
    this.#ready.catch(() => undefined);
  }

  /**
   * Recognises a picture file (PGM, PNG, JPEG). Calls `onAdvance` again and again while it does. Rejects when it cannot be
   * read, or when `signal` says so; the thread is of no use then.
   */
  async recognise(file: Uint8Array, onAdvance: () => void, signal: AbortSignal): Promise<unknown> {
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => reject(new Error('Recognition took too long.'));
    signal.addEventListener('abort', onAbort, { once: true });
    this.#onAdvance = onAdvance;
    const work = this.#ready.then(() =>
      this.#ask('recognize', { image: file, options: {}, output: { text: false, blocks: true } }),
    );
    // The loser of the race may still fail.
    work.catch(() => undefined);
    try {
      return await Promise.race([work, aborted]);
    } finally {
      this.#onAdvance = null;
      signal.removeEventListener('abort', onAbort);
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #prepare(languages: readonly RecognitionLanguage[]): Promise<void> {
    const langs = await Promise.all(languages.map(async (code) => ({ code, data: await languageData(code) })));
    await this.#ask('load', { options: { lstmOnly: neuralEngine, logging: false } });
    await this.#ask('loadLanguage', { langs, options: { cacheMethod: 'none' } });
    await this.#ask('initialize', { langs: languages.join('+'), oem: neuralEngine, config: {} });
  }

  #ask(action: string, payload: unknown): Promise<unknown> {
    const jobId = `${action}-${this.#nextId}`;
    this.#nextId += 1;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#jobs.set(jobId, { resolve, reject });
    this.#worker.postMessage({ workerId: 'recognition', jobId, action, payload });
    return promise;
  }

  #accept(message: unknown): void {
    const report = reportSchema.safeParse(message);
    if (!report.success) return;
    if (report.data.status === 'progress') return this.#onAdvance?.();
    const { jobId, status, data } = report.data;
    const job = this.#jobs.get(jobId);
    this.#jobs.delete(jobId);
    if (status === 'resolve') job?.resolve(data);
    else job?.reject(new Error(`Recognition failed: ${String(data)}`));
  }

  #failAll(error: unknown): void {
    const failure = error instanceof Error ? error : new Error(String(error));
    for (const job of this.#jobs.values()) job.reject(failure);
    this.#jobs.clear();
  }
}
