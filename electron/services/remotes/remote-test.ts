import { AppError } from '../../shared/app-error.ts';
import { certificateFlawSchema } from '../../shared/remote.ts';
import type { RemoteTest } from './remotes-service.ts';

const unreachable: Readonly<Record<string, 'no-tls' | 'old-tls'>> = { missing: 'no-tls', old: 'old-tls' };

/** What the failure of a request for the list of models says about address and key. Throws what says nothing about them. */
export function toRemoteTest(error: unknown): RemoteTest {
  const { code, details } = AppError.from(error);
  if (details['tls'] === 'wanted') return { status: 'wants-tls' };
  switch (code) {
    case 'provider/wrong-key':
      return { status: 'wrong-key' };
    case 'provider/no-key':
      return { status: 'no-key' };
    case 'provider/unreachable':
      return { status: unreachable[String(details['tls'])] ?? 'unreachable' };
    case 'provider/cut':
      return { status: 'unreachable' };
    case 'provider/bad-certificate':
      return { status: 'bad-certificate', flaw: certificateFlawSchema.catch('other').parse(details['flaw']) };
    case 'provider/unknown-model':
    case 'provider/unexpected':
    case 'provider/too-long':
    case 'egress/failed':
      return { status: 'not-an-api' };
    case 'provider/busy':
      return { status: 'busy' };
    case 'provider/refused':
    case 'provider/no-credit':
    case 'egress/offline':
    case 'egress/not-allowed':
    case 'egress/purpose-not-allowed':
    case 'egress/mode-off':
    case 'egress/local-only':
    case 'egress/left-network':
      return { status: 'refused', code };
    default:
      throw error;
  }
}
