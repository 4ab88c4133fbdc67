// A document of hundreds of pages is summarised by the real model in a window of 2,048 tokens; on the way the summary is
// paused, the app closed and opened again, and the summary resumed.
//
//   npm run campaign -- long-summary [PDF, one of 300 made pages unless told] [TOKENS, 2048] [STYLE, key-points]
//
// Prints coverage, time and statements. Ends with 1 unless every character was read, nothing was read twice, and each quote
// stands where it says.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodeDoorOptions } from '../../electron/app/door-options.ts';
import { findProductFiles } from '../../electron/app/product-files.ts';
import type { EngineLauncher } from '../../electron/inference/launchers/engine-launcher.ts';
import type { DocumentId, SummaryId } from '../../electron/shared/ids.ts';
import { summaryStyleSchema } from '../../electron/shared/summary.ts';
import type { Summary } from '../../electron/shared/summary.ts';
import { buildPdf } from '../../electron/testing/build-pdf.ts';
import { createFileSecretStore } from '../../electron/testing/file-secret-store.ts';
import { createLibraryGenerator } from '../../electron/testing/generated-library.ts';
import { openTestApp } from '../../electron/testing/open-test-app.ts';
import type { TestApp } from '../../electron/testing/open-test-app.ts';

const contextTokens = Number(process.argv[3] ?? 2_048);
const style = summaryStyleSchema.parse(process.argv[4] ?? 'key-points');
const folder = await mkdtemp(join(tmpdir(), 'sotto-long-summary-'));
const path = process.argv[2] === undefined ? join(folder, 'long.pdf') : resolve(process.argv[2]);
const startedMs = performance.now();
const say = (line: string): void => console.log(`${Math.round((performance.now() - startedMs) / 1_000)} s: ${line}`);

/** Chat models get the small window, whatever the app asks for. */
function withSmallWindow(launcher: EngineLauncher): EngineLauncher {
  return {
    launch: () => {
      const engine = launcher.launch();
      const send = (message: unknown): void => {
        const isLoad = typeof message === 'object' && message !== null && 'type' in message && message.type === 'load';
        const isChat = isLoad && 'slot' in message && message.slot === 'chat';
        engine.send(isChat ? { ...message, contextTokens } : message);
      };
      return {
        ...engine,
        get processId() {
          return engine.processId;
        },
        send,
        onMessage: engine.onMessage.bind(engine),
        onExit: engine.onExit.bind(engine),
        kill: engine.kill.bind(engine),
      };
    },
  };
}

async function open(): Promise<TestApp> {
  const models = process.env.SOTTO_MODEL_DIR ?? '';
  const usual = nodeDoorOptions('browser', findProductFiles(), {
    dataFolder: join(folder, 'data'),
    modelFolder: models,
  });
  return await openTestApp({
    dataFolder: join(folder, 'data'),
    secrets: createFileSecretStore(join(folder, 'keychain')),
    engineLauncher: withSmallWindow(usual.engineLauncher),
    platform: { folders: usual.platform.folders, door: 'browser' },
  });
}

/** Pages of generated sentences, 24 lines each. */
function madePages(): Uint8Array {
  const generator = createLibraryGenerator({ documents: 300, passagesPerDocument: 3, subjects: 40 });
  const words = (): string[] => generator.question().query.split(' ');
  const line = (): string => {
    const [first = 'it', ...rest] = [...words(), ...words()];
    return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${rest.join(' ')}.`;
  };
  return buildPdf(Array.from({ length: 300 }, () => Array.from({ length: 24 }, line)));
}

async function watchUntil(
  { client }: TestApp,
  id: SummaryId,
  isEnough: (summary: Summary) => boolean,
): Promise<Summary> {
  let told = 0;
  for await (const list of await client.summaries.watch()) {
    const summary = list.find((one) => one.id === id);
    if (summary === undefined) continue;
    const { sections, sectionsRead } = summary.coverage;
    if (sectionsRead >= told + 25) {
      told = sectionsRead;
      say(`${sectionsRead} of ${sections} stretches`);
    }
    if (isEnough(summary) || ['failed', 'complete', 'stopped'].includes(summary.status)) return summary;
  }
  throw new Error('The list of summaries ended.');
}

/** Statements whose quotes do not stand where they say. */
async function misquoted({ client }: TestApp, documentId: DocumentId, { statements }: Summary): Promise<number> {
  let wrong = 0;
  for (const { place, quote } of statements.flatMap(({ quotes }) => quotes)) {
    // An excerpt is widened to whole lines.
    const { text, start } = await client.documents.excerpt({ id: documentId, start: place.start, end: place.end });
    if (text.slice(place.start - start, place.end - start) !== quote) wrong += 1;
  }
  return wrong;
}

async function main(): Promise<boolean> {
  if (process.argv[2] === undefined) await writeFile(path, madePages());
  const first = await open();
  const { ticket } = await first.client.files.ticketForPath({ path });
  const document = await first.client.documents.add({ ticket });
  say(`${document.name}: ${document.characters} characters`);
  const { summaryId } = await first.client.summaries.start({ documentId: document.id, request: { style } });
  await watchUntil(
    first,
    summaryId,
    ({ coverage }) => coverage.sectionsRead >= coverage.sections / 3 && coverage.sectionsRead > 0,
  );
  const paused = await first.client.summaries.pause({ id: summaryId });
  say(`paused at ${paused.coverage.sectionsRead} of ${paused.coverage.sections}`);
  await first.app.close();

  const second = await open();
  const [waiting] = await second.client.summaries.list();
  say(`opened again: ${waiting?.status ?? 'gone'}`);
  await second.client.summaries.resume({ id: summaryId });
  const done = await watchUntil(second, summaryId, ({ status }) => status === 'complete');
  const { coverage, statements, usage } = done;
  const wrong = await misquoted(second, document.id, done);
  say(
    `${done.status}: ${coverage.charactersRead} of ${coverage.characters} characters, ${coverage.sectionsRead} of ${coverage.sections} stretches`,
  );
  if (done.error !== null) say(`${done.error.code}: ${done.error.message}`);
  say(
    `${statements.length} statements, ${wrong} misquoted, ${usage?.inputTokens ?? 0} tokens read, ${usage?.outputTokens ?? 0} written`,
  );
  for (const { text, quotes } of statements) {
    console.log(`- ${text} [${quotes.map(({ place }) => place.page ?? '?').join(', ')}]`);
  }
  await second.app.close();
  return done.status === 'complete' && coverage.charactersRead === coverage.characters && wrong === 0;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}
