import { createAbsentSecretStore } from '../platform/absent-secret-store.ts';
import { createKeychainSecretStore } from '../platform/create-keychain-secret-store.ts';
import type { SecretStore } from '../platform/secret-store.ts';
import type { ProductFiles } from './product-files.ts';

/** The operating system's keychain; with `SOTTO_KEYCHAIN=none` there is none, and it is never touched. */
export function chooseSecretStore(
  environment: Readonly<Record<string, string | undefined>>,
  files: Pick<ProductFiles, 'keychainProcessPath'>,
): SecretStore {
  if (environment['SOTTO_KEYCHAIN'] === 'none') return createAbsentSecretStore();
  return createKeychainSecretStore({ processPath: files.keychainProcessPath });
}
