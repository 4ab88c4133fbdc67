import { z } from 'zod';
import { keepingSchema } from './access.ts';
import { appErrorDataSchema } from './app-error.ts';
import { conversationIdSchema, modelIdSchema } from './ids.ts';
import { backendProblemSchema, backendSchema } from './machine.ts';
import { remoteZoneSchema } from './remote.ts';

/** How a door presents itself: the desktop window, a browser on this machine, or a terminal. */
export const doorSchema = z.enum(['window', 'browser', 'terminal']);
export type Door = z.infer<typeof doorSchema>;

/** The engine process as the window shows it. */
export const engineStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('no-model') }).readonly(),
  z.object({ state: z.literal('stopped') }).readonly(),
  z.object({ state: z.literal('starting') }).readonly(),
  z.object({ state: z.literal('loading'), fraction: z.number().min(0).max(1) }).readonly(),
  z.object({ state: z.literal('ready'), isSafeMode: z.boolean() }).readonly(),
  z.object({ state: z.literal('busy'), isSafeMode: z.boolean() }).readonly(),
  z.object({ state: z.literal('restarting'), crashes: z.int().positive() }).readonly(),
  z.object({ state: z.literal('failed'), error: appErrorDataSchema }).readonly(),
]);
export type EngineState = z.infer<typeof engineStateSchema>;

/** How a model that is in memory is computed. */
export const loadedModelStatusSchema = z
  .object({
    backend: backendSchema,
    /** Blocks on the graphics processor, and in all. */
    graphicsLayers: z.int().nonnegative(),
    layers: z.int().nonnegative(),
    /** Why not all of it is on the fastest graphics processor; null when it is, or when there is none. */
    graphicsProblem: backendProblemSchema.nullable(),
    /** Null where the library decides. */
    usesFlashAttention: z.boolean().nullable(),
    /** Prompt tokens evaluated at once, at most. */
    batchTokens: z.int().positive(),
    /** What it takes of the memory, as measured when it was loaded. */
    memoryBytes: z.int().nonnegative(),
  })
  .readonly();

/** The line at the foot of the window: where it runs, with which model, what it is doing, whether the lock is on. */
export const appStatusSchema = z
  .object({
    engine: engineStateSchema,
    model: z
      .object({
        id: modelIdSchema,
        name: z.string(),
        contextTokens: z.int().positive().nullable(),
        /** Null while it is asleep: the next question loads it. */
        loaded: loadedModelStatusSchema.nullable(),
      })
      .nullable(),
    /** Decode rate of the last answer; null before the first. */
    tokensPerSecond: z.number().nonnegative().nullable(),
    /** Passages indexed and in all, over the documents being indexed; null when idle. */
    indexing: z.object({ done: z.int().nonnegative(), total: z.int().nonnegative() }).nullable(),
    keeping: keepingSchema,
    isOffline: z.boolean(),
    /** Where a question is being answered at this moment, if not on this machine. */
    answeringAt: remoteZoneSchema.nullable(),
    /** Conversations whose question waits for a person to look at what would leave, the longest wait first. */
    waitingIn: z.array(conversationIdSchema).readonly(),
  })
  .readonly();
export type AppStatus = z.infer<typeof appStatusSchema>;

/** What does not change while the app runs. */
export const appDescriptionSchema = z
  .object({
    version: z.string(),
    door: doorSchema,
    /** `darwin`, `win32` or `linux`: the window names the keys and folders of this system. */
    operatingSystem: z.string(),
    dataFolder: z.string(),
    modelFolder: z.string(),
  })
  .readonly();
export type AppDescription = z.infer<typeof appDescriptionSchema>;
