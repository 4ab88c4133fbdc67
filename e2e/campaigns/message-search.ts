// How long a search over everything takes: builds an encrypted database of conversations whose words are as common and as
// rare as those of a language (Zipf's law), a tenth of them deleted, and asks questions of every kind.
//
//   npm run campaign -- message-search [MESSAGES, 100000 unless told]
//
// Prints median and 95th percentile in milliseconds per kind, as the app's process sees them. The bar is 50 ms at 100,000.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../electron/platform/create-logger.ts';
import { createSystemClock } from '../../electron/platform/system-clock.ts';
import type { Message } from '../../electron/shared/message.ts';
import { createId, messageIdSchema } from '../../electron/shared/ids.ts';
import { createStorage } from '../../electron/storage/create-storage.ts';
import type { Storage } from '../../electron/storage/storage.ts';
import { buildConversation, buildMessage } from '../../electron/testing/build-records.ts';
import { createSeededRandom } from '../../electron/testing/seeded-random.ts';

const messageCount = Number(process.argv[2] ?? 100_000);
const messagesPerConversation = 20;
const hitLimit = 50;
const repeats = 40;
const clock = createSystemClock();
const random = createSeededRandom(7);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;

/** The commonest words of English, then made-up ones of every length: 40,000 in all, in the order of how common they are. */
function makeVocabulary(): readonly string[] {
  const common =
    'the of and to a in is it you that he was for on are with as his they be at one have this from or had by hot but some ' +
    'what there we can out other were all your when up use word how said an each she which do their time if will way ' +
    'about many then them would write like so these her long make thing see him two has look more day could go come did ' +
    'my sound no most number who over know water than call first people may down side been now find any new work part ' +
    'take get place made live where after back little only round man year came show every good me give our under';
  const syllables =
    'an ber con dis ent for gra hal ing jor kel lum mar nor ost per qui ran sol ter und vel wis yor zan';
  const words = new Set(common.split(' '));
  while (words.size < 40_000) {
    const length = 2 + Math.floor(random() * 3);
    words.add(Array.from({ length }, () => pick(syllables.split(' '))).join(''));
    if (words.size % 97 === 0) words.add(`${pick(syllables.split(' '))}ä${words.size}`);
  }
  return [...words];
}

const vocabulary = makeVocabulary();
/** Zipf's law: the word of rank n comes up in proportion to 1/n. */
const word = (): string => vocabulary[Math.floor(vocabulary.length ** random()) - 1]!;

function sentence(): string {
  // No word twice in a row, as in a language, so that there are phrases of common words that stand nowhere.
  const words = Array.from({ length: 6 + Math.floor(random() * 14) }, word).filter(
    (one, at, all) => one !== all[at - 1],
  );
  return `${words.join(' ').replace(/^./, (letter) => letter.toUpperCase())}.`;
}

function text(role: Message['role']): string {
  const sentences = role === 'user' ? 1 + Math.floor(random() * 3) : 4 + Math.floor(random() * 14);
  return Array.from({ length: sentences }, sentence).join(random() < 0.2 ? '\n\n' : ' ');
}

async function fill(storage: Storage): Promise<void> {
  for (let number = 0; number < messageCount / messagesPerConversation; number += 1) {
    const createdAt = Date.UTC(2023, 0, 1) + number * 5_000_000;
    const tipIds = Array.from({ length: messagesPerConversation }, () => createId(messageIdSchema));
    const conversation = buildConversation({
      title: sentence(),
      tipId: tipIds.at(-1)!,
      createdAt,
      updatedAt: createdAt,
    });
    const messages = tipIds.map((id, index) => {
      const role = index % 2 === 0 ? 'user' : 'assistant';
      const parentId = tipIds[index - 1] ?? null;
      const parts = [{ type: 'text', text: text(role) } as const];
      return buildMessage(conversation.id, { id, parentId, role, parts, createdAt: createdAt + index * 60_000 });
    });
    await storage.messages.insertConversation(conversation, messages);
    if (number % 10 === 0) await storage.conversations.remove(conversation.id);
  }
}

const ranked = (from: number, to: number): string => vocabulary[from + Math.floor(random() * (to - from))]!;

const kinds: Readonly<Record<string, () => string>> = {
  'a common word': () => `${ranked(0, 50)} .`,
  'two common words': () => `"${ranked(0, 50)}" "${ranked(0, 50)}"`,
  'a word of the middle': () => `"${ranked(500, 3_000)}"`,
  'a rare word': () => `"${ranked(20_000, 40_000)}"`,
  'a word that is nowhere': () => `"xylophon${Math.floor(random() * 1_000)}"`,
  'common and rare': () => `${ranked(0, 50)} "${ranked(10_000, 40_000)}"`,
  'two of the middle': () => `"${ranked(500, 3_000)}" "${ranked(500, 3_000)}"`,
  'first letter': () => word().slice(0, 1),
  'two letters': () => word().slice(0, 2),
  'three letters': () => ranked(0, 5_000).slice(0, 3),
  'four letters': () => ranked(100, 5_000).slice(0, 4),
  'five letters': () => ranked(100, 5_000).slice(0, 5),
  'common word, then a letter': () => `${ranked(0, 50)} ${word().slice(0, 1)}`,
  'a phrase of common words': () => `"${ranked(0, 20)} ${ranked(0, 20)}"`,
  'common words, never together': () => {
    const common = ranked(0, 20);
    return `"${common} ${common}"`;
  },
  'a phrase that is rare': () => `"${ranked(0, 100)} ${ranked(100, 2_000)} ${ranked(0, 100)}"`,
  'a phrase, going on': () => `"${ranked(0, 30)} ${word().slice(0, 2)}`,
  'a whole sentence': () => sentence(),
};

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1).padStart(8);
}

async function measure(storage: Storage): Promise<number> {
  let worst = 0;
  console.log('kind                               p50      p95      max  hits');
  for (const [kind, makeQuery] of Object.entries(kinds)) {
    const queries = Array.from({ length: repeats }, makeQuery);
    await storage.messages.search(queries[0]!, hitLimit);
    const times: number[] = [];
    let hits = 0;
    for (const query of queries) {
      const startedAt = performance.now();
      hits += (await storage.messages.search(query, hitLimit)).hits.length;
      times.push(performance.now() - startedAt);
    }
    const sorted = times.sort((a, b) => a - b);
    const figures = [0.5, 0.95, 1].map((share) => percentile(sorted, share)).join(' ');
    console.log(`${kind.padEnd(29)} ${figures} ${(hits / repeats).toFixed(1).padStart(5)}`);
    worst = Math.max(worst, sorted[Math.floor(sorted.length * 0.95)] ?? 0);
  }
  return worst;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-search-'));
  const path = join(folder, 'chats.db');
  try {
    const storage = await createStorage({
      location: { kind: 'file', path, key: randomBytes(32) },
      workerPath: join(import.meta.dirname, '../../electron/storage/worker/index.ts'),
      clock,
      logger: createLogger({
        clock,
        homeFolder: homedir(),
        minimumLevel: 'warn',
        write: (line) => void process.stderr.write(line),
      }),
    });
    try {
      const startedAt = performance.now();
      await fill(storage);
      const seconds = (performance.now() - startedAt) / 1_000;
      const bytes = (await stat(path)).size;
      console.log(`${messageCount} messages in ${seconds.toFixed(0)} s, ${(bytes / 1e6).toFixed(0)} MB`);
      console.log(`\nThe worst 95th percentile is ${(await measure(storage)).toFixed(1)} ms.`);
    } finally {
      await storage.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

await main();
