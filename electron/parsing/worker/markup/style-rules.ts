/** Declarations of a style, names in lower case. */
export type Declarations = ReadonlyMap<string, string>;

/** Rules of a page's own style elements, as far as they are simple: a tag, a class, an id, or a tag with a class. */
export type StyleRules = {
  readonly bySelector: ReadonlyMap<string, Declarations>;
  /** A background comes from a rule that is not read, so the colour behind a text is not known. */
  readonly hasUnknownBackgrounds: boolean;
};

const cssLimit = 512 * 1024;
const ruleLimit = 5_000;

/** Reads `name: value; …`; a later declaration of a name wins. */
export function parseDeclarations(css: string): Declarations {
  const declarations = new Map<string, string>();
  for (const part of css.slice(0, 8_192).split(';')) {
    const colon = part.indexOf(':');
    if (colon === -1) continue;
    const value = part
      .slice(colon + 1)
      .replace(/!\s*important\s*$/i, '')
      .trim()
      .toLowerCase();
    declarations.set(part.slice(0, colon).trim().toLowerCase(), value);
  }
  return declarations;
}

/** The contents of the style elements, found without a parse of the page: rules may stand below what they hide. */
function styleSheets(html: string): string {
  const sheets: string[] = [];
  let length = 0;
  const open = /<style\b[^>]{0,1000}>/gi;
  for (let tag = open.exec(html); tag && length < cssLimit; tag = open.exec(html)) {
    const start = tag.index + tag[0].length;
    const end = html.indexOf('</', start);
    if (end === -1) break;
    const sheet = html.slice(start, Math.min(end, start + cssLimit));
    sheets.push(sheet);
    length += sheet.length;
    open.lastIndex = end;
  }
  return sheets.join('\n').slice(0, cssLimit);
}

function withoutComments(css: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let open = css.indexOf('/*'); open !== -1; open = css.indexOf('/*', from)) {
    kept.push(css.slice(from, open));
    const close = css.indexOf('*/', open + 2);
    from = close === -1 ? css.length : close + 2;
  }
  kept.push(css.slice(from));
  return kept.join(' ').replaceAll(/<!--|-->/g, ' ');
}

/** The blocks at the outermost level, `selector { body }`; what is inside `@media` and its kin is left out. */
function* blocksOf(css: string): Generator<{ readonly selector: string; readonly body: string }> {
  let from = 0;
  while (from < css.length) {
    const open = css.indexOf('{', from);
    if (open === -1) return;
    const selector = css.slice(from, open).split(';').at(-1)?.trim() ?? '';
    let depth = 1;
    let at = open + 1;
    for (; at < css.length && depth > 0; at += 1) {
      if (css[at] === '{') depth += 1;
      else if (css[at] === '}') depth -= 1;
    }
    yield { selector, body: css.slice(open + 1, at - 1) };
    from = at;
  }
}

const simpleSelector = /^(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?$/i;

/** Reads the rules of a page. Bounded: 512 kB of CSS, 5,000 rules. */
export function readStyleRules(html: string): StyleRules {
  const bySelector = new Map<string, Declarations>();
  let hasUnknownBackgrounds = /<link\b[^>]{0,1000}stylesheet/i.test(html.slice(0, cssLimit));
  const css = withoutComments(styleSheets(html));
  if (/@import\b/i.test(css)) hasUnknownBackgrounds = true;
  let count = 0;
  for (const { selector, body } of blocksOf(css)) {
    if (selector.startsWith('@')) {
      if (/background/i.test(body)) hasUnknownBackgrounds = true;
      continue;
    }
    const declarations = parseDeclarations(body);
    const setsBackground = [...declarations.keys()].some((name) => name.startsWith('background'));
    for (const part of selector.split(',')) {
      const name = part.trim().toLowerCase();
      count += 1;
      if (name === '' || !simpleSelector.test(name) || count > ruleLimit) {
        if (setsBackground) hasUnknownBackgrounds = true;
        continue;
      }
      bySelector.set(name, new Map([...(bySelector.get(name) ?? []), ...declarations]));
    }
  }
  return { bySelector, hasUnknownBackgrounds };
}

/** What the rules and the element's own style say, the stronger last. */
export function declarationsOf(
  rules: StyleRules,
  tag: string,
  attributes: Readonly<Record<string, string>>,
): Declarations {
  const { bySelector } = rules;
  const classes = (attributes['class'] ?? '').toLowerCase().split(/\s+/).slice(0, 50);
  const id = attributes['id']?.toLowerCase();
  const names = [
    tag,
    ...classes.map((name) => `.${name}`),
    ...classes.map((name) => `${tag}.${name}`),
    ...(id ? [`#${id}`, `${tag}#${id}`] : []),
  ];
  const found = bySelector.size === 0 ? [] : names.flatMap((name) => bySelector.get(name) ?? []);
  const own = attributes['style'];
  if (found.length === 0) return own ? parseDeclarations(own) : new Map();
  return new Map([...found.flatMap((rule) => [...rule]), ...(own ? parseDeclarations(own) : [])]);
}
