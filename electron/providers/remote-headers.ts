import { assertNever } from '../shared/assert-never.ts';
import type { RemoteKind } from '../shared/remote.ts';

/** Version of Anthropic's interface that its SDK package speaks. */
const anthropicVersion = '2023-06-01';

/**
 * The headers of a request to a remote, all of them: nothing that an SDK adds about itself or this machine goes out. The
 * key is here and nowhere else. `key` null sends none, as a server of one's own often wants none.
 */
export function remoteHeaders(kind: RemoteKind, key: string | null): Readonly<Record<string, string>> {
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
