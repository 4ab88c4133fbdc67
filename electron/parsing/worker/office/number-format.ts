/** What a number in a cell is shown as. */
export type NumberFormat =
  | { readonly kind: 'general' | 'hidden' }
  | { readonly kind: 'date'; readonly hasDate: boolean; readonly hasTime: boolean; readonly hasSeconds: boolean }
  /** Hours that go on counting after 24. */
  | { readonly kind: 'duration' }
  | {
      readonly kind: 'number';
      readonly decimals: number;
      readonly isPercent: boolean;
      readonly isScientific: boolean;
      /** What stands around the number, such as `€` or `kg`. */
      readonly prefix: string;
      readonly suffix: string;
    };

const general: NumberFormat = { kind: 'general' };

/** The formats that files name by number and do not spell out (ECMA-376, part 1, 18.8.30). */
const builtIn: ReadonlyMap<number, string> = new Map([
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [5, '$#,##0'],
  [6, '$#,##0'],
  [7, '$#,##0.00'],
  [8, '$#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  [14, 'yyyy-mm-dd'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm'],
  [19, 'h:mm:ss'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'm/d/yy h:mm'],
  [37, '#,##0'],
  [38, '#,##0'],
  [39, '#,##0.00'],
  [40, '#,##0.00'],
  [44, '$#,##0.00'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss'],
  [48, '0.0E+0'],
  ...[27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): readonly [number, string] => [id, 'yyyy-mm-dd']),
  ...[32, 33, 34, 35, 55, 56].map((id): readonly [number, string] => [id, 'h:mm:ss']),
]);

/** A format's code without what only colours, pads and spells: tells what kind of thing it shows. */
function bare(section: string): string {
  return section
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase();
}

/** The literal words in a piece of a format's code, currency signs included. */
function literals(piece: string): string {
  let text = '';
  for (const { 0: token, 1: quoted, 2: escaped, 3: currency, 4: plain } of piece.matchAll(
    /"([^"]*)"|\\(.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|_.|\*.|\[[^\]]*\]|(.)/gu,
  )) {
    if (token.startsWith('_') || token.startsWith('*')) text += ' ';
    else text += quoted ?? escaped ?? currency ?? (plain !== undefined && /[\p{Sc}+:/°\s]/u.test(plain) ? plain : '');
  }
  return text.replaceAll(/\s+/g, ' ').slice(0, 40);
}

function parseSection(section: string): NumberFormat {
  const code = bare(section);
  if (/\[(?:h+|m+|s+)\]/.test(code)) return { kind: 'duration' };
  if (code.includes('general') || code.includes('@')) return general;
  const isScientific = /e[+-]/.test(code);
  if (!isScientific && /[ymdhs]|am\/pm/.test(code) && !/[0#]/.test(code.replaceAll(/s[.,]0+/g, 's'))) {
    const hasTime = /[hs]/.test(code);
    const hasDate = /[yd]/.test(code) || (/m/.test(code) && !hasTime);
    return { kind: 'date', hasDate, hasTime, hasSeconds: code.includes('s') };
  }
  const digits = /[0#?](?:[^"\\[]*[0#?])?/.exec(
    section.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, (token) => ' '.repeat(token.length)),
  );
  if (!digits || code.includes('/')) return general;
  return {
    kind: 'number',
    decimals: Math.min(15, /\.([0#?]+)/.exec(code)?.[1]?.length ?? 0),
    isPercent: code.includes('%'),
    isScientific,
    prefix: literals(section.slice(0, digits.index)).trimStart(),
    suffix: literals(section.slice(digits.index + digits[0].length)).trimEnd(),
  };
}

/** Reads a format's code, such as `#,##0.00 [$€-407]`. Only its first section counts: the one for positive numbers. */
export function parseNumberFormat(code: string): NumberFormat {
  if (/^;{2,}$/.test(code.trim())) return { kind: 'hidden' };
  const section = /^(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\[])*/.exec(code.slice(0, 300))?.[0] ?? '';
  return parseSection(section);
}

/** One of the formats that every spreadsheet knows by its number; general for others. */
export function builtInNumberFormat(id: number): NumberFormat {
  const code = builtIn.get(id);
  return code === undefined ? general : parseNumberFormat(code);
}
