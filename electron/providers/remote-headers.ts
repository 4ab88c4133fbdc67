import { AppError } from '../shared/app-error.ts';
import { assertNever } from '../shared/assert-never.ts';
import type { RemoteKind } from '../shared/remote.ts';

/** Version of Anthropic's interface that its SDK package speaks. */
const anthropicVersion = '2023-06-01';

/** What a key may be made of. The runtime would put any other into the text of its error. */
const sendableKey = /^[\x21-\x7e]{1,4096}$/;

/**
 * The headers of a request to a remote, all of them: nothing that an SDK adds about itself or this machine goes out. The
 * key is here and nowhere else. `key` null sends none, as a server of one's own often wants none. Throws
 * `provider/wrong-key` for one that fits into no header.
 */
export function remoteHeaders(kind: RemoteKind, key: string | null, host: string): Readonly<Record<string, string>> {
  if (key !== null && !sendableKey.test(key)) {
    throw new AppError('provider/wrong-key', 'The key fits into no header.', { host, mayBeBilled: false });
  }
  // Without it Node would name itself and its version.
  const own = { 'user-agent': 'Sotto' };
  switch (kind) {
    case 'openai':
    case 'mistral':
    case 'openai-compatible':
      return { ...own, ...(key !== null && { authorization: `Bearer ${key}` }) };
    case 'anthropic':
      return { ...own, 'anthropic-version': anthropicVersion, ...(key !== null && { 'x-api-key': key }) };
    case 'google':
      return { ...own, ...(key !== null && { 'x-goog-api-key': key }) };
    default:
      return assertNever(kind);
  }
}
