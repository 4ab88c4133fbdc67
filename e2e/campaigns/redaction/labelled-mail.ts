/** A mail as it is stored: its body, and who its header says wrote and got it. */
export type Mail = {
  readonly body: string;
  readonly people: readonly { readonly name: string | null; readonly address: string }[];
};

/** A piece of a body that is known without any rule of the product: from a header. */
export type Label = {
  readonly sort: 'address' | 'full name' | 'part of a name';
  readonly start: number;
  readonly end: number;
};

const personLine = /^(?:From|To|Cc|Reply-To|Sender): *(.*(?:\r?\n[ \t]+.*)*)/gim;
const personPattern =
  /(?:"([^"<>\n]{1,80})"|([^"<>,:;\n]{1,80}?))?\s*<([^<>\s@]{1,64}@[\w.-]{1,255})>|([\w.+-]{1,64}@[\w.-]{1,255})\s*\(([^()\n]{1,80})\)/g;
/** Two to four words that are written as names are. */
const nameForm = /^\p{Lu}[\p{Ll}\p{M}]+(?:[ -](?:\p{Lu}\.|\p{Lu}[\p{L}\p{M}'’]+)){1,3}$/u;
/** Words that names of lists and departments have. */
const noPerson =
  /\b(?:list|users?|team|support|news|mail|admin|service|group|info|the|of|for|dev|daily|update|digest|center|online|web|net|com|inc|ltd|magazine|report|alert|customer|sales|linux|red|spam|talk|exmh|irish|lug|world|words)\b/i;

/** Reads one mail; null for one that is no plain text. */
export function readMail(source: string): Mail | null {
  const parts = /\r?\n\r?\n/.exec(source);
  if (parts === null) return null;
  const header = source.slice(0, parts.index);
  if (/^Content-Type:(?! *text\/plain)/im.test(header)) return null;
  if (/^Content-Transfer-Encoding: *(?:base64|quoted-printable)/im.test(header)) return null;
  const people = [...header.matchAll(personLine)].flatMap(([, value = '']) =>
    [...value.matchAll(personPattern)].map(([, quoted, plain, address, bare, comment]) => {
      const name = (quoted ?? plain ?? comment ?? '').trim().replaceAll(/\s+/g, ' ');
      return { name: nameForm.test(name) && !noPerson.test(name) ? name : null, address: address ?? bare ?? '' };
    }),
  );
  return { body: source.slice(parts.index + parts[0].length), people };
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

function placesOf(body: string, pieces: Iterable<string>, sort: Label['sort']): readonly Label[] {
  return [...new Set(pieces)].flatMap((piece) =>
    body.includes(piece)
      ? [
          ...body.matchAll(new RegExp(`(?<![\\p{L}\\p{N}@._-])${escaped(piece)}(?![\\p{L}\\p{N}@_]|[.-]\\p{L})`, 'gu')),
        ].map(({ index }) => ({ sort, start: index, end: index + piece.length }))
      : [],
  );
}

/** Where the body of a mail names people whom a header names: of this mail in short, of all of them (`everybody`) in full. */
export function labelMail({ body, people }: Mail, everybody: ReadonlySet<string>): readonly Label[] {
  const names = people.flatMap(({ name }) => (name === null ? [] : [name]));
  const full = placesOf(
    body,
    [...everybody].filter((name) => body.includes(name)),
    'full name',
  );
  const parts = names.flatMap((name) => name.split(/[ -]/)).filter((part) => /^\p{Lu}\p{Ll}{2}/u.test(part));
  const within = (label: Label): boolean => full.some((one) => one.start <= label.start && label.end <= one.end);
  return [
    ...placesOf(
      body,
      people.map(({ address }) => address).filter((address) => address !== ''),
      'address',
    ),
    ...full,
    ...placesOf(body, parts, 'part of a name').filter((label) => !within(label)),
  ];
}
