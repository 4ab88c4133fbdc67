import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHtml } from './read-html.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/markup');
const read = (html: string) => readHtml(html, { characterLimit: 100_000 });

describe('readHtml', () => {
  it.each(['lease-pandoc.html', 'lease-libreoffice.html'])('reads what another program wrote: %s', (name) => {
    const { text, title, headings, tables, hiddenCharacters } = read(readFileSync(join(fixtures, name), 'utf8'));
    expect(title).toBe('A lease for the mill house');
    expect(headings.filter(({ title: words }) => words !== title)).toEqual(
      [
        [1, 'Parties'],
        [1, 'Rent'],
        [2, 'Late payment'],
      ].map(([level, words]) => ({ level, title: words, start: text.indexOf(`\n${words}\n`) + 1 })),
    );
    expect(tables.map(({ start, end, header }) => [text.slice(start, end), header])).toEqual([
      ['Month | Rent | Heating\nJanuary | 840 € | 120 €\nFebruary | 840 € | 95 €', 'Month | Rent | Heating'],
    ]);
    expect(text).toMatch(/1\. After ten days[^\n]*\n+2\. After thirty days/);
    expect(text).toMatch(/• Keys: two for the door, one for the cellar\n+• The garden is shared/);
    expect(hiddenCharacters).toBe(0);
  });

  it.each([
    ['not displayed', '<p style="display: none !important">evil</p>'],
    ['not displayed by a rule', '<style>.x, p.y { display:none }</style><p class="y">evil</p>'],
    ['not displayed by a rule below it', '<p class="x">evil</p><style>.x{display:none}</style>'],
    ['invisible', '<div style="visibility:hidden"><b>evil</b></div>'],
    ['transparent', '<span style="opacity:0">evil</span>'],
    ['tiny', '<span style="font-size:1px">evil</span>'],
    ['tiny inside tiny', '<div style="font-size:0.1em"><i style="font-size:50%">evil</i></div>'],
    ['white on white', '<font color="#FFFFFF">evil</font>'],
    ['nearly white on white', '<span style="color:rgb(250 250 250)">evil</span>'],
    ['black on black', '<td bgcolor="black"><span style="color:#000">evil</span></td>'],
    ['off the screen', '<div style="position:absolute;left:-9999px">evil</div>'],
    ['squeezed to nothing', '<div style="max-height:0;overflow:hidden">evil</div>'],
    ['hidden by its attribute', '<p hidden>evil</p>'],
  ])('keeps words apart that are %s', (_what, html) => {
    const { text, hiddenCharacters, hiddenSample } = read(`<body><p>good</p>${html}<p>day</p></body>`);
    expect([text, hiddenCharacters, hiddenSample]).toEqual(['good\n\nday', 4, 'evil']);
  });

  // Dropping what a person sees would be the worse mistake.
  it.each([
    ['white on a dark ground', '<div style="background:#123"><span style="color:white">seen</span></div>'],
    ['white on a picture', '<div style="background:url(a.png) #fff"><b style="color:#fff">seen</b></div>'],
    [
      'white on a ground that a rule we do not read may set',
      '<style>.a .b{background:navy}</style><b style="color:#fff">seen</b>',
    ],
    ['made visible again', '<div style="visibility:hidden"><b style="visibility:visible">seen</b></div>'],
    ['large inside small', '<div style="font-size:0"><span style="font-size:16px">seen</span></div>'],
    ['hidden from screen readers only', '<p aria-hidden="true">seen</p>'],
    ['shown by a rule for small windows', '<style>@media (max-width:9px){b{display:none}}</style><b>seen</b>'],
  ])('keeps words that are %s', (_what, html) => {
    expect(read(html)).toMatchObject({ text: 'seen', hiddenCharacters: 0 });
  });

  it('leaves scripts, styles and comments out, and reads a page whose head is never closed', () => {
    const html =
      '<head><title>A &amp; B</title><script>let a = "</p>";</script><!-- no --><p>One<br>two<p>three<script>x';
    expect(read(html)).toMatchObject({ text: 'One\ntwo\n\nthree', title: 'A & B' });
  });

  it('reads a table that only lays out a page as blocks', () => {
    const html =
      '<table><tr><td><h2>Left</h2><p>one</p></td><td><table><tr><th>a<th>b<tr><td>1<td>2</table></td></tr></table>';
    const { text, tables, headings } = read(html);
    expect(text).toBe('Left\n\none\na | b\n1 | 2');
    expect(tables).toEqual([{ start: 10, end: 21, header: 'a | b' }]);
    expect(headings).toEqual([{ level: 2, title: 'Left', start: 0 }]);
  });

  it('keeps columns apart where a cell goes over several, and tames bars inside cells', () => {
    const html = '<table><tr><td colspan=2>x|y</td><td>z</td></tr><tr><td>1<td>2<td>3</table>';
    expect(read(html).text).toBe('x¦y |  | z\n1 | 2 | 3');
  });

  it('keeps lines of preformatted text, also around entities', () => {
    expect(read('<pre>if a &lt; b\n    go  on\n\nend</pre>').text).toBe('if a < b\n    go  on\n\nend');
  });

  it('reads XHTML, where an empty element may end itself', () => {
    const html = '<html><head><title/><script src="a"/></head><body><p>a<a id="x"/>b</p></body></html>';
    expect(readHtml(html, { characterLimit: 100, isXml: true }).text).toBe('ab');
  });

  it('stops at its limit and says so, and refuses a nest without end', () => {
    expect(readHtml(`<p>${'word '.repeat(100)}`, { characterLimit: 50 }).isCut).toBe(true);
    expect(() => read('<div>'.repeat(20_000))).toThrow(expect.objectContaining({ code: 'file/too-complex' }));
  });
});
