import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Keeping } from '../../shared/access.ts';
import type { EngineState } from '../../shared/app-status.ts';
import { modelIdSchema } from '../../shared/ids.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { ModelDescription } from '../../shared/model.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { noUsage } from '../../shared/usage.ts';
import type { Usage } from '../../shared/usage.ts';
import { createFakeClock, settle } from '../../testing/fake-clock.ts';
import { createStatusService, statusIntervalMs } from './create-status-service.ts';
import type { StatusServiceOptions } from './create-status-service.ts';

const description: ModelDescription = {
  id: modelIdSchema.parse('sha256:0123456789abcdef'),
  name: 'Small',
  kind: 'chat',
  fileName: 'small.gguf',
  sizeBytes: 1,
  architecture: 'llama',
  quantisation: null,
  contextLength: 8_192,
  parameterCount: null,
  licence: null,
  isBuiltIn: false,
  isLinked: false,
};

/** The parts that the status is read from, as values that a test sets. */
function createParts() {
  const listeners = new Set<() => void>();
  const usageListeners = new Set<(usage: Usage) => void>();
  const on = (listener: () => void) => {
    const subscription = (): void => listener();
    listeners.add(subscription);
    return () => void listeners.delete(subscription);
  };
  const settings = settingsSchema.parse({});
  const clock = createFakeClock();
  const state: {
    engine: EngineState;
    hasModel: boolean;
    keeping: Keeping;
    progress: { done: number; total: number } | null;
    answeringAt: 'own-server' | 'cloud' | null;
    waitingIn: readonly ConversationId[];
  } = {
    keeping: 'session-only',
    engine: { state: 'stopped' },
    hasModel: true,
    progress: null,
    answeringAt: null,
    waitingIn: [],
  };
  const path = '/models/small.gguf';
  const options: StatusServiceOptions = {
    clock,
    sending: { current: () => state.answeringAt, onChange: on },
    waiting: { current: () => state.waitingIn, onChange: on },
    keeping: { current: () => state.keeping, keychainAccount: () => null, onChange: on },
    engine: {
      get state() {
        return state.engine;
      },
      onState: (listener) => on(() => listener(state.engine)),
      loaded: () =>
        state.engine.state === 'ready'
          ? {
              slot: 'chat',
              path,
              contextTokens: 4_096,
              dimensions: null,
              isSafeMode: false,
              backend: 'cpu',
              graphicsLayers: 0,
              layers: 30,
              graphicsProblem: null,
              usesFlashAttention: false,
              batchTokens: 512,
              memoryBytes: 150_000_000,
            }
          : null,
    },
    models: { current: async () => (state.hasModel ? { description, path } : null), onChange: on },
    settings: { get: async () => settings, onChange: (listener) => on(() => listener(settings)) },
    documents: {
      get progress() {
        return state.progress;
      },
      onProgress: on,
    },
    runs: {
      onUsage: (listener) => {
        usageListeners.add(listener);
        return () => void usageListeners.delete(listener);
      },
    },
  };
  const change = (next: Partial<typeof state>): void => {
    Object.assign(state, next);
    for (const listener of listeners) listener();
  };
  const finishRun = (usage: Usage): void => {
    for (const listener of usageListeners) listener(usage);
  };
  return { options, clock, change, finishRun, subscriptions: () => listeners.size + usageListeners.size };
}

let parts: ReturnType<typeof createParts>;
let stop: AbortController;
beforeEach(() => {
  parts = createParts();
  stop = new AbortController();
});
afterEach(() => stop.abort());

/** Follows the status into a list; resolves when the stream has ended. */
function follow(service: ReturnType<typeof createStatusService>) {
  const seen: string[] = [];
  const read = async (): Promise<void> => {
    for await (const { engine, indexing } of service.watch(stop.signal)) {
      seen.push(indexing ? `${engine.state} ${indexing.done}` : engine.state);
    }
  };
  return { seen, ended: read() };
}

describe('createStatusService', () => {
  it('puts the parts together', async () => {
    const service = createStatusService(parts.options);
    expect(await service.current()).toEqual({
      engine: { state: 'stopped' },
      model: { id: description.id, name: 'Small', contextTokens: null, loaded: null },
      tokensPerSecond: null,
      indexing: null,
      keeping: 'session-only',
      isOffline: true,
      answeringAt: null,
      waitingIn: [],
    });
    parts.change({ engine: { state: 'ready', isSafeMode: false }, progress: { done: 1, total: 2 } });
    parts.finishRun({ ...noUsage, tokensPerSecond: 42 });
    parts.finishRun(noUsage);
    expect(await service.current()).toMatchObject({
      model: { contextTokens: 4_096, loaded: { backend: 'cpu', layers: 30, graphicsProblem: null } },
      indexing: { done: 1, total: 2 },
      tokensPerSecond: 42,
    });
  });

  // Catches a line at the foot that goes on promising the old way of keeping.
  it('tells when chats are kept in another way from now on', async () => {
    const service = createStatusService(parts.options);
    parts.change({ keeping: 'passphrase' });
    expect(await service.current()).toMatchObject({ keeping: 'passphrase' });
  });

  it('says that there is no model rather than that the engine rests', async () => {
    parts.change({ hasModel: false });
    const service = createStatusService(parts.options);
    expect(await service.current()).toMatchObject({ engine: { state: 'no-model' }, model: null });
    const error = { code: 'engine/gave-up', message: '', details: {} } as const;
    parts.change({ engine: { state: 'failed', error } });
    expect(await service.current()).toMatchObject({ engine: { state: 'failed' } });
  });

  // The engine says so until it has loaded something; a model that was just imported must not be overlooked.
  it('is asleep, not without a model, when there is one that was never loaded', async () => {
    const { options } = createParts();
    const engine = { ...options.engine, state: { state: 'no-model' } as const };
    const fresh = createStatusService({ ...options, engine });
    expect(await fresh.current()).toMatchObject({ engine: { state: 'stopped' }, model: { name: 'Small' } });
    fresh.close();
  });

  it('yields at once, then the latest of many changes after the interval, and nothing when nothing differs', async () => {
    const { seen, ended } = follow(createStatusService(parts.options));
    await settle();
    expect(seen).toEqual(['stopped']);
    for (let done = 0; done < 50; done += 1) parts.change({ progress: { done, total: 50 } });
    await settle();
    expect(seen).toEqual(['stopped']);
    await parts.clock.advance(statusIntervalMs);
    expect(seen).toEqual(['stopped', 'stopped 49']);
    await parts.clock.advance(statusIntervalMs);
    parts.change({});
    await parts.clock.advance(statusIntervalMs);
    expect(seen).toHaveLength(2);
    parts.change({ engine: { state: 'starting' } });
    await settle();
    expect(seen).toEqual(['stopped', 'stopped 49', 'starting 49']);
    stop.abort();
    await ended;
  });

  it('ends every stream and lets go of its sources when it is closed', async () => {
    const service = createStatusService(parts.options);
    const [first, second] = [follow(service), follow(service)];
    await settle();
    expect(parts.subscriptions()).toBe(8);
    service.close();
    await Promise.all([first.ended, second.ended]);
    expect(parts.subscriptions()).toBe(0);
    expect(first.seen).toEqual(['stopped']);
  });
});
