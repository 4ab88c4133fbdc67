import { z } from 'zod';
import { remoteIdSchema } from './ids.ts';

/** Whose programming interface a remote speaks. */
export const remoteKindSchema = z.enum(['openai', 'anthropic', 'google', 'mistral', 'openai-compatible']);
export type RemoteKind = z.infer<typeof remoteKindSchema>;

/** Where a remote stands: a server of the person's own, or a vendor's cloud. */
export const remoteZoneSchema = z.enum(['own-server', 'cloud']);
export type RemoteZone = z.infer<typeof remoteZoneSchema>;

/** A large model that the person has set up. Its key is in the keychain and nowhere else. */
export const remoteSchema = z
  .object({
    id: remoteIdSchema,
    kind: remoteKindSchema,
    zone: remoteZoneSchema,
    /** What the person calls it. */
    name: z.string().trim().min(1).max(60),
    /** https, or http to this machine and, for a server of one's own, to the private network; no query, no password. */
    baseUrl: z.string().max(500),
    /** As the remote names it; null until one is chosen. */
    modelName: z.string().max(200).nullable(),
    /** How much that model reads at once, as the remote said when its list was last asked for; null where it did not say. */
    contextTokens: z.int().positive().nullable(),
    /** Address of what the vendor does with what is sent; null where nobody said. */
    policyUrl: z.string().max(500).nullable(),
  })
  .readonly();
export type Remote = z.infer<typeof remoteSchema>;

/** A remote as a person writes it down. */
export const remoteTextSchema = remoteSchema.unwrap().omit({ id: true, contextTokens: true }).readonly();
export type RemoteText = z.infer<typeof remoteTextSchema>;

/** How many remotes there can be. */
export const mostRemotes = 20;

/**
 * Why a remote cannot be as it was written down: `reason` of the `app/invalid-input` that is thrown, beside its `field`
 * (`name`, `baseUrl`, `modelName` or `policyUrl`).
 */
export const remoteProblems = [
  'name-taken',
  'too-many',
  'unreadable',
  'missing',
  'no-scheme',
  'zone-index',
  'wrong-scheme',
  'not-encrypted',
  'credentials',
  'query',
  'fragment',
  'malformed',
  'too-long',
  'not-own-server',
] as const;
export type RemoteProblem = (typeof remoteProblems)[number];

/** What is wrong with a certificate, as far as it makes a difference to whoever has to mend it. */
export const certificateFlawSchema = z.enum([
  'expired',
  'not-yet-valid',
  'other-host',
  'self-signed',
  'unknown-authority',
  'other',
]);
export type CertificateFlaw = z.infer<typeof certificateFlawSchema>;

/** What a remote says of one of its models, with its price where it is known. Money in US dollars for a million tokens. */
export const remoteModelSchema = z
  .object({
    name: z.string(),
    contextTokens: z.int().positive().nullable(),
    inputPrice: z.number().nonnegative().nullable(),
    outputPrice: z.number().nonnegative().nullable(),
  })
  .readonly();
export type RemoteModel = z.infer<typeof remoteModelSchema>;

/** `off`: no code path reaches out. `ask`: each time, with the preview. `auto`: within the rules and the budget. */
export const cloudModeSchema = z.enum(['off', 'ask', 'auto']);
export type CloudMode = z.infer<typeof cloudModeSchema>;

/** Money in millionths of a US dollar, so that sums are exact. */
export const microDollarsSchema = z.int().nonnegative();
