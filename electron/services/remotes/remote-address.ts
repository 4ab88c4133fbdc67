import { parseEgressAddress } from '../../egress/egress-address.ts';
import type { RemoteProblem, RemoteZone } from '../../shared/remote.ts';

/** An address as it is kept, or what is wrong with what was typed. */
export type RemoteAddress =
  { readonly status: 'fine'; readonly url: string } | { readonly status: 'wrong'; readonly reason: RemoteProblem };

const longestAddress = 500;

/**
 * Clouds that are no server of anybody's own, with all below them: what may go to an own server only must not reach them
 * because somebody chose the wrong word.
 */
const clouds: readonly string[] = [
  'openai.com',
  'openai.azure.com',
  'anthropic.com',
  'googleapis.com',
  'mistral.ai',
  'openrouter.ai',
  'groq.com',
  'together.xyz',
  'together.ai',
  'fireworks.ai',
  'deepseek.com',
  'deepinfra.com',
  'perplexity.ai',
  'cohere.com',
  'cohere.ai',
  'x.ai',
  'cerebras.ai',
  'nebius.com',
  'novita.ai',
  'moonshot.ai',
  'moonshot.cn',
  'aliyuncs.com',
  'huggingface.co',
  'inference.ai.azure.com',
];

const isCloud = (hostname: string): boolean =>
  clouds.some((cloud) => hostname === cloud || hostname.endsWith(`.${cloud}`));

/** The ends of addresses of single calls, which people copy along with the address that is wanted; the last two are Ollama's. */
const callPath =
  /\/(?:chat\/completions|completions|responses|embeddings|messages|models(?:\/.*)?|(?<=\/api\/)(?:chat|generate|tags))$/;

/** A host, with a port or with a dot in its name, so that a single word (or a key) that was typed here is asked for nowhere. */
const hostWithoutScheme =
  /^(?:(?:[a-z\d-]{1,63}\.)+[a-z\d-]{1,63}\.?|[a-z\d-]{1,63}(?=:)|\[[\da-f:.]+\]|localhost)(?::\d{1,5})?(?:\/|$)/i;

function problemOfText(typed: string): RemoteProblem | null {
  if (typed === '') return 'missing';
  // `URL` drops some of these and turns others into slashes: what is kept would not be what was typed.
  if (/[\s\\\p{C}]/u.test(typed)) return 'malformed';
  // The runtime's addresses have no room for the card that such a number is reached by.
  if (/\[[^\]]*%/.test(typed)) return 'zone-index';
  if (/^https?:\/\//i.test(typed)) return typed.includes('#') ? 'fragment' : typed.includes('?') ? 'query' : null;
  return /^(?:[a-z][a-z\d+.-]*:(?!\d)|[a-z][a-z\d+.-]*:\/\/)/i.test(typed) ? 'wrong-scheme' : 'no-scheme';
}

function problemOfUrl(url: URL, zone: RemoteZone): RemoteProblem | null {
  const { hostname, username, password } = url;
  if (username !== '' || password !== '') return 'credentials';
  // What the way out would refuse later is refused where it is typed.
  if (parseEgressAddress(url.href, zone === 'own-server') === null) return 'not-encrypted';
  return zone === 'own-server' && isCloud(hostname) ? 'not-own-server' : null;
}

/** What people type after looking at the address bar of a browser, which shows none. */
function withScheme(typed: string, zone: RemoteZone): string {
  const bare = typed.replace(/^\/\//, '');
  if (!hostWithoutScheme.test(bare)) return typed;
  const isNear = parseEgressAddress(`http://${bare}`, zone === 'own-server') !== null;
  return `${isNear ? 'http' : 'https'}://${bare}`;
}

/**
 * The address of a remote's programming interface as it is kept: its path stays, slashes and single calls at its end go, one
 * without a scheme gets http where that stays in the own network and https elsewhere, its host is in
 * small letters and, beyond ASCII, in Punycode, so that a letter that only looks like another shows. https anywhere; http
 * to this machine and, for an own server, into the private network.
 */
export function parseRemoteAddress(text: string, zone: RemoteZone): RemoteAddress {
  const typed = withScheme(text.trim(), zone);
  const reason = problemOfText(typed);
  if (reason !== null) return { status: 'wrong', reason };
  const url = URL.parse(typed);
  if (url === null) return { status: 'wrong', reason: 'malformed' };
  // The dot at the end of a full name changes nothing but what it is compared with.
  url.hostname = url.hostname.replace(/\.$/, '');
  const problem = problemOfUrl(url, zone);
  if (problem !== null) return { status: 'wrong', reason: problem };
  const address = url.href.replace(/\/+$/, '').replace(callPath, '').replace(/\/+$/, '');
  return address.length > longestAddress ? { status: 'wrong', reason: 'too-long' } : { status: 'fine', url: address };
}

/** The address of a page about a remote as it is kept: https, without a name and password in it. */
export function parsePolicyAddress(text: string): RemoteAddress {
  const typed = text.trim();
  if (/[\s\\\p{C}]/u.test(typed)) return { status: 'wrong', reason: 'malformed' };
  if (!/^https:\/\//i.test(typed))
    return { status: 'wrong', reason: /:\/\//.test(typed) ? 'wrong-scheme' : 'no-scheme' };
  const url = URL.parse(typed);
  if (url === null) return { status: 'wrong', reason: 'malformed' };
  if (url.username !== '' || url.password !== '') return { status: 'wrong', reason: 'credentials' };
  return url.href.length > longestAddress ? { status: 'wrong', reason: 'too-long' } : { status: 'fine', url: url.href };
}
