import { messageText } from './message.ts';
import type { Message, MessagePart } from './message.ts';
import type { Finding, FindingKind } from './screening.ts';

/** What was noticed in a text, and what of it a person chose to see or to use all the same. */
export type Screened = { readonly findings: readonly Finding[]; readonly allowed: readonly FindingKind[] };

/** What is stored of a message's screening; nothing for one in which nothing was noticed. */
export function screenedOf({ parts }: Pick<Message, 'parts'>): Screened {
  const found = parts.flatMap((part) => (part.type === 'screening' ? [part] : []));
  return {
    findings: found.flatMap(({ findings }) => findings),
    allowed: found.flatMap(({ allowed = [] }) => allowed),
  };
}

/** True where something that may harm was noticed, and nobody wanted to see it yet. */
export function isHiddenText({ findings, allowed }: Screened): boolean {
  return findings.some(({ kind }) => kind === 'harmful') && !allowed.includes('harmful');
}

/** Characters that show nothing, as `services/screening` finds them, and variation selectors, which only change others. */
const invisible = /[\p{Cf}\p{Cc}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|\u034f|\p{Variation_Selector}/gu;

/** Most code points that are named one by one. */
const mostNames = 5;

/** The code points that nobody sees, `U+200B`, each once and five at most; how many there are, at least one. */
export function hiddenCharacters(
  text: string,
  findings: readonly Finding[],
): { readonly count: number; readonly names: readonly string[] } {
  const characters = findings
    .filter(({ kind }) => kind === 'hidden-characters')
    .flatMap(({ start, end }) => text.slice(start, end).match(invisible) ?? []);
  const names = [...new Set(characters)].map(
    (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return {
    count: Math.max(1, characters.length),
    names: names.length > mostNames ? [...names.slice(0, mostNames), '…'] : names,
  };
}

/** A piece of a text and what stands in its place. */
type Cut = { readonly start: number; readonly end: number; readonly put: string };

function cutsOf(text: string, { kind, start, end }: Finding, allowed: readonly FindingKind[]): readonly Cut[] {
  if (kind === 'link-carries-data' && !allowed.includes(kind)) return [{ start, end, put: '…' }];
  if (kind !== 'hidden-characters') return [];
  return [...text.slice(start, end).matchAll(invisible)].map(({ 0: character, index }) => ({
    start: start + index,
    end: start + index + character.length,
    put: '',
  }));
}

/**
 * The text as it may be taken elsewhere: copied, read aloud, exported. Nothing of what is hidden; links that carry data
 * away have no address until they are allowed; characters that nobody sees, and no writing needs where they stand, are gone.
 */
export function shownText(text: string, screened: Screened): string {
  if (isHiddenText(screened)) return '';
  const cuts = screened.findings
    .flatMap((finding) => cutsOf(text, finding, screened.allowed))
    .toSorted((one, other) => one.start - other.start || other.end - one.end);
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, put } of cuts) {
    if (end <= at) continue;
    pieces.push(text.slice(at, Math.max(at, start)), put);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** As `shownText`, of a stored message. */
export function shownMessageText(message: Pick<Message, 'parts'>): string {
  return shownText(messageText(message), screenedOf(message));
}

/** The parts of a message that may be taken elsewhere: its text as `shownText` has it, and no thoughts about what is hidden. */
export function shownParts(message: Pick<Message, 'parts'>): readonly MessagePart[] {
  const screened = screenedOf(message);
  if (screened.findings.length === 0) return message.parts;
  if (isHiddenText(screened)) return message.parts.filter(({ type }) => type !== 'text' && type !== 'reasoning');
  const text = shownText(messageText(message), screened);
  const first = message.parts.findIndex(({ type }) => type === 'text');
  // Findings are offsets into all text parts as one text.
  return message.parts.flatMap((part, index): readonly MessagePart[] => {
    if (part.type !== 'text') return [part];
    return index === first ? [{ type: 'text', text }] : [];
  });
}
