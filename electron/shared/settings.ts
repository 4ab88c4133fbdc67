import { z } from 'zod';
import { trimmingSchema } from './conversation.ts';
import { acceleratorSchema } from './desktop.ts';
import { collectionIdSchema, modelIdSchema } from './ids.ts';
import { egressPurposeSchema } from './ledger-entry.ts';
import { backendChoiceSchema } from './machine.ts';
import { modelOptionsSchema } from './model-detail.ts';
import { modelJobSchema } from './model.ts';
import { cloudModeSchema, microDollarsSchema } from './remote.ts';
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

const modelOptionsByIdSchema = z.record(modelIdSchema, modelOptionsSchema).readonly();
const modelByJobSchema = z.partialRecord(modelJobSchema, modelIdSchema).readonly();

/** US dollars for a million tokens, by the name of the model. */
const modelPricesSchema = z
  .record(
    z.string().min(1).max(200),
    z
      .object({ inputPrice: z.number().min(0).max(100_000), outputPrice: z.number().min(0).max(100_000) })
      .strict()
      .readonly(),
  )
  .readonly();

/** https, or http on this machine, and nothing after the host. */
const hubAddressSchema = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .refine((address) => {
    // It is asked also of what the check before has refused.
    if (!URL.canParse(address)) return false;
    const { protocol, hostname, pathname, search, hash, username } = new URL(address);
    const isHere = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
    return (protocol === 'https:' || isHere) && `${search}${hash}${username}` === '' && pathname === '/';
  });

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
    /** Collections whose files a person has halted the reading of. */
    pausedCollectionIds: z.array(collectionIdSchema).max(1_000).default([]),
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
    /** What may leave while the lock is open; each is asked for once. */
    allowedPurposes: z.array(egressPurposeSchema).default([]),
    /** Models that were chosen for a job by itself; the others take that of chats. */
    modelByJob: modelByJobSchema.default({}),
    /** How single models are loaded, where a person decided it. */
    modelOptions: modelOptionsByIdSchema.default({}),
    /** Where models are looked for; an address without a path. */
    hubAddress: hubAddressSchema.default('https://huggingface.co'),
    /** Downloads at the same time. */
    downloadLimit: z.int().min(1).max(8).default(2),
    /** Minutes without work until a model gives its memory back; null never. */
    unloadAfterMinutes: z.int().min(1).max(1_440).nullable().default(5),
    /** What the saved states of conversations may take on the disk, in MiB; 0 saves none. */
    savedStateLimitMebibytes: z.int().min(0).max(65_536).default(2_048),
    /** How models are computed. */
    backend: backendChoiceSchema.default('auto'),
    /** Shows quick-ask from anywhere; null has none. */
    quickAskShortcut: acceleratorSchema.nullable().default('Alt+Space'),
    /** The app starts with the session, hidden. */
    startsAtLogin: z.boolean().default(false),
    /** Closing the last window leaves the app in the tray, where there is one. */
    closesToTray: z.boolean().default(false),
    /** Tells when long work ended while nobody looked. */
    notifiesWhenDone: z.boolean().default(true),
    /** The app locks itself with the screen. */
    locksWithScreen: z.boolean().default(false),
    /** Words that are unknown to the dictionary are underlined; only where the system brings the dictionary. */
    checksSpelling: z.boolean().default(false),
    /** Asks for a newer version once a day. */
    checksForUpdates: z.boolean().default(false),
    /** Whether a large model elsewhere may help. */
    cloudMode: cloudModeSchema.default('off'),
    /** 0 keeps all here that can be kept, 1 prefers quality. */
    qualityPreference: z.number().min(0).max(1).default(0.5),
    /** What a month may cost, in millionths of a US dollar; 0 spends nothing. */
    monthlyBudgetMicroDollars: microDollarsSchema.default(5_000_000),
    /** Prices of the person's own by the name of a remote's model; they come before those of the app. */
    modelPrices: modelPricesSchema.default({}),
    /** What was sent is kept with the ledger, encrypted. */
    keepsSentBodies: z.boolean().default(false),
    /** Names and words that never leave. */
    redactedWords: z.array(z.string().trim().min(1).max(200)).max(2_000).default([]),
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
    pausedCollectionIds: z.array(collectionIdSchema).max(1_000),
    embedderId: modelIdSchema.nullable(),
    trimming: trimmingSchema,
    hasAutomaticTitles: z.boolean(),
    lockAfterMinutes: z.union([z.literal(1), z.literal(5), z.literal(15), z.literal(60)]).nullable(),
    isFirstStartDone: z.boolean(),
    allowedPurposes: z.array(egressPurposeSchema),
    modelByJob: modelByJobSchema,
    modelOptions: modelOptionsByIdSchema,
    hubAddress: hubAddressSchema,
    downloadLimit: z.int().min(1).max(8),
    unloadAfterMinutes: z.int().min(1).max(1_440).nullable(),
    savedStateLimitMebibytes: z.int().min(0).max(65_536),
    backend: backendChoiceSchema,
    quickAskShortcut: acceleratorSchema.nullable(),
    startsAtLogin: z.boolean(),
    closesToTray: z.boolean(),
    notifiesWhenDone: z.boolean(),
    locksWithScreen: z.boolean(),
    checksSpelling: z.boolean(),
    checksForUpdates: z.boolean(),
    cloudMode: cloudModeSchema,
    qualityPreference: z.number().min(0).max(1),
    monthlyBudgetMicroDollars: microDollarsSchema,
    modelPrices: modelPricesSchema,
    keepsSentBodies: z.boolean(),
    redactedWords: z.array(z.string().trim().min(1).max(200)).max(2_000),
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
    /** The shortcut works, and the app stays in the tray, also while the chats are locked. */
    quickAskShortcut: acceleratorSchema.nullable().default('Alt+Space'),
    closesToTray: z.boolean().default(false),
    /** So that a session that keeps nothing does not take away what the same person wished the day before. */
    startsAtLogin: z.boolean().default(false),
  })
  .readonly();
export type EarlySettings = z.infer<typeof earlySettingsSchema>;

/** How the window speaks and looks, known before anything is unlocked. */
export type Look = Pick<EarlySettings, 'language' | 'theme'>;
