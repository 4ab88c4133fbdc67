import type { EgressPurpose } from '../shared/ledger-entry.ts';
import type { CloudMode, Remote } from '../shared/remote.ts';
import type { EgressPolicy, EgressRefusal, EgressRequest } from './egress.ts';

/** What the policy looks at. */
export type EgressSettings = {
  readonly isOffline: boolean;
  /** What the person has said yes to. */
  readonly allowedPurposes: readonly EgressPurpose[];
  /** Default `off`. */
  readonly cloudMode?: CloudMode;
};

/** What is known of a remote where a request to it is judged. */
export type KnownRemote = Pick<Remote, 'baseUrl' | 'zone'>;

function isQuestionForList({ method = 'GET', body }: EgressRequest, { pathname }: URL): boolean {
  return method === 'GET' && body === undefined && pathname.endsWith('/models');
}

/** A remote that this address belongs to: one that was set up, in the zone that the request names. */
function isOf({ baseUrl, zone }: KnownRemote, request: EgressRequest): boolean {
  const { url, content } = request;
  const [base, address] = [URL.parse(baseUrl), URL.parse(url)];
  if (base === null || address === null || zone !== content?.zone || base.origin !== address.origin) return false;
  // The list of models may be looked for at another path of the same server: nothing of anybody's is in such a request.
  if (isQuestionForList(request, address)) return true;
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`;
  return address.pathname.startsWith(folder);
}

/**
 * Refuses everything while the offline lock is on, and afterwards everything that the person has not allowed. A request to a
 * large model elsewhere is refused, too, while the mode is off, when it is made from anything that may not leave for a cloud
 * and goes to one, and when no remote of that zone was set up at its address.
 *
 * @param readSettings the settings of the moment, read anew for every request
 * @param readRemotes the remotes of the moment; default none
 */
export function createSettingsEgressPolicy(
  readSettings: () => Promise<EgressSettings>,
  readRemotes: () => Promise<readonly KnownRemote[]> = () => Promise.resolve([]),
): EgressPolicy {
  const refusalOf = async (request: EgressRequest): Promise<EgressRefusal | null> => {
    const { purpose, content } = request;
    const { isOffline, allowedPurposes, cloudMode = 'off' } = await readSettings();
    if (isOffline) return 'offline';
    if (!allowedPurposes.includes(purpose)) return 'purpose-not-allowed';
    if (purpose !== 'provider') return null;
    if (content === undefined) return 'not-allowed';
    if (cloudMode === 'off') return 'mode-off';
    if (content.isLocalOnly && content.zone === 'cloud') return 'local-only';
    return (await readRemotes()).some((remote) => isOf(remote, request)) ? null : 'not-allowed';
  };
  return {
    decide: async (request) => {
      const reason = await refusalOf(request);
      return reason === null ? { isAllowed: true } : { isAllowed: false, reason };
    },
  };
}
