import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import type { ModelRequest } from './model-provider.ts';
import { streamModel } from './stream-model.ts';

const signal = new AbortController().signal;
const request: ModelRequest = {
  conversationKey: 'conversation',
  turns: [{ role: 'user', text: 'Hello' }],
  sampling: { temperature: 0 },
  maxTokens: 10,
  priority: 'interactive',
};
const usage = {
  inputTokens: { total: 12, noCache: 4, cacheRead: 8, cacheWrite: undefined },
  outputTokens: { total: 3, text: 3, reasoning: undefined },
};
const finish = (unified: 'stop' | 'length' | 'interrupted'): LanguageModelV4StreamPart => ({
  type: 'finish',
  usage,
  finishReason: { unified, raw: undefined },
});

/** A vendor's model that sends these parts. */
function createVendor(parts: readonly LanguageModelV4StreamPart[]) {
  const calls: LanguageModelV4CallOptions[] = [];
  const state = { isCancelled: false };
  const model: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'vendor',
    modelId: 'large',
    supportedUrls: {},
    doGenerate: async () => {
      throw new Error('not called');
    },
    doStream: async (options) => {
      calls.push(options);
      const rest = [...parts];
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        pull(controller) {
          const part = rest.shift();
          if (part === undefined) controller.close();
          else controller.enqueue(part);
        },
        cancel() {
          state.isCancelled = true;
        },
      });
      return { stream };
    },
  };
  const stream = () =>
    streamModel({ model, modelName: 'Large', route: { zone: 'local', reason: 'only-local-models' } }, request, signal);
  return { calls, state, stream };
}

describe('stream of a language model', () => {
  it('keeps what the app knows and passes over the rest', async () => {
    const vendor = createVendor([
      { type: 'stream-start', warnings: [] },
      { type: 'response-metadata', id: 'x' },
      { type: 'reasoning-delta', id: 'r', delta: 'Hm.' },
      { type: 'text-start', id: 't' },
      { type: 'ping' },
      { type: 'raw', rawValue: { anything: 1 } },
      { type: 'text-delta', id: 't', delta: 'Hello' },
      { type: 'text-end', id: 't' },
      finish('stop'),
    ]);
    expect(await Array.fromAsync(vendor.stream())).toEqual([
      { type: 'model-start', modelName: 'Large', route: { zone: 'local', reason: 'only-local-models' } },
      { type: 'reasoning-delta', text: 'Hm.' },
      { type: 'text-delta', text: 'Hello' },
      {
        type: 'model-end',
        reason: 'complete',
        usage: { inputTokens: 12, reusedTokens: 8, outputTokens: 3, timeToFirstTokenMs: null, tokensPerSecond: null },
      },
    ]);
    expect(vendor.calls[0]).toMatchObject({ maxOutputTokens: 10, temperature: 0, abortSignal: signal });
  });

  it('fails when the vendor broke off or the stream has no end', async () => {
    const broken = createVendor([{ type: 'text-delta', id: 't', delta: 'Hel' }, finish('interrupted')]);
    await expect(Array.fromAsync(broken.stream())).rejects.toMatchObject({ code: 'egress/failed' });
    const endless = createVendor([{ type: 'text-delta', id: 't', delta: 'Hel' }]);
    await expect(Array.fromAsync(endless.stream())).rejects.toMatchObject({ code: 'egress/failed' });
  });

  it('throws the error that the stream carries', async () => {
    const vendor = createVendor([{ type: 'error', error: new Error('overloaded') }, { type: 'ping' }, finish('stop')]);
    await expect(Array.fromAsync(vendor.stream())).rejects.toThrow('overloaded');
    expect(vendor.state.isCancelled).toBe(true);
  });

  it('cancels the stream when the reader leaves', async () => {
    const vendor = createVendor([{ type: 'text-delta', id: 't', delta: 'Hel' }, finish('stop')]);
    for await (const part of vendor.stream()) if (part.type === 'text-delta') break;
    expect(vendor.state.isCancelled).toBe(true);
  });
});
