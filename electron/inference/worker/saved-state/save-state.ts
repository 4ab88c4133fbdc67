import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Token } from 'node-llama-cpp';
import type { SaveStateCommand } from '../../protocol/engine-command.ts';
import type { StateOutcome } from '../../protocol/engine-event.ts';
import type { ChatModel } from '../chat-model.ts';
import type { Lane } from '../lane-pool.ts';
import type { Work } from '../work.ts';
import { openMemoryFile } from './memory-file.ts';
import { pieceBytes, writeSealed } from './sealed-pieces.ts';

/** Less than this is evaluated again as soon as it would be read. */
const leastTokens = 256;
/** Share of the free memory that a state in clear may take for a moment: often it is saved because memory runs out. */
const memoryShare = 0.5;

/**
 * Saves what a lane holds of a conversation. The library writes it in clear, so it goes into a file that is in memory only;
 * what reaches the disk is sealed, under a temporary name and then its own.
 */
export async function saveState(chat: ChatModel, command: SaveStateCommand, work: Work): Promise<void> {
  const { conversationKey } = command;
  const outcome = await chat.lanes.withHeld(conversationKey, work.signal, async (lane) =>
    lane.sequence.nextTokenIndex < leastTokens ? null : await saveLane(chat, lane, command, work.signal),
  );
  work.emit({ type: 'state-saved', id: work.id, outcome: outcome ?? { status: 'nothing-to-save' } });
}

async function saveLane(
  chat: ChatModel,
  { sequence }: Lane,
  { file }: SaveStateCommand,
  signal: AbortSignal,
): Promise<StateOutcome> {
  const memory = await openMemoryFile();
  if (memory === null) return { status: 'not-possible' };
  try {
    const tokens = sequence.contextTokens;
    const neededBytes = await stateBytes(chat, tokens.length);
    if (neededBytes > Math.min(memory.freeBytes, memoryShare * process.availableMemory())) {
      return { status: 'not-possible' };
    }
    await sequence.saveStateToFile(memory.path);
    signal.throwIfAborted();
    const header = { format: 1, model: file.modelId, ...chat.stateIdentity, tokens: tokens.length } as const;
    const answers = answersIn(chat, tokens);
    const sizeBytes = await replaceFile(file.path, async (target) =>
      writeSealed({ header, key: file.key, answers }, memory.handle, target, signal),
    );
    return { status: 'saved', tokens: tokens.length, sizeBytes };
  } finally {
    await memory.handle.close();
  }
}

/** More than the state will take: what the library computes in is counted as well. */
async function stateBytes({ model }: ChatModel, tokens: number): Promise<number> {
  const { cpuRam } = await model.fileInsights.estimateContextResourceRequirementsV2({
    contextSize: tokens,
    modelGpuLayers: 0,
    batchSize: 1,
    sequences: 1,
    swaFullCache: true,
  });
  return cpuRam;
}

/**
 * The tokens of the answers that the state has, which the next prompt needs to be the same; see `UtteranceTokens`. Never
 * more than a piece: without them, the history is evaluated from the first answer on that comes out otherwise.
 */
function answersIn({ prompts }: ChatModel, tokens: readonly Token[]): Uint8Array {
  const held = prompts.remembered().filter(([, answer]) => hasRun(tokens, answer));
  const bytes = Buffer.from(JSON.stringify(held), 'utf8');
  return bytes.length <= pieceBytes ? bytes : Buffer.from('[]', 'utf8');
}

function hasRun(tokens: readonly Token[], run: readonly Token[]): boolean {
  const [first] = run;
  if (first === undefined) return false;
  for (let at = tokens.indexOf(first); at !== -1; at = tokens.indexOf(first, at + 1)) {
    if (run.every((token, index) => tokens[at + index] === token)) return true;
  }
  return false;
}

/** What `write` returned, once the disk has the file under its name; otherwise nothing of it is left. */
async function replaceFile<T>(path: string, write: (file: FileHandle) => Promise<T>): Promise<T> {
  const partialPath = `${path}.partial`;
  try {
    const file = await open(partialPath, 'wx', 0o600);
    let result: T;
    try {
      result = await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partialPath, path);
    await syncFolder(dirname(path));
    return result;
  } catch (error) {
    await rm(partialPath, { force: true });
    throw error;
  }
}

/** Windows does not open folders and needs none of it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
