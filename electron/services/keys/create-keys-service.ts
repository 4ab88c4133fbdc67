import type { SecretRepository } from '../../storage/saved-state-repository.ts';
import { AppError } from '../../shared/app-error.ts';
import { keyOwnerSchema } from '../../shared/key.ts';
import type { KeyOwner, KeyStatus } from '../../shared/key.ts';
import type { KeysService } from './keys-service.ts';

/** What the service is made of. */
export type KeysServiceOptions = {
  readonly secrets: SecretRepository;
  /** True in a session that keeps nothing. */
  readonly isForSession: () => boolean;
};

/** Letters of a key: what can be seen, in one piece; anything else came along by mistake when it was copied. */
const keyForm = /^[\x21-\x7e]{8,4096}$/;

/** Keys of the person, in the encrypted database. */
export function createKeysService({ secrets, isForSession }: KeysServiceOptions): KeysService {
  const statusOf = (owner: KeyOwner, owners: readonly KeyOwner[]): KeyStatus => ({
    owner,
    state: !owners.includes(owner) ? 'missing' : isForSession() ? 'kept-for-session' : 'kept-in-database',
  });
  const status = async (owner: KeyOwner): Promise<KeyStatus> => statusOf(owner, await secrets.owners());
  return {
    async status() {
      const owners = await secrets.owners();
      return keyOwnerSchema.options.map((owner) => statusOf(owner, owners));
    },
    async set(owner, secret) {
      const trimmed = secret.trim();
      if (!keyForm.test(trimmed)) throw new AppError('app/invalid-input', 'This is no key.', { reason: 'key' });
      await secrets.put(owner, trimmed);
      return await status(owner);
    },
    async remove(owner) {
      await secrets.remove(owner);
      return await status(owner);
    },
    read: async (owner) => await secrets.get(owner),
  };
}
