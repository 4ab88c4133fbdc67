import { windowPageSchema, type WindowRequest } from '../shared/desktop.ts';

/** Scheme of links into the app. */
export const linkScheme = 'sotto';

/** What a link may ask for: a text in the field, an empty chat, a page. */
export type LinkRequest = Extract<WindowRequest, { type: 'prefill' | 'new-chat' | 'show-page' }>;

/** `request` is null when the link only brings the app to the front. */
export type DeepLink =
  | { readonly status: 'allowed'; readonly request: LinkRequest | null }
  | { readonly status: 'refused'; readonly reason: 'unknown-link' | 'too-long' };

/** Characters of a text that a window takes; a longer one is refused, not cut. */
const textLimit = 20_000;
/** Each character of a text takes nine in a link at most. */
const linkLimit = 9 * textLimit + 100;
/**
 * What a text can hide or turn round: controls but tab and line break, direction marks, invisible fillers, tags, and halves
 * of characters; not the joiners and the variants of emoji. A link comes from anywhere, so what a person would read has to be
 * what the model would get.
 */
const hiddenCharacter =
  /[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFD]--[\p{Join_Control}\p{Variation_Selector}]]|[\u{E0000}-\u{E0FFF}]/v;

/** Whether an argument is a link into the app, whatever is wrong with it. */
export function isDeepLink(text: string): boolean {
  return text.slice(0, linkScheme.length + 1).toLowerCase() === `${linkScheme}:`;
}

/**
 * What a `sotto://` link asks for. There are `sotto://`, `sotto://chat`, `sotto://ask?text=…` and `sotto://show/PAGE`, and a link
 * is one of them to the letter, but for capitals and a last slash: a parameter that is not known could be meant to send, and a name before an `@` to deceive.
 */
export function readDeepLink(link: string): DeepLink {
  if (link.length > linkLimit) return { status: 'refused', reason: 'too-long' };
  if (/\p{Cc}/u.test(link)) return unknownLink;
  const parts = /^sotto:\/\/([a-z-]*)(?:\/([a-z-]*))?(?:\?([^#]*))?$/i.exec(link);
  if (parts === null) return unknownLink;
  const [, place = '', part = '', query] = parts;
  switch (place.toLowerCase()) {
    case '':
      return part === '' && query === undefined ? allowed(null) : unknownLink;
    case 'chat':
      return part === '' && query === undefined ? allowed({ type: 'new-chat' }) : unknownLink;
    case 'ask':
      return part === '' ? readQuestion(query) : unknownLink;
    case 'show': {
      const page = windowPageSchema.safeParse(part.toLowerCase());
      return page.success && query === undefined ? allowed({ type: 'show-page', page: page.data }) : unknownLink;
    }
    default:
      return unknownLink;
  }
}

const unknownLink: DeepLink = { status: 'refused', reason: 'unknown-link' };

function allowed(request: LinkRequest | null): DeepLink {
  return { status: 'allowed', request };
}

function readQuestion(query: string | undefined): DeepLink {
  // One parameter: a second one cannot begin without an `&` that is not encoded.
  const encoded = query === undefined ? null : /^text=([^&=]*)$/.exec(query)?.[1];
  if (encoded === undefined) return unknownLink;
  const text = decode(encoded ?? '')?.replaceAll('\r\n', '\n');
  if (text === undefined || hiddenCharacter.test(text.replaceAll(/[\t\n]/g, ''))) return unknownLink;
  if (text.length > textLimit) return { status: 'refused', reason: 'too-long' };
  return allowed(text.trim() === '' ? { type: 'new-chat' } : { type: 'prefill', text });
}

/** As a form encodes a text; undefined for what is no UTF-8. */
function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
