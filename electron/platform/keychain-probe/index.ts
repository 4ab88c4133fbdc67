// Entry of the short-lived process that tries the keychain: native code in it may hang or crash without harm.
import { denyNetwork } from '../deny-network.ts';
import type { KeychainState } from '../secret-store.ts';

async function loadKeychain(): Promise<typeof import('keytar') | null> {
  try {
    const module: { default?: typeof import('keytar') } = await import('keytar');
    return module.default ?? null;
  } catch {
    return null;
  }
}

async function probe(): Promise<KeychainState> {
  const keychain = await loadKeychain();
  if (keychain === null) return { state: 'absent', reason: 'no-library' };
  try {
    await keychain.getPassword('Sotto', 'probe');
    return { state: 'available' };
  } catch (error) {
    // Without a session bus, or with nobody on it who keeps secrets, libsecret fails with these names in its message.
    const isAbsent = /d-?bus|autolaunch|freedesktop|serviceunknown/i.test(String(error));
    return isAbsent ? { state: 'absent', reason: 'no-service' } : { state: 'refused', reason: 'denied' };
  }
}

denyNetwork(globalThis);
process.send?.(await probe(), () => process.exit(0));
