import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { ChatTurn } from '../../inference/engine.ts';
import type { RemoteKind } from '../../shared/remote.ts';

/** Where each interface lies on the server, as the base address of a remote. */
export const providerFolders: Readonly<Record<RemoteKind, string>> = {
  openai: '/openai/v1',
  anthropic: '/anthropic/v1',
  google: '/google/v1beta',
  mistral: '/mistral/v1',
  'openai-compatible': '/compatible/v1',
};

/** The interface that an address belongs to; null for none. */
export function kindOfPath(path: string): RemoteKind | null {
  const kinds = Object.keys(providerFolders) as RemoteKind[]; // The keys of the record above.
  return kinds.find((kind) => path.startsWith(`${providerFolders[kind]}/`)) ?? null;
}

/** What a server was asked, in the same words for every interface. */
export type FakeAsked = {
  readonly kind: RemoteKind;
  readonly modelName: string;
  readonly turns: readonly ChatTurn[];
  readonly maxTokens: number | null;
};

const partsSchema = z
  .array(z.object({ text: z.string() }))
  .transform((parts) => parts.map(({ text }) => text).join(''));
const contentSchema = z.union([z.string(), partsSchema]);

const chatSchema = z.object({
  model: z.string(),
  stream: z.literal(true),
  max_tokens: z.int().positive().optional(),
  max_completion_tokens: z.int().positive().optional(),
  messages: z
    .array(z.object({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: contentSchema }))
    .min(1),
});
const messagesSchema = z.object({
  model: z.string(),
  stream: z.literal(true),
  max_tokens: z.int().positive(),
  system: contentSchema.optional(),
  messages: z.array(z.object({ role: z.enum(['user', 'assistant']), content: contentSchema })).min(1),
});
const contentsSchema = z.object({
  generationConfig: z.object({ maxOutputTokens: z.int().positive().optional() }).optional(),
  systemInstruction: z.object({ parts: partsSchema }).optional(),
  contents: z.array(z.object({ role: z.enum(['user', 'model']), parts: partsSchema })).min(1),
});

const systemTurn = (text: string | undefined): ChatTurn[] => (text === undefined ? [] : [{ role: 'system', text }]);

/**
 * Reads a request as its vendor would, and no other: address, required fields and the order of the turns. Throws ZodError
 * or SyntaxError for one that the vendor refuses.
 */
export function readAsked(kind: RemoteKind, path: string, body: string): FakeAsked {
  const asked = readBody(kind, path, body);
  const roles = asked.turns.map(({ role }) => role).filter((role) => role !== 'system');
  const isInTurn = roles.every((role, at) => role === (at % 2 === 0 ? 'user' : 'assistant'));
  if (!isInTurn || roles.length % 2 === 0) throw new SyntaxError('User and assistant must take turns.');
  return asked;
}

function readBody(kind: RemoteKind, path: string, body: string): FakeAsked {
  const value: unknown = JSON.parse(body);
  if (kind === 'google') {
    const modelName = /\/models\/([^/:]+):streamGenerateContent\?alt=sse$/.exec(path)?.[1];
    if (modelName === undefined) throw new SyntaxError(`${path} generates nothing.`);
    const { generationConfig, systemInstruction, contents } = contentsSchema.parse(value);
    const turns = contents.map(({ role, parts }): ChatTurn => ({
      role: role === 'model' ? 'assistant' : role,
      text: parts,
    }));
    const maxTokens = generationConfig?.maxOutputTokens ?? null;
    return { kind, modelName, turns: [...systemTurn(systemInstruction?.parts), ...turns], maxTokens };
  }
  if (kind === 'anthropic') {
    if (!path.endsWith('/messages')) throw new SyntaxError(`${path} is not there.`);
    const { model, system, messages, max_tokens: maxTokens } = messagesSchema.parse(value);
    const turns = messages.map(({ role, content }): ChatTurn => ({ role, text: content }));
    return { kind, modelName: model, turns: [...systemTurn(system), ...turns], maxTokens };
  }
  if (!path.endsWith('/chat/completions')) throw new SyntaxError(`${path} is not there.`);
  const { model, messages, ...limits } = chatSchema.parse(value);
  const turns = messages.map(({ role, content }): ChatTurn => ({
    role: role === 'developer' ? 'system' : role,
    text: content,
  }));
  return { kind, modelName: model, turns, maxTokens: limits.max_completion_tokens ?? limits.max_tokens ?? null };
}

/** The key that a request carries where its vendor wants it; null for none. */
export function keyOf(kind: RemoteKind, headers: IncomingHttpHeaders): string | null {
  const header = kind === 'anthropic' ? 'x-api-key' : kind === 'google' ? 'x-goog-api-key' : 'authorization';
  const value = headers[header];
  if (typeof value !== 'string') return null;
  return header === 'authorization' ? value.replace(/^Bearer /, '') : value;
}
