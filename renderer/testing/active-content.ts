/** What Markdown may become on the page, with every attribute that each element may have beside those for all. */
const elements: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    'div span p h3 strong em del code pre br hr ul li blockquote table thead tbody tr td figure figcaption'
      .split(' ')
      .map((name) => [name, []]),
  ),
  ol: ['start'],
  th: ['scope'],
  button: ['type', 'title'],
  input: ['type', 'checked', 'disabled', 'readonly'],
  svg: ['xmlns', 'width', 'height', 'viewbox', 'fill', 'stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin'],
  path: ['d'],
  line: ['x1', 'x2', 'y1', 'y2', 'stroke-width'],
  rect: ['width', 'height', 'x', 'y', 'rx', 'ry'],
};

const everywhere: ReadonlySet<string> = new Set([
  'class',
  'role',
  'tabindex',
  'aria-hidden',
  'aria-label',
  'aria-pressed',
]);
const pictures: ReadonlySet<string> = new Set(['preserveaspectratio', 'x', 'y']);
const mathElement =
  /^(?:math|semantics|m(?:text|n|o|i|space|over|under|underover|sup|sub|subsup|frac|root|sqrt|table|tr|td|labeledtr|row|enclose|style|padded|phantom))$/;
const dangerousAttribute =
  /^(?:on.*|id|is|ref|ping|target|style|name|data.*|xlink.*)$|href|src|action(?!type)|actiontype/;
const dangerousValue = /url\(|script:|expression|@import|https?:/i;
const covering = /position|inset|z-index|transform|content|animation/;

function flawOf(element: Element, { name, value }: Attr): string | undefined {
  const tag = element.localName;
  const attribute = name.toLowerCase();
  const found = `<${tag} ${name}="${value.slice(0, 80)}">`;
  const isSet = element.closest('.katex') !== null;
  if (attribute === 'style') return !isSet || dangerousValue.test(value) || covering.test(value) ? found : undefined;
  if (attribute === 'class') return /fixed|inset/.test(value) ? found : undefined;
  if (everywhere.has(attribute) || elements[tag]?.includes(attribute) === true) return undefined;
  if (tag === 'svg' && pictures.has(attribute)) return undefined;
  if (mathElement.test(tag) && isSet)
    return dangerousAttribute.test(attribute) || dangerousValue.test(value) ? found : undefined;
  return found;
}

/**
 * Everything below `root` that is not on the list of what Markdown may become: elements and attributes that could run,
 * load, navigate, submit, or cover the window. Empty when the text stayed text.
 */
export function findActiveContent(root: Element): readonly string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const tag = element.localName;
    const isKnown = Object.hasOwn(elements, tag) || (mathElement.test(tag) && element.closest('.katex') !== null);
    if (!isKnown) return [`<${tag}>`];
    if (tag === 'input' && element.getAttribute('type') !== 'checkbox') return ['<input>'];
    return [...element.attributes].flatMap((attribute) => flawOf(element, attribute) ?? []);
  });
}
