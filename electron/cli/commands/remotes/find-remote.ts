import type { AppClient } from '../../../app/app-client.ts';
import type { Remote } from '../../../shared/remote.ts';
import { WrongValueError } from '../../wrong-value-error.ts';

/** A remote as it was named on the command line, by its name or its id; null for none. */
export function findRemote(remotes: readonly Remote[], typed: string): Remote | null {
  const wanted = typed.normalize('NFC').trim().toLowerCase();
  return remotes.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted) ?? null;
}

/** Throws WrongValueError with the names that there are. */
export async function needRemote(client: AppClient, typed: string): Promise<Remote> {
  const remotes = await client.remotes.list();
  const found = findRemote(remotes, typed);
  if (found !== null) return found;
  throw new WrongValueError('PROVIDER', typed, remotes.map(({ name }) => name).join(', ') || '–');
}
