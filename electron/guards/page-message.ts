import { z } from 'zod';

/** What a preload script may say to the main process, besides the calls on its page's port. */
export const pageChannels = ['sotto-connect', 'sotto-ticket', 'sotto-folder-ticket'] as const;
export type PageChannel = (typeof pageChannels)[number];

/** UTF-16 code units of a path; Windows' longest, and above what other systems allow. */
const pathSchema = z.string().min(1).max(32_768);

/** The path of what was dropped, as the preload script read it, or null when it was no file on the disk. */
export function readDroppedPath(messages: readonly unknown[]): string | null {
  const [path, ...others] = messages;
  const named = pathSchema.safeParse(path);
  return others.length === 0 && named.success && !named.data.includes('\0') ? named.data : null;
}
