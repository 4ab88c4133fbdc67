import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRealEngine, readAnswer, starterModelPath } from '../testing/real-engine.ts';
import type { RealEngine } from '../testing/real-engine.ts';
import { findPlaintext } from '../testing/find-plaintext.ts';
import type { ChatTurn, LoadRequest, SavedStateFile } from './engine.ts';

const never = new AbortController().signal;
const user = (text: string): ChatTurn => ({ role: 'user', text });
const marker = 'plantedwalrus';
const long = `The ${marker} of the harbour log. ${'The ship left Bergen with forty tons of salt and came back. '.repeat(22)}`;
const turns = [user(`${long} Tell me three facts about ships, with an emoji.`)];

type Conversation = { readonly followUp: readonly ChatTurn[]; readonly readTokens: number };

let folder: string;
let file: SavedStateFile;
let opened: RealEngine[];
let saved: (Conversation & { readonly bytes: Buffer; readonly key: Uint8Array }) | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-states-'));
  file = { path: join(folder, 'one.state'), key: new Uint8Array(randomBytes(32)), modelId: 'sha256:one' };
  opened = [];
});
afterEach(async () => {
  for (const { engine } of opened) await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(change: Partial<LoadRequest> = {}): Promise<RealEngine> {
  const real = createRealEngine({ cores: 1, contextTokens: 1_024 });
  opened.push(real);
  await real.engine.load({ slot: 'chat', path: starterModelPath, ...change }, { signal: never });
  return real;
}

/** A conversation whose state lies at `file`; made once, because reading takes its time. */
async function saveConversation(): Promise<Conversation> {
  if (saved === null) {
    const { engine } = await start();
    const request = { conversationKey: 'ships', turns, maxTokens: 50, sampling: { temperature: 1, seed: 5 } };
    const first = await readAnswer(engine, request);
    const { status } = await engine.saveState('ships', file, never);
    if (status !== 'saved') throw new Error(`The state was not saved: ${status}`);
    await engine.close();
    saved = {
      followUp: [...turns, { role: 'assistant', text: first.text }, user('Shorter, please.')],
      readTokens: first.usage.inputTokens + first.usage.outputTokens,
      bytes: await readFile(file.path),
      key: file.key,
    };
  }
  file = { ...file, key: saved.key };
  await writeFile(file.path, saved.bytes, { mode: 0o600 });
  return saved;
}

const askWith = async (real: RealEngine, followUp: readonly ChatTurn[], savedState: SavedStateFile) =>
  await readAnswer(real.engine, { conversationKey: 'ships', turns: followUp, maxTokens: 8, savedState });

describe.skipIf(process.platform !== 'linux')('saved states of the engine', () => {
  // Catches answers that are tokenised anew after a restart: everything behind the first of them would be read again.
  it('let another process go on where the first one ended, to the same answer', async () => {
    const { followUp, readTokens } = await saveConversation();
    const second = await start();
    const resumed = await askWith(second, followUp, file);
    expect(resumed.usage.reusedTokens).toBeGreaterThanOrEqual(readTokens - 1);
    const cold = await readAnswer(second.engine, { conversationKey: 'other', turns: followUp, maxTokens: 8 });
    expect(cold.usage.reusedTokens).toBe(0);
    expect(resumed.text).toBe(cold.text);
    // In memory by now: the file is not read again.
    await rm(file.path);
    const next = [...followUp, { role: 'assistant', text: resumed.text } as const, user('Thanks.')];
    expect((await askWith(second, next, file)).usage.reusedTokens).toBeGreaterThan(readTokens);
  });

  it('show nothing on the disk, for their owner only, and leave nothing in memory', async () => {
    const before = await readdir('/dev/shm');
    const { engine } = await start();
    await readAnswer(engine, { conversationKey: 'ships', turns, maxTokens: 2 });
    expect(await engine.saveState('ships', file, never)).toMatchObject({ status: 'saved' });
    expect(await readdir(folder)).toEqual(['one.state']);
    expect((await stat(file.path)).mode & 0o777).toBe(0o600);
    expect(await findPlaintext([folder], [marker, 'harbour log'])).toEqual([]);
    expect(await readdir('/dev/shm')).toEqual(before);
  });

  it('are passed over when missing, of another model or other options, or sealed with another key', async () => {
    const { followUp } = await saveConversation();
    const second = await start();
    const others: readonly SavedStateFile[] = [
      { ...file, path: join(folder, 'none.state') },
      { ...file, modelId: 'sha256:two' },
      { ...file, key: new Uint8Array(32) },
    ];
    for (const [index, other] of others.entries()) {
      // Each begins in words of its own: what the one before left in memory may be used again, and is not meant here.
      const own = followUp.map((turn, at) => (at === 0 ? { ...turn, text: `${index + 1}. ${turn.text}` } : turn));
      const request = { conversationKey: `c${index}`, turns: own, maxTokens: 4, savedState: other };
      const answer = await readAnswer(second.engine, request);
      expect(answer).toMatchObject({ error: null });
      expect(answer.usage.reusedTokens).toBeLessThan(60);
    }
    const third = await start({ usesFlashAttention: true });
    expect((await askWith(third, followUp, file)).usage.reusedTokens).toBe(0);
  });

  // A model file that is put in another's place has the same name and, for all the app knows, the same id.
  it('are passed over when the model file was replaced', async () => {
    const path = join(folder, 'model.gguf');
    await copyFile(starterModelPath, path);
    const first = await start({ path });
    await readAnswer(first.engine, { conversationKey: 'ships', turns, maxTokens: 4 });
    expect(await first.engine.saveState('ships', file, never)).toMatchObject({ status: 'saved' });
    await first.engine.close();
    await rm(path);
    await copyFile(starterModelPath, path);
    const second = await start({ path });
    expect((await askWith(second, turns, file)).usage.reusedTokens).toBe(0);
  });

  it('never end the process, however they are damaged', async () => {
    const { followUp } = await saveConversation();
    const whole = await readFile(file.path);
    const second = await start();
    for (let seed = 0; seed < 12; seed += 1) {
      const damaged = Buffer.from(whole);
      const at = Math.floor((whole.length * (seed + 0.5)) / 12);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await writeFile(file.path, seed % 3 === 2 ? damaged.subarray(0, at) : damaged);
      const request = { conversationKey: `d${seed}`, turns: followUp.slice(-1), maxTokens: 2, savedState: file };
      expect(await readAnswer(second.engine, request)).toMatchObject({ error: null });
    }
    expect(second.launches).toBe(1);
  });

  it('are not made of short conversations, of ones that nobody asked, or of a lane that others used since', async () => {
    const { engine } = await start();
    const nothing = { status: 'nothing-to-save' };
    expect(await engine.saveState('ships', file, never)).toEqual(nothing);
    await readAnswer(engine, { conversationKey: 'short', turns: [user('Hello')], maxTokens: 4 });
    expect(await engine.saveState('short', file, never)).toEqual(nothing);
    for (const conversationKey of ['ships', 'two', 'three']) {
      await readAnswer(engine, { conversationKey, turns, maxTokens: 2 });
    }
    expect(await engine.saveState('ships', file, never)).toEqual(nothing);
    expect(await readdir(folder)).toEqual([]);
    await engine.close();
    expect(await engine.saveState('three', file, never)).toEqual(nothing);
  });

  it('leave no part of a file when the disk takes no more of it or nobody waits for it', async () => {
    const { engine } = await start();
    await readAnswer(engine, { conversationKey: 'ships', turns, maxTokens: 2 });
    const aborted = new AbortController();
    const saving = engine.saveState('ships', file, aborted.signal);
    aborted.abort(new Error('no more'));
    await expect(saving).rejects.toThrow('no more');
    await expect(
      engine.saveState('ships', { ...file, path: join(folder, 'no', 'folder.state') }, never),
    ).rejects.toBeInstanceOf(Error);
    // Answered after the aborted one has ended, whichever way that ended.
    await readAnswer(engine, { conversationKey: 'ships', turns, maxTokens: 2 });
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('are removed when the process ends while one is read, and the answer begins again without it', async () => {
    const { followUp } = await saveConversation();
    const second = await start();
    // Reading a pipe that nobody writes to never ends, so the process is surely ended in the middle of it.
    await rm(file.path);
    const hanging = await open(file.path, 'w');
    await hanging.close();
    const answering = askWith(second, followUp, file);
    second.kill();
    const answer = await answering;
    expect(answer).toMatchObject({ error: null });
    expect(second.launches).toBe(2);
  });
});
