/** Why a link does not leave the app. */
export type LinkRefusal = 'not-a-link' | 'too-long' | 'scheme' | 'credentials' | 'no-host' | 'mail-header';

/** `host` is what a confirmation shows: the host as it is resolved, international names in punycode, never the link's own text. */
export type ExternalLink =
  | { readonly status: 'allowed'; readonly url: string; readonly host: string; readonly kind: 'web' | 'mail' }
  | { readonly status: 'refused'; readonly reason: LinkRefusal };

/** Characters; longer addresses are cut off by some systems, which changes where they lead. */
const linkLimit = 8_192;
/** What a mail program may be told by a link; others, such as `attach`, reach for files. */
const mailHeaders = new Set(['subject', 'body', 'cc']);

/**
 * Decides about a link that the user wants to open outside the app: https and mailto, without credentials. What goes by http
 * could be read and changed by everybody on the way, so it is left to whoever copies it.
 */
export function checkExternalLink(link: string): ExternalLink {
  if (link.length > linkLimit) return refused('too-long');
  if (hasInvisibleCharacter(link) || !URL.canParse(link)) return refused('not-a-link');
  const url = new URL(link);
  if (url.protocol === 'mailto:') return checkMail(url);
  if (url.protocol !== 'https:') return refused('scheme');
  if (url.username !== '' || url.password !== '') return refused('credentials');
  if (url.hostname === '') return refused('no-host');
  return { status: 'allowed', url: url.href, host: url.host, kind: 'web' };
}

function checkMail(url: URL): ExternalLink {
  const host = /^[^@,;\s]+@([\w.-]+)$/.exec(decodeURIComponentOrEmpty(url.pathname))?.[1];
  if (host === undefined) return refused('no-host');
  for (const name of url.searchParams.keys()) {
    if (!mailHeaders.has(name.toLowerCase())) return refused('mail-header');
  }
  return { status: 'allowed', url: url.href, host: host.toLowerCase(), kind: 'mail' };
}

/** Controls, spaces and direction marks make an address read as another than the one that it is. */
function hasInvisibleCharacter(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Z}]/u.test(text);
}

function decodeURIComponentOrEmpty(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function refused(reason: LinkRefusal): ExternalLink {
  return { status: 'refused', reason };
}
