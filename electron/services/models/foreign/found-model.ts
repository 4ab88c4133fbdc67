import { isAbsolute, resolve } from 'node:path';
import type { ForeignProgram } from '../../../shared/model-detail.ts';
import type { ModelFile } from '../model-file.ts';

/** A file that another program downloaded, before its header was read. */
export type FoundModel = {
  readonly program: ForeignProgram;
  /** As that program calls it. */
  readonly name: string;
  readonly file: ModelFile;
  /** Hexadecimal, where the program keeps files by their digest. */
  readonly sha256?: string;
};

/** Files of a program that are looked at; nobody has more models. */
export const foundLimit = 2_000;

const invisible = /[\p{C}\s]+/gu;

/** A name from another program's files as one that may be shown: one line, at most 200 characters, never empty. */
export function shownName(name: string, otherwise: string): string {
  const shown = name.replace(invisible, ' ').trim().slice(0, 200);
  return shown === '' ? otherwise : shown;
}

/**
 * An absolute path of this computer that another program wrote down, else null: looking at a network share would send a
 * request, and with it the person's name, to a server.
 */
export function localPath(written: string): string | null {
  if (!isAbsolute(written) || written.includes('\0') || /^[\\/]{2}/.test(written)) return null;
  return resolve(written);
}
