import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { z } from 'zod';
import type { GenerateCommand } from '../../protocol/engine-command.ts';
import type { ChatModel } from '../chat-model.ts';
import { openMemoryFile } from './memory-file.ts';
import { readSealed } from './sealed-pieces.ts';
import { isSameKind } from './state-header.ts';

// Written by this module's counterpart and authenticated: the numbers are tokens of the same model.
const answersSchema = z.array(z.tuple([z.string(), z.array(z.int().nonnegative())]));

/**
 * Puts a saved state into an idle sequence; true when it is there, otherwise the sequence is as it was, or empty. One that
 * is missing, was changed, or belongs to another model or other options is passed over before the library sees it, because
 * that would end the process. Throws the signal's reason.
 */
export async function loadState(
  chat: ChatModel,
  sequence: LlamaContextSequence,
  saved: NonNullable<GenerateCommand['savedState']>,
  signal: AbortSignal,
): Promise<boolean> {
  const source = await open(saved.path).catch(() => null);
  if (source === null) return false;
  try {
    return await loadFrom(source, { chat, sequence, saved, signal });
  } catch {
    signal.throwIfAborted();
    await sequence.clearHistory();
    return false;
  } finally {
    await source.close();
  }
}

type Loading = {
  readonly chat: ChatModel;
  readonly sequence: LlamaContextSequence;
  readonly saved: NonNullable<GenerateCommand['savedState']>;
  readonly signal: AbortSignal;
};

async function loadFrom(source: FileHandle, { chat, sequence, saved, signal }: Loading): Promise<boolean> {
  const memory = await openMemoryFile();
  if (memory === null) return false;
  try {
    const { size } = await source.stat();
    if (size > Math.min(memory.freeBytes, process.availableMemory())) return false;
    const wanted = { format: 1, model: saved.modelId, ...chat.stateIdentity } as const;
    let tokens = 0;
    const accepts: Parameters<typeof readSealed>[1]['accepts'] = (header) => {
      ({ tokens } = header);
      return isSameKind(header, wanted) && header.tokens < sequence.contextSize;
    };
    const opened = await readSealed(source, { key: saved.key, accepts }, memory.handle, signal);
    if (opened === null) return false;
    await sequence.loadStateFromFile(memory.path, { acceptRisk: true });
    if (sequence.nextTokenIndex !== tokens) throw new Error('the state has other tokens than its header says');
    const answers = answersSchema.parse(JSON.parse(Buffer.from(opened.answers).toString('utf8')));
    // The library's tokens are numbers of a kind of their own.
    for (const [text, answer] of answers) chat.prompts.remember(text, answer as Token[]);
    return true;
  } finally {
    await memory.handle.close();
  }
}
