import { vi } from 'vitest';
import type { AnswerPart } from '../../electron/shared/answer-part.ts';
import type { AppStatus } from '../../electron/shared/app-status.ts';
import type { DesktopState, PasteOutcome, TakenText, WindowRequest } from '../../electron/shared/desktop.ts';
import {
  conversationIdSchema,
  createId,
  messageIdSchema,
  modelIdSchema,
  presetIdSchema,
  runIdSchema,
} from '../../electron/shared/ids.ts';
import type { Preset } from '../../electron/shared/preset.ts';
import { changing } from './changing.ts';
import { createRouterDouble } from './router-double.tsx';
import type { ServiceParts } from './router-double.tsx';

/** Of every answer of the double. */
export const conversationId = createId(conversationIdSchema);
/** Of every answer of the double. */
export const runId = createId(runIdSchema);
/** The one preset. */
export const shorten: Preset = {
  id: createId(presetIdSchema),
  name: 'Shorten',
  command: 'shorten',
  systemPrompt: '',
  template: 'Shorten: {{input}}',
  variables: [],
  modelId: null,
  temperature: null,
  answerTokenLimit: null,
  isBuiltIn: true,
  isHidden: false,
};
/** With a model that is ready. */
export const status: AppStatus = {
  engine: { state: 'ready', isSafeMode: false },
  model: { id: modelIdSchema.parse('sha256:0123456789abcdef'), name: 'Small', contextTokens: 8_192, loaded: null },
  tokensPerSecond: null,
  indexing: null,
  keeping: 'session-only',
  isOffline: true,
  answeringAt: null,
  waitingIn: [],
};
/** A desktop that can do everything. */
export const desktopState: DesktopState = {
  shortcut: { accelerator: 'Alt+Space', status: 'registered' },
  frontApp: { reads: 'selection', canPaste: true },
  startsAtLogin: false,
  hasTray: true,
  canNotify: true,
};
/** A whole answer. */
export const answered: readonly AnswerPart[] = [
  { sequence: 0, type: 'run-start', runId, modelName: 'Small', route: null },
  { sequence: 1, type: 'text-start' },
  { sequence: 2, type: 'text-delta', text: 'It **rains**.' },
  { sequence: 3, type: 'text-end' },
  { sequence: 4, type: 'run-end', reason: 'complete', usage: null },
];

/** A stream of `values` that stays open. */
export async function* still<T>(signal: AbortSignal, ...values: readonly T[]): AsyncGenerator<T> {
  yield* values;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** The app behind quick-ask: its calls are spied on, and each question gets `answers.parts`. */
export function createQuickAskDouble() {
  const requests = changing<WindowRequest>({ type: 'find' });
  const answers: { parts: readonly AnswerPart[] } = { parts: answered };
  const quickAsk = {
    warm: vi.fn(async () => undefined),
    ask: vi.fn(async () => ({ conversationId, runId, answerId: createId(messageIdSchema) })),
    continue: vi.fn(async () => undefined),
    forget: vi.fn(async () => undefined),
    show: vi.fn(async () => undefined),
    takeText: vi.fn<(question: unknown) => Promise<TakenText>>(),
    paste: vi.fn<(text: unknown) => Promise<PasteOutcome>>(),
  };
  const hide = vi.fn<() => void>();
  const stop = vi.fn<(runId: unknown) => void>();
  const api = (door: 'browser' | 'window', change: ServiceParts = {}) =>
    createRouterDouble(
      {
        quickAsk,
        presets: { list: async () => [shorten] },
        status: { watch: (signal) => still(signal, status) },
        desktop: { watch: (signal) => still(signal, desktopState), requests: () => requests.stream() },
        runs: { follow: (_run, after, signal) => still(signal, ...answers.parts.slice(after + 1)), stop },
        ...change,
      },
      door,
      { hide, setHeight: () => undefined },
    );
  return { quickAsk, hide, stop, requests, answers, api };
}
