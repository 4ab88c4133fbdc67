/** A link of any writing: Markdown, HTML, bare. Offsets in UTF-16 units of the text. */
export type Link = {
  readonly start: number;
  readonly end: number;
  /** As it is written. */
  readonly address: string;
  /** Fetched without a click where the answer is shown by a program that fetches. */
  readonly isLoadedAlone: boolean;
};

/** How a link begins, with the backslashes and entities that Markdown takes out; the rest is read by hand, so that every character is read once. */
const colon = String.raw`(?:\\?:|&colon;|&#0{0,5}58;|&#x0{0,5}3a;)`;
const slash = String.raw`(?:\\?[/\\]|&b?sol;|&#0{0,5}47;|&#x0{0,5}2f;)`;
const beginning = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:[a-z][a-z0-9+.-]{1,15}${colon}${slash}{2}|(?:mailto|sms|smsto):|www\.(?=[\p{L}\p{N}])|\/\/(?=[\p{L}\p{N}-]{1,63}\.))`,
  'giu',
);
const unbroken = /[^\s<>"`]*/uy;
const spaced = { '<': />/g, '"': /"/g, "'": /'/g } as const;

/** Longest address in which spaces are read, in characters. */
const longestSpaced = 4_096;
/** How far back what loads a link alone is looked for, in characters. */
const backwards = 200;

/** End of an address between signs that may hold spaces: `<…>` of Markdown, the quotes of an attribute. Null where it has none. */
function spacedEnd(text: string, start: number): number | null {
  const open = text[start - 1];
  if (open !== '<' && open !== '"' && open !== "'") return null;
  if (open !== '<' && !/=\s?$/.test(text.slice(Math.max(0, start - 3), start - 1))) return null;
  const rest = text.slice(start, start + longestSpaced);
  const at = rest.search(spaced[open]);
  return at < 0 || rest.slice(0, at).includes('\n\n') ? null : start + at;
}

/** Without the signs of the sentence after it, and without the bracket that closes Markdown's destination. */
function trimmedEnd(text: string, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')' && (depth -= 1) < 0) return at;
  }
  const address = text.slice(start, end);
  return start + address.replace(/[.,;:!?*_'\]]{1,20}$/, '').length;
}

const loadsAlone = (before: string): boolean =>
  /!\[[^\]]*\]\(<?$/.test(before) ||
  /<(?:img|source|video|audio|iframe|link|script|object|embed|image)\b[^<>]*$/i.test(before) ||
  /(?:^|\n) {0,3}\[[^\]\n]*\]:\s?<?$/.test(before) ||
  /url\(["']?$/i.test(before);

/** Every link of a text, in order. Reference definitions count as what they are: addresses. */
export function findLinks(text: string): readonly Link[] {
  const links: Link[] = [];
  let readTo = 0;
  for (const { index: start } of text.matchAll(beginning)) {
    if (start < readTo) continue;
    unbroken.lastIndex = start;
    unbroken.exec(text);
    const end = spacedEnd(text, start) ?? trimmedEnd(text, start, unbroken.lastIndex);
    readTo = Math.max(end, start + 1);
    const before = text.slice(Math.max(0, start - backwards), start);
    links.push({ start, end, address: text.slice(start, end), isLoadedAlone: loadsAlone(before) });
  }
  return links;
}
