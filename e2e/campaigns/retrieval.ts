// Recall of the app's search on a folder of `*.txt` transcripts (one turn a line, `[n] Speaker: words`) with a
// `queries.jsonl` of `{query, document, turns: [[first, last], …]}`. The data stays outside the repository.
//
//   npm run campaign -- retrieval FOLDER
//
// A passage counts when it touches a gold span; queries without spans are left out.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { createApp } from '../../electron/app/create-app.ts';
import { findProductFiles } from '../../electron/app/product-files.ts';
import { createChildProcessLauncher as createEngineLauncher } from '../../electron/inference/launchers/child-process-launcher.ts';
import { createChildProcessLauncher as createParsingLauncher } from '../../electron/parsing/launchers/child-process-launcher.ts';
import { createAbsentSecretStore } from '../../electron/platform/absent-secret-store.ts';
import { createNodePlatform } from '../../electron/platform/create-node-platform.ts';
import type { DocumentId } from '../../electron/shared/ids.ts';
import type { Passage } from '../../electron/shared/document.ts';

const querySchema = z.object({
  query: z.string(),
  document: z.string(),
  turns: z.array(z.tuple([z.int(), z.int()])).default([]),
});
type Query = z.infer<typeof querySchema>;

const depths = [1, 3, 5, 10] as const;
const modes = ['lexical', 'dense', 'hybrid'] as const;
const signal = new AbortController().signal;

async function openApp(dataFolder: string) {
  const files = findProductFiles();
  const { version, resourcesFolder } = files;
  const app = createApp({
    secrets: createAbsentSecretStore(),
    platform: createNodePlatform({
      door: 'terminal',
      version,
      resourcesFolder,
      dataFolder,
      log: 'stderr',
      minimumLogLevel: 'warn',
    }),
    engineLauncher: createEngineLauncher({ workerPath: files.engineWorkerPath }),
    parsingLauncher: createParsingLauncher(),
    parsingWorkerPath: files.parsingWorkerPath,
    storageWorkerPath: files.storageWorkerPath,
  });
  await app.whenSettled();
  return app;
}

/** Numbers of the turns that a passage touches. */
function turnsOf(text: string, { place }: Passage): readonly number[] {
  const lineStart = text.lastIndexOf('\n', place.start) + 1;
  return [...text.slice(lineStart, place.end).matchAll(/^\[(\d+)\]/gm)].map((match) => Number(match[1]));
}

function firstHit(passages: readonly Passage[], text: string, { turns }: Query): number {
  const hit = passages.findIndex((passage) =>
    turnsOf(text, passage).some((turn) => turns.some(([first, last]) => turn >= first && turn <= last)),
  );
  return hit === -1 ? Infinity : hit;
}

async function evaluate(folder: string, dataFolder: string): Promise<void> {
  const lines = (await readFile(join(folder, 'queries.jsonl'), 'utf8')).trim().split('\n');
  const queries = lines.map((line) => querySchema.parse(JSON.parse(line))).filter(({ turns }) => turns.length > 0);
  const app = await openApp(dataFolder);
  const { documents, files } = app.services;
  const ids = new Map<string, { readonly id: DocumentId; readonly text: string }>();
  const startedAt = performance.now();
  let passages = 0;
  for (const name of (await readdir(folder)).filter((entry) => entry.endsWith('.txt')).sort()) {
    const { ticket } = await files.ticketForPath(join(folder, name));
    const { id } = await documents.add(ticket, signal);
    passages += (await documents.whenIndexed(id, signal)).passagesIndexed;
    ids.set(name, { id, text: (await documents.content(id)).text });
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${passages} passages indexed in ${seconds.toFixed(1)} s (${(passages / seconds).toFixed(1)} a second)`);

  for (const mode of modes) {
    const ranks: number[] = [];
    for (const query of queries) {
      const document = ids.get(query.document);
      if (!document) throw new Error(`queries.jsonl names ${query.document}, which is not in the folder.`);
      const scope = { documentIds: [document.id], collectionIds: [] };
      const request = { query: query.query, scope, mode, limit: Math.max(...depths) };
      const found = await documents.search(request, signal);
      ranks.push(
        firstHit(
          found.map(({ passage }) => passage),
          document.text,
          query,
        ),
      );
    }
    const recalls = depths.map(
      (depth) => `@${depth} ${(ranks.filter((rank) => rank < depth).length / ranks.length).toFixed(3)}`,
    );
    console.log(`${mode.padEnd(8)} ${recalls.join('  ')}  (${ranks.length} queries)`);
  }
  await app.close();
}

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Usage: npm run campaign -- retrieval FOLDER');
  process.exitCode = 2;
} else {
  const dataFolder = await mkdtemp(join(tmpdir(), 'sotto-evals-'));
  try {
    await evaluate(resolve(folder), dataFolder);
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}
