import { isArchive, isChatsFile, isModelFile } from '../../lib/file-kinds.ts';
import type { FolderTicket } from '../../../electron/shared/ids.ts';
import type { HandedFile } from '../../api/held-file.ts';
import type { DroppedFolder } from './dropped-entries.ts';

export const fileChoices = ['summarise', 'ask', 'collect', 'import', 'chats'] as const;
export type FileChoice = (typeof fileChoices)[number];

/** A folder that can be followed: one that was dropped, or one that the shell offered with its ticket. */
export type OfferedFolder =
  Pick<DroppedFolder, 'name' | 'file'> | { readonly name: string; readonly ticket: FolderTicket };

/** What was dropped, chosen or opened with the app, and what to do with it where that is known already. */
export type OfferedFiles = {
  readonly files: readonly HandedFile[];
  /** Folders that this window can follow; where it cannot, their files stand in `files`. */
  readonly folders: readonly OfferedFolder[];
  /** What a person should know of the files that came out of folders; null where none did. */
  readonly walked: { readonly isLimited: boolean; readonly unreadable: number } | null;
  readonly choice: FileChoice | null;
  /** What was opened with the app beside these and is no file, or was too much; none for a drop. */
  readonly leftOut?: number;
  /** Files of one drop beyond those that are taken at once. */
  readonly beyondLimit?: number;
};

/** The choice that a zone stands for; null when the files were dropped beside the zones. */
export function fileChoiceOf(value: string | undefined): FileChoice | null {
  return fileChoices.find((choice) => choice === value) ?? null;
}

/** What fits these files, the likeliest first. */
export function choicesFor({
  files,
  folders,
  walked,
}: Omit<OfferedFiles, 'choice' | 'leftOut' | 'beyondLimit'>): readonly FileChoice[] {
  if (folders.length > 0) return ['collect'];
  if (walked !== null) return files.length === 0 ? [] : ['collect', 'summarise', 'ask'];
  if (files.every(({ name }) => isModelFile(name))) return ['import'];
  // An archive is never a document to read; a JSON file may be either.
  if (files.length === 1 && files.every(({ name }) => isArchive(name))) return ['chats'];
  return files.length === 1 && files.every(({ name }) => isChatsFile(name))
    ? ['chats', 'summarise', 'ask', 'collect']
    : ['summarise', 'ask', 'collect'];
}
