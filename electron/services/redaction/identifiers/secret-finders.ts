import { matches, withoutSentenceEnd } from '../identifier.ts';
import type { Identifier, IdentifierFinder } from '../identifier.ts';

/** Links that let in whoever has them: a password before the host, or a key among the parameters. */
const secretLinks = matches(
  'secret-link',
  /(?<![\p{L}\p{N}])[a-z][a-z0-9+.-]{1,15}:\/\/[^\s<>"'`]+/giu,
  (piece) =>
    /^[^/]+:\/\/[^/@\s]+@/.test(piece) ||
    /[?&#;](?:[\w.-]*(?:token|secret|password|passwd|signature|credential|api[_-]?key|access[_-]?key|auth|session)[\w.-]*|sig|key|pwd|jwt|otp)=[^&\s]{4,}|[?&#;](?:code|sid)=[\w.~-]{8,}(?:[&#]|$)/i.test(
      piece,
    ),
  withoutSentenceEnd,
);

/** How keys of well-known services begin, as their publishers describe them, and what follows. */
const knownKeys = matches(
  'secret',
  /(?<![\p{L}\p{N}_-])(?:sk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{20,}|gh[opsur]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{40,}|glpat-[A-Za-z0-9_-]{20,}|hf_[A-Za-z0-9]{30,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,}|xox[abeoprs]-[A-Za-z0-9-]{10,}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,}|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{50,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)(?![\p{L}\p{N}])/gu,
);

const keyBegin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/** Longest key that is taken where its end is missing, in characters. */
const longestKey = 20_000;

/** From the line that begins a key to the one that ends it; read in one go, as a thousand beginnings may have no end. */
const privateKeys: IdentifierFinder = (text) => {
  const ends = [...text.matchAll(keyEnd)].map(({ 0: line, index }) => index + line.length);
  const found: Identifier[] = [];
  for (const { index } of text.matchAll(keyBegin)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    while (ends[0] !== undefined && ends[0] <= index) ends.shift();
    const end = Math.min(ends[0] ?? text.length, index + longestKey, text.length);
    found.push({ kind: 'secret', start: index, end });
  }
  return found;
};

/** What stands after a word that says what it is; a sentence about passwords is none. */
const namedSecrets = matches(
  'secret',
  /(?<!\p{L})(?:pass(?:word|wd|code|phrase)|passwort|kennwort|mot de passe|contraseña|pwd|pin|tan|secret|token|api[ _-]?key|client[ _-]?secret|access[ _-]?key|zugangscode)["']?\s{0,2}(?:is|ist|est|lautet)?\s{0,2}[:=]\s{0,2}["']?(?<found>[^\s"'<>,;]{4,200})/giu,
);

/** Secrets and links that carry them. */
export const secretFinders: readonly IdentifierFinder[] = [privateKeys, secretLinks, knownKeys, namedSecrets];

/** For those who look for secrets and nothing else: by their form alone, or with those that a word beside them tells. */
export const findSecrets: { readonly byForm: IdentifierFinder; readonly all: IdentifierFinder } = {
  byForm: (text) => [...privateKeys(text), ...knownKeys(text)],
  all: (text) => secretFinders.flatMap((find) => find(text)),
};
