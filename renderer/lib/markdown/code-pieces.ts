/** Longer code is shown without colours. */
export const colouredCodeLimit = 200_000;

const pieceLength = 4_000;
const pieceLimit = 8_000;
const topLevelLine = /\n\n(?=\S)/g;

function endOfPiece(text: string, start: number): number {
  const earliest = start + pieceLength;
  const latest = start + pieceLimit;
  topLevelLine.lastIndex = 0;
  const found = topLevelLine.exec(text.slice(earliest, latest));
  if (found !== null) return earliest + found.index + 2;
  const lineEnd = text.lastIndexOf('\n', latest - 1);
  return lineEnd > start ? lineEnd + 1 : latest;
}

/**
 * Code in pieces of a few thousand characters, cut before a line at the top level where there is one. Every cut depends
 * only on what comes before it, so the pieces of code that grows at its end stay the same but for the last.
 */
export function splitCode(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > pieceLimit) {
    const end = endOfPiece(text, start);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return [...pieces, text.slice(start)];
}

/**
 * How much of growing code is coloured: whole lines, and in steps that become longer with the code, so that colouring it
 * again and again does not cost more than writing it.
 */
export function colouredLength(text: string): number {
  const step = text.length < 256 ? 1 : 2 ** Math.floor(Math.log2(text.length / 8));
  return text.lastIndexOf('\n', text.length - (text.length % step) - 1) + 1;
}

const closingFence = /\n {0,3}(?:`{3,}|~{3,})[ \t]*\n*$/;

/** Whether a block of code has its end: a fence is closed, or none was opened. */
export function isCodeClosed(raw: string): boolean {
  return !/^ {0,3}(?:`{3}|~{3})/.test(raw) || closingFence.test(raw);
}

const extensions: Readonly<Record<string, string>> = {
  arduino: 'ino',
  bash: 'sh',
  c: 'c',
  cpp: 'cpp',
  'c++': 'cpp',
  csharp: 'cs',
  cs: 'cs',
  css: 'css',
  csv: 'csv',
  diff: 'diff',
  dockerfile: 'dockerfile',
  go: 'go',
  graphql: 'graphql',
  html: 'html',
  ini: 'ini',
  java: 'java',
  javascript: 'js',
  js: 'js',
  json: 'json',
  jsx: 'jsx',
  kotlin: 'kt',
  latex: 'tex',
  less: 'less',
  lua: 'lua',
  makefile: 'mk',
  markdown: 'md',
  md: 'md',
  objectivec: 'm',
  perl: 'pl',
  php: 'php',
  powershell: 'ps1',
  python: 'py',
  py: 'py',
  r: 'r',
  ruby: 'rb',
  rb: 'rb',
  rust: 'rs',
  rs: 'rs',
  scss: 'scss',
  sh: 'sh',
  shell: 'sh',
  sql: 'sql',
  swift: 'swift',
  tex: 'tex',
  toml: 'toml',
  ts: 'ts',
  tsx: 'tsx',
  typescript: 'ts',
  vbnet: 'vb',
  wasm: 'wat',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
  zsh: 'sh',
};

/** The ending of a file with code of this language; `txt` where none is known. */
export function codeFileExtension(language: string): string {
  const name = language.toLowerCase();
  return Object.hasOwn(extensions, name) ? (extensions[name] ?? 'txt') : 'txt';
}
