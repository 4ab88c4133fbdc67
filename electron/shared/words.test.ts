import { describe, expect, it } from 'vitest';
import { appErrorCodes } from './app-error.ts';
import deAccess from './locales/de/access.json' with { type: 'json' };
import deChat from './locales/de/chat.json' with { type: 'json' };
import deCloud from './locales/de/cloud.json' with { type: 'json' };
import deDesktop from './locales/de/desktop.json' with { type: 'json' };
import deError from './locales/de/error.json' with { type: 'json' };
import deMenu from './locales/de/menu.json' with { type: 'json' };
import deModels from './locales/de/models.json' with { type: 'json' };
import deQuickAsk from './locales/de/quick-ask.json' with { type: 'json' };
import deRemotes from './locales/de/remotes.json' with { type: 'json' };
import deTerminal from './locales/de/terminal.json' with { type: 'json' };
import deTransfer from './locales/de/transfer.json' with { type: 'json' };
import deWindow from './locales/de/window.json' with { type: 'json' };
import enAccess from './locales/en/access.json' with { type: 'json' };
import enChat from './locales/en/chat.json' with { type: 'json' };
import enCloud from './locales/en/cloud.json' with { type: 'json' };
import enDesktop from './locales/en/desktop.json' with { type: 'json' };
import enError from './locales/en/error.json' with { type: 'json' };
import enMenu from './locales/en/menu.json' with { type: 'json' };
import enModels from './locales/en/models.json' with { type: 'json' };
import enQuickAsk from './locales/en/quick-ask.json' with { type: 'json' };
import enRemotes from './locales/en/remotes.json' with { type: 'json' };
import enTerminal from './locales/en/terminal.json' with { type: 'json' };
import enTransfer from './locales/en/transfer.json' with { type: 'json' };
import enWindow from './locales/en/window.json' with { type: 'json' };
import { createWords, errorWords, formatBytes, spokenLanguage } from './words.ts';

type Sentences = ReadonlyMap<string, string>;

function sentencesOf(tree: unknown, path = ''): [string, string][] {
  if (typeof tree === 'string') return [[path, tree]];
  return Object.entries(tree as object).flatMap(([key, value]) =>
    sentencesOf(value, path === '' ? key : `${path}.${key}`),
  );
}

const catalogue = (...trees: readonly unknown[]): Sentences => new Map(trees.flatMap((tree) => sentencesOf(tree)));
/** A sentence may begin with the file in one language only, so `{{Name}}` counts as `{{name}}`. */
const placeholders = (sentence: string): string =>
  [...sentence.matchAll(/{{[^}]+}}/g)]
    .map(([name]) => name.toLowerCase())
    .sort()
    .join(' ');

const files = [
  ['window', enWindow, deWindow],
  ['access', enAccess, deAccess],
  ['chat', enChat, deChat],
  ['cloud', enCloud, deCloud],
  ['desktop', enDesktop, deDesktop],
  ['transfer', enTransfer, deTransfer],
  ['error', enError, deError],
  ['terminal', enTerminal, deTerminal],
  ['menu', enMenu, deMenu],
  ['models', enModels, deModels],
  ['quick-ask', enQuickAsk, deQuickAsk],
  ['remotes', enRemotes, deRemotes],
] as const;

describe('the catalogue', () => {
  it.each(files)('says in both languages what %s.json says in one', (_, english, german) => {
    expect([...catalogue(german).keys()].sort()).toEqual([...catalogue(english).keys()].sort());
  });

  it.each(files)('leaves no sentence of %s.json empty', (_, english, german) => {
    expect([...catalogue(english), ...catalogue(german)].filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it.each(files)('fills the same placeholders in both languages of %s.json', (_, english, german) => {
    // Catches the number that one language shows and the other leaves out.
    const used = (sentences: Sentences) =>
      Object.fromEntries([...sentences].map(([key, sentence]) => [key, placeholders(sentence)]));
    expect(used(catalogue(german))).toEqual(used(catalogue(english)));
  });

  it.each(files)('has both forms of every plural in %s.json', (_, english) => {
    const keys = [...catalogue(english).keys()];
    const singular = keys.filter((key) => key.endsWith('_one'));
    expect(singular.filter((key) => !keys.includes(key.replace(/_one$/, '_other')))).toEqual([]);
  });
});

describe('errorWords', () => {
  it.each(['en', 'de'] as const)('has a finished sentence for every code in %s', (language) => {
    const words = createWords(language);
    const unfinished = appErrorCodes
      .map((code) => [code, errorWords(words, { code, details: {} })] as const)
      .filter(
        ([code, sentence]) =>
          !/^[A-Z„“].{20,}[.!?]$/su.test(sentence) || sentence.includes('{{') || sentence.includes(code),
      );
    expect(unfinished).toEqual([]);
  });

  it('names the file and the limit that the error carries', () => {
    const sentence = errorWords(createWords('en'), {
      code: 'file/too-large',
      details: { name: 'notes.txt', limitBytes: 67_108_864 },
    });
    expect(sentence).toContain('“notes.txt” is larger');
    expect(sentence).toContain('67 MB');
  });

  it('has a word for the file when the error does not name it', () => {
    expect(errorWords(createWords('en'), { code: 'file/empty', details: {} })).toMatch(/^The file is empty/);
    expect(errorWords(createWords('de'), { code: 'file/empty', details: {} })).toMatch(/^Die Datei ist leer/);
  });

  it('shows a name as it is, not as a pattern', () => {
    // Catches a file name that the catalogue would take for a placeholder or for a reference to another key.
    const name = 'a $t(window:chat.new) {{limitBytes}} <b>.txt';
    const sentence = errorWords(createWords('en'), { code: 'file/empty', details: { name } });
    expect(sentence).toContain(name);
  });
});

describe('spokenLanguage', () => {
  it.each([
    ['de', [], 'de'],
    ['system', ['de-AT', 'en'], 'de'],
    ['system', ['fr-FR', 'en-GB'], 'en'],
    ['system', ['fr'], 'en'],
    ['system', ['de_DE.UTF-8'], 'de'],
  ] as const)('of %s and %j is %s', (chosen, system, spoken) => {
    expect(spokenLanguage(chosen, system)).toBe(spoken);
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1_500, '1.5 kB'],
    [98_000_000, '98 MB'],
    [2_497_000_000, '2.5 GB'],
  ])('writes %i as %s', (bytes, text) => {
    expect(formatBytes(bytes, 'en').replace('\u00a0', ' ')).toBe(text);
  });
});

describe('what is said about a file that is not read', () => {
  it.each([
    [{ name: 'scan.tif', format: 'TIFF' }, 'Save it as PNG or PDF and try again.'],
    [{ name: 'IMG_0042.HEIC' }, 'Save it as PNG or PDF and try again.'],
    [{ name: 'letter.doc', format: 'Microsoft Office 97' }, 'Save it as PDF or text and try again.'],
    [{}, 'Save it as PDF or text and try again.'],
  ])('names a next step that helps with %j', (details, step) => {
    // Catches the advice to save a picture as text, and a sentence with a hole.
    expect(errorWords(createWords('en'), { code: 'file/unsupported-format', details })).toContain(step);
    expect(errorWords(createWords('de'), { code: 'file/unsupported-format', details })).not.toContain('als  und');
  });
});
