import { z } from 'zod';
import { conversationIdSchema, fileTicketSchema } from './ids.ts';

/**
 * A keyboard shortcut as Electron writes it: `Alt+Space`, `CommandOrControl+Shift+K`. At least one modifier beside Shift,
 * or a function key, and one key.
 */
export const acceleratorSchema = z.string().min(1).max(60);

/** What became of the shortcut that shows quick-ask from anywhere. */
export const shortcutStateSchema = z
  .object({
    /** Null when a person took it away. */
    accelerator: acceleratorSchema.nullable(),
    /**
     * `registered`: it works. `taken`: another program has it. `invalid`: no such key. `refused`: the desktop lets no program
     * listen, as some Wayland desktops do. `off`: there is none. `unavailable`: this door has no shortcuts, such as a browser.
     */
    status: z.enum(['registered', 'taken', 'invalid', 'refused', 'off', 'unavailable']),
  })
  .readonly();
export type ShortcutState = z.infer<typeof shortcutStateSchema>;

/** What can be done with the app in front of which quick-ask was opened. */
export const frontAppSchema = z
  .object({
    /** `selection`: what is selected there can be taken. `clipboard`: only what was copied. `none`: neither. */
    reads: z.enum(['selection', 'clipboard', 'none']),
    /** An answer can be put where the cursor was. */
    canPaste: z.boolean(),
  })
  .readonly();
export type FrontApp = z.infer<typeof frontAppSchema>;

/** What the desktop gives this app, as it is now. */
export const desktopStateSchema = z
  .object({
    shortcut: shortcutStateSchema,
    frontApp: frontAppSchema,
    /** Null where the desktop has no such thing, or nobody knows. */
    startsAtLogin: z.boolean().nullable(),
    hasTray: z.boolean(),
    canNotify: z.boolean(),
  })
  .readonly();
export type DesktopState = z.infer<typeof desktopStateSchema>;

/**
 * A file or folder that was opened with the app or dropped on its icon; the path stays behind. The ticket of a folder is
 * the one that `library.addFolder` takes.
 */
export const offeredFileSchema = z
  .object({ ticket: fileTicketSchema, name: z.string(), isFolder: z.boolean() })
  .readonly();
export type OfferedFile = z.infer<typeof offeredFileSchema>;

/** Pages that a menu, the tray or a link can show. */
export const windowPageSchema = z.enum(['chat', 'documents', 'summaries', 'models', 'privacy', 'settings']);
export type WindowPage = z.infer<typeof windowPageSchema>;

/**
 * What the shell asks of a window. Nothing of it sends, installs, reads or opens anything by itself: a text is put into the
 * field, files are offered with the choices that fit.
 */
export const windowRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('prefill'), text: z.string().max(20_000) }).readonly(),
  z
    .object({
      type: z.literal('offer-files'),
      files: z.array(offeredFileSchema).readonly(),
      /** Files beyond the limit, and what was no file at all. */
      leftOut: z.int().nonnegative(),
    })
    .readonly(),
  z.object({ type: z.literal('show-page'), page: windowPageSchema }).readonly(),
  z.object({ type: z.literal('show-conversation'), conversationId: conversationIdSchema }).readonly(),
  z.object({ type: z.literal('new-chat') }).readonly(),
  z.object({ type: z.literal('find') }).readonly(),
  /** Quick-ask came to the front: the field is empty and has the focus. Counts up with each time. */
  z.object({ type: z.literal('quick-ask-shown'), count: z.int().positive() }).readonly(),
  /** A link or an argument that was not understood; words under `desktop.refused.<reason>`. */
  z
    .object({
      type: z.literal('request-refused'),
      reason: z.enum(['unknown-link', 'too-long', 'not-a-file', 'too-many']),
    })
    .readonly(),
]);
export type WindowRequest = z.infer<typeof windowRequestSchema>;

/** Which window listens. */
export const windowKindSchema = z.enum(['main', 'quick-ask']);
export type WindowKind = z.infer<typeof windowKindSchema>;

/** UTF-16 code units of foreign text that a quick question carries at most. */
export const quickAskTextLimit = 20_000;

/** What was taken from the app in front, or why nothing. `isCut` tells that there was more than a question can carry. */
export const takenTextSchema = z.discriminatedUnion('status', [
  z
    .object({
      status: z.literal('taken'),
      from: z.enum(['selection', 'clipboard']),
      text: z.string(),
      isCut: z.boolean(),
    })
    .readonly(),
  z.object({ status: z.literal('empty') }).readonly(),
  /** `refused`: the system asks for a right first, such as accessibility on macOS. */
  z.object({ status: z.enum(['refused', 'unavailable']) }).readonly(),
]);
export type TakenText = z.infer<typeof takenTextSchema>;

/** What became of putting an answer into the app in front; `copied` where only the clipboard could be filled. */
export const pasteOutcomeSchema = z.enum(['pasted', 'copied', 'failed']);
export type PasteOutcome = z.infer<typeof pasteOutcomeSchema>;
