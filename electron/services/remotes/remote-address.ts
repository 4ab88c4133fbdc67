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

/** The ends of addresses of single calls, which people copy along with the address that is wanted. */
const callPath = /\/(?:chat\/completions|completions|responses|embeddings|messages|models(?:\/.*)?)$/;

function problemOfText(typed: string): RemoteProblem | null {
  if (typed === '') return 'missing';
  // `URL` drops some of these and turns others into slashes: what is kept would not be what was typed.
  if (/[\s\\\p{C}]/u.test(typed)) return 'malformed';
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(typed)) return 'no-scheme';
  if (!/^https?:\/\//i.test(typed)) return 'wrong-scheme';
  if (typed.includes('#')) return 'fragment';
  return typed.includes('?') ? 'query' : null;
}

function problemOfUrl(url: URL, zone: RemoteZone): RemoteProblem | null {
  const { hostname, username, password, pathname } = url;
  if (username !== '' || password !== '') return 'credentials';
  // What the way out would refuse later is refused where it is typed.
  if (parseEgressAddress(url.href, zone === 'own-server') === null) return 'not-encrypted';
  if (zone === 'own-server' && isCloud(hostname)) return 'not-own-server';
  return callPath.test(pathname.replace(/\/+$/, '')) ? 'too-far' : null;
}

/**
 * The address of a remote's programming interface as it is kept: its path stays, slashes at its end go, its host is in
 * small letters and, beyond ASCII, in Punycode, so that a letter that only looks like another shows. https anywhere; http
 * to this machine and, for an own server, into the private network.
 */
export function parseRemoteAddress(text: string, zone: RemoteZone): RemoteAddress {
  const typed = text.trim();
  const reason = problemOfText(typed);
  if (reason !== null) return { status: 'wrong', reason };
  const url = URL.parse(typed);
  if (url === null) return { status: 'wrong', reason: 'malformed' };
  // The dot at the end of a full name changes nothing but what it is compared with.
  url.hostname = url.hostname.replace(/\.$/, '');
  const problem = problemOfUrl(url, zone);
  if (problem !== null) return { status: 'wrong', reason: problem };
  const address = url.href.replace(/\/+$/, '');
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
