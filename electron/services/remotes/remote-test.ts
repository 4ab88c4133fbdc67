import { AppError } from '../../shared/app-error.ts';
import type { RemoteTest } from './remotes-service.ts';

/** What the failure of a request for the list of models says about address and key. Throws what says nothing about them. */
export function toRemoteTest(error: unknown): RemoteTest {
  const { code } = AppError.from(error);
  switch (code) {
    case 'provider/wrong-key':
      return { status: 'wrong-key' };
    case 'provider/no-key':
      return { status: 'no-key' };
    case 'provider/unreachable':
    case 'provider/cut':
      return { status: 'unreachable' };
    case 'provider/bad-certificate':
      return { status: 'bad-certificate' };
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
