import { z } from 'zod';
import { trimmingSchema } from './conversation.ts';
import { modelIdSchema } from './ids.ts';
import { summaryStyleSchema } from './summary.ts';

/** `system` follows the operating system, English where its language has no catalogue. */
export const languageSchema = z.enum(['system', 'en', 'de']);
export type Language = z.infer<typeof languageSchema>;

/** `system` follows the operating system, also while the app runs. */
export const themeSchema = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof themeSchema>;

/** Languages whose recognition data ships with the app. */
export const recognitionLanguageSchema = z.enum(['eng', 'deu', 'fra']);
export type RecognitionLanguage = z.infer<typeof recognitionLanguageSchema>;

/** All settings that live in the database, each with its default: `settingsSchema.parse({})` is a fresh install. */
export const settingsSchema = z
  .object({
    language: languageSchema.default('system'),
    theme: themeSchema.default('system'),
    /** On until the user chooses otherwise for a purpose. */
    isOffline: z.boolean().default(true),
    /** Null: the largest chat model in the model folder that fits. */
    chatModelId: modelIdSchema.nullable().default(null),
    /** Instructions put before every conversation. */
    systemPrompt: z.string().max(8_000).default(''),
    /** 0 is the most likely word every time; 2 is the wildest. */
    temperature: z.number().min(0).max(2).default(0.3),
    /** Tokens that one answer may have. */
    answerTokenLimit: z.int().min(16).max(32_768).default(1_024),
    summaryStyle: summaryStyleSchema.default('key-points'),
    /** Languages that scanned pages are read in, as tesseract names them. */
    recognitionLanguages: z
      .array(recognitionLanguageSchema)
      .min(1)
      .default([...recognitionLanguageSchema.options]),
    /** Indexing waits for the mains. */
    pausesIndexingOnBattery: z.boolean().default(true),
    /** A person has halted indexing. */
    isIndexingPaused: z.boolean().default(false),
    /** The embedder of the index; null is the one that ships with the app. */
    embedderId: modelIdSchema.nullable().default(null),
    /** What happens to the oldest turns of a conversation that outgrows the context window. */
    trimming: trimmingSchema.default('drop-oldest'),
    /** Titles by the model, written while it is idle. */
    hasAutomaticTitles: z.boolean().default(true),
    /** Minutes without a person's action until the app locks itself; null never. */
    lockAfterMinutes: z
      .union([z.literal(1), z.literal(5), z.literal(15), z.literal(60)])
      .nullable()
      .default(null),
    /** The three questions of the first start were answered or skipped. */
    isFirstStartDone: z.boolean().default(false),
  })
  .readonly();
export type Settings = z.infer<typeof settingsSchema>;

/** Defaults must not come back for what a patch leaves out, so each field is unwrapped before it is made optional. */
export const settingsPatchSchema = z
  .object({
    language: languageSchema,
    theme: themeSchema,
    isOffline: z.boolean(),
    chatModelId: modelIdSchema.nullable(),
    systemPrompt: z.string().max(8_000),
    temperature: z.number().min(0).max(2),
    answerTokenLimit: z.int().min(16).max(32_768),
    summaryStyle: summaryStyleSchema,
    recognitionLanguages: z.array(recognitionLanguageSchema).min(1),
    pausesIndexingOnBattery: z.boolean(),
    isIndexingPaused: z.boolean(),
    embedderId: modelIdSchema.nullable(),
    trimming: trimmingSchema,
    hasAutomaticTitles: z.boolean(),
    lockAfterMinutes: z.union([z.literal(1), z.literal(5), z.literal(15), z.literal(60)]).nullable(),
    isFirstStartDone: z.boolean(),
  })
  .partial()
  .strict()
  .readonly();
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

/** The few settings that are needed before the database is unlocked; kept in a small file without secrets. */
export const earlySettingsSchema = z
  .object({
    language: languageSchema.default('system'),
    theme: themeSchema.default('system'),
    chatModelId: modelIdSchema.nullable().default(null),
    /** So that a session that keeps nothing does not welcome the same person at every start. */
    isFirstStartDone: z.boolean().default(false),
  })
  .readonly();
export type EarlySettings = z.infer<typeof earlySettingsSchema>;

/** How the window speaks and looks, known before anything is unlocked. */
export type Look = Pick<EarlySettings, 'language' | 'theme'>;
