import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretStore } from '../platform/secret-store.ts';

/** A keychain for programs that are killed: what it was given is in a folder, for whoever comes next. */
export function createFileSecretStore(folder: string): SecretStore {
  const pathOf = (account: string): string => join(folder, encodeURIComponent(account));
  return {
    probe: async () => await Promise.resolve({ state: 'available' }),
    async list(prefix) {
      return { status: 'listed', accounts: (await accountsIn(folder)).filter((account) => account.startsWith(prefix)) };
    },
    async get(account) {
      const secret = await readFile(pathOf(account), 'utf8').catch(() => null);
      return secret === null ? { status: 'missing' } : { status: 'found', secret };
    },
    async set(account, secret) {
      await mkdir(folder, { recursive: true });
      await writeFile(pathOf(account), secret);
      return { status: 'done' };
    },
    async remove(account) {
      await rm(pathOf(account), { force: true });
      return { status: 'done' };
    },
  };
}

/** Accounts that have a secret. */
export async function accountsIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).map(decodeURIComponent);
}
