import { describe, expect, it } from 'vitest';
import { ElementBudget, XmlReader, decodeXml } from './xml-reader.ts';

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const strict = 'http://purl.oclc.org/ooxml/wordprocessingml/main';

const read = (xml: string | Buffer, limit?: number): XmlReader =>
  new XmlReader(Buffer.from(xml), new ElementBudget('x.docx', limit));

/** Names and texts as they come, elements in brackets. */
function outline(reader: XmlReader): string {
  let text = '';
  for (const node of reader.nodes()) text += typeof node === 'string' ? node : `[${node.name}${outline(reader)}]`;
  return text;
}

describe('XmlReader', () => {
  // Readers that match `w:p` by its letters read nothing of files that other programs wrote.
  it.each([
    ['the usual prefix', `<w:p xmlns:w="${word}" w:id="7"/>`],
    ['another prefix', `<ns0:p xmlns:ns0="${word}" ns0:id="7"/>`],
    ['the strict namespace', `<w:p xmlns:w="${strict}" w:id="7"/>`],
    ['a default namespace', `<p xmlns="${word}" xmlns:q="${word}" q:id="7"/>`],
    ['two prefixes for one', `<w:p xmlns:w="${word}" xmlns:v="${word}" v:id="7"/>`],
  ])('knows elements and attributes with %s', (_what, xml) => {
    const [element] = read(xml).children();
    expect([element?.name, element?.get('w:id'), element?.integer('w:id')]).toEqual(['w:p', '7', 7]);
  });

  it('does not take an element of another namespace for one of its own', () => {
    expect(outline(read('<w:p xmlns:w="http://example.org/other">x</w:p>'))).toBe('[?:px]');
  });

  it('skips what of a child was not read', () => {
    const reader = read('<a><b><c>1</c><d/></b><e>2</e></a>');
    const seen: string[] = [];
    for (const root of reader.children()) {
      seen.push(root.name);
      for (const child of reader.children()) {
        seen.push(child.name);
        if (child.name === ':b') for (const _first of reader.children()) break;
      }
    }
    expect(seen).toEqual([':a', ':b', ':e']);
  });

  it('puts text together across slices, entities and sections', () => {
    const long = 'ä'.repeat(100_000);
    const [element] = [...read(`<a>${long}&amp;&#x41;<![CDATA[<b>]]></a>`).nodes()];
    expect(typeof element).toBe('object');
    const reader = read(`<a>${long}&amp;&#x41;<![CDATA[<b>]]></a>`);
    for (const _root of reader.children()) expect(reader.text()).toBe(`${long}&A<b>`);
  });

  // Billion laughs: a parser that expands what the document declares would need 3 GB here.
  it('expands no entity that the document declares, and fetches none', () => {
    const laughs = `<!DOCTYPE a [<!ENTITY l0 "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')}]>`;
    expect(outline(read(`${laughs}<a>&l9;</a>`))).not.toMatch(/haha/);
    const external = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
    expect(outline(read(`${external}<a>&x;</a>`))).not.toMatch(/root:/);
  });

  it.each([
    ['too deep', '<a>'.repeat(300)],
    ['too many', '<a/>'.repeat(1_001)],
    ['attributes without end', `<a ${Array.from({ length: 3_000 }, (_, i) => `b${i}="1"`).join(' ')}/>`],
    ['namespaces on every element', `<r>${'<a xmlns:q="urn:x"/>'.repeat(600)}</r>`],
  ])('refuses what is %s', (_what, xml) => {
    expect(() => outline(read(xml, 1_000))).toThrow(expect.objectContaining({ code: 'file/too-complex' }));
  });

  it('reads on where the markup is broken or ends', () => {
    expect(outline(read('<a><b>1</c><d>2'))).toBe('[:a[:b1[:d2]]]');
    expect(outline(read(''))).toBe('');
  });

  it.each([
    ['UTF-16 with a mark', Buffer.from('\ufeff<a>für</a>', 'utf16le')],
    ['UTF-16 without one', Buffer.from('<a>für</a>', 'utf16le')],
    ['a mark of UTF-8', Buffer.from('\ufeff<a>für</a>')],
    ['a declared encoding', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>für</a>', 'latin1')],
    ['an encoding that there is not', Buffer.from('<?xml version="1.0" encoding="x-none"?><a>für</a>')],
    ['a wrong UTF-16 declaration', Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>für</a>')],
  ])('decodes %s', (_what, bytes) => {
    expect(outline(read(bytes))).toContain('[:afür]');
    expect(decodeXml(bytes)).toContain('<a>für</a>');
  });
});
