import type { ListedModel } from '../../providers/remote-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { Remote, RemoteKind } from '../../shared/remote.ts';
import { toRemoteTest } from './remote-test.ts';

/** Where the list of models was found, and what is in it. */
export type FoundApi = { readonly baseUrl: string; readonly models: readonly ListedModel[] };

/**
 * Where interfaces begin, as servers document it: `/v1` at vLLM, llama.cpp, Ollama and LM Studio, `/api/v1` at OpenRouter, `/api`
 * at Open WebUI, `/openai/v1` at Groq.
 */
function usualPaths(kind: RemoteKind): readonly string[] {
  switch (kind) {
    case 'openai':
    case 'openai-compatible':
      return ['/v1', '/api/v1', '/api', '/openai/v1'];
    case 'anthropic':
    case 'mistral':
      return ['/v1'];
    case 'google':
      return ['/v1beta'];
    default:
      return assertNever(kind);
  }
}

const longestAddress = 500;

/** Other addresses of the same server, likeliest first: below what was typed, and below what stands before a usual path in it. */
export function otherAddresses({ kind, baseUrl }: Pick<Remote, 'kind' | 'baseUrl'>): readonly string[] {
  const paths = usualPaths(kind);
  const usual = paths.toSorted((one, other) => other.length - one.length).find((path) => baseUrl.endsWith(path));
  const before = usual === undefined ? baseUrl : baseUrl.slice(0, -usual.length);
  const below = paths.map((path) => `${before}${path}`);
  const addresses = usual === undefined ? below : [...below, before];
  return addresses.filter((address) => address !== baseUrl && address.length <= longestAddress);
}

/**
 * The list of models at the address of a remote, or at another of the same server where that one has none. Throws what the
 * request to the first one threw, or what says that an address is right: a key that is wrong or missing, or a busy server.
 */
export async function findApi(
  remote: Remote,
  list: (remote: Remote) => Promise<readonly ListedModel[]>,
): Promise<FoundApi> {
  let first: unknown = null;
  for (const baseUrl of [remote.baseUrl, ...otherAddresses(remote)]) {
    try {
      return { baseUrl, models: await list({ ...remote, baseUrl }) };
    } catch (error) {
      if (!AppError.isInstance(error) || toRemoteTest(error).status !== 'not-an-api') throw error;
      first ??= error;
    }
  }
  throw first;
}
