import { z } from 'zod';
import { appErrorDataSchema } from './app-error.ts';

/** What a package is: an installer of Windows, an image of macOS, or one of the three forms for Linux. */
export const updatePackageKindSchema = z.enum(['nsis', 'dmg', 'appimage', 'deb', 'rpm']);
export type UpdatePackageKind = z.infer<typeof updatePackageKindSchema>;

/** Bytes that a package has at most; more is a mistake or an attack on the disk. */
export const updatePackageLimitBytes = 900_000_000;

/** A file of a release. `name` is a plain file name: it becomes one on the disk, and the end of an address. */
export const updatePackageSchema = z
  .object({
    kind: updatePackageKindSchema,
    architecture: z.enum(['x64', 'arm64']),
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,60}(?:\.[A-Za-z0-9_-]{1,30}){1,8}$/),
    sizeBytes: z.int().positive().max(updatePackageLimitBytes),
    /** Hexadecimal. */
    sha512: z.string().regex(/^[0-9a-f]{128}$/),
  })
  .readonly();
export type UpdatePackage = z.infer<typeof updatePackageSchema>;

/** Three numbers; a release has nothing behind them. */
export const releaseVersionSchema = z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/);

/** What a release says of itself; only ever read behind its signature. */
export const updateFeedSchema = z
  .object({
    format: z.literal(1),
    version: releaseVersionSchema,
    /** Of all computers; each decides for itself whether it is among them, and tells nobody. */
    rolloutPercent: z.number().min(0).max(100),
    /** What is new, as plain text. */
    notes: z.string().max(4_000).default(''),
    packages: z.array(updatePackageSchema).max(40).readonly(),
  })
  .readonly();
export type UpdateFeed = z.infer<typeof updateFeedSchema>;

/** A newer version that fits this computer. */
export const updateOfferSchema = z
  .object({
    version: releaseVersionSchema,
    notes: z.string(),
    sizeBytes: z.int().positive(),
    /** `restart`: Sotto puts it in place and starts again. `by-hand`: Sotto shows the file, and a person opens it. */
    way: z.enum(['restart', 'by-hand']),
  })
  .readonly();
export type UpdateOffer = z.infer<typeof updateOfferSchema>;

/** Where updates stand. */
export const updateStateSchema = z
  .object({
    /**
     * `unavailable`: this build knows no place to ask, or this door cannot install. `waiting`: the download goes on when the
     * work of the app is done. `ready`: it is here, and it is the one that was signed.
     */
    phase: z.enum(['unavailable', 'idle', 'checking', 'downloading', 'waiting', 'ready', 'installing']),
    offer: updateOfferSchema.nullable(),
    /** Of the package, on the disk. */
    doneBytes: z.int().nonnegative(),
    /** Milliseconds since 1970; the last time that somebody was asked and answered. */
    checkedAt: z.int().nonnegative().nullable(),
    /** A newer version is handed out step by step, and this computer is not among the first. */
    isHeldBack: z.boolean(),
    /** Host that is asked; null where there is none. */
    host: z.string().nullable(),
    error: appErrorDataSchema.nullable(),
  })
  .readonly();
export type UpdateState = z.infer<typeof updateStateSchema>;
