import type { XmlReader } from '../archive/xml-reader.ts';
import type { OfficePackage } from './office-package.ts';
import { formatCounter } from '../archive/format-counter.ts';

/** One level of a list: what its number counts in, and the text around it, such as `%1.%2)`. */
type NumberingLevel = { readonly start: number; readonly format: string; readonly text: string };

type NumberingList = {
  /** Lists with the same key count on together. */
  readonly key: string;
  readonly levels: ReadonlyMap<number, NumberingLevel>;
};

/** Lists and levels that are read; Word writes a few hundred. */
const listLimit = 20_000;

const defaultLevel: NumberingLevel = { start: 1, format: 'decimal', text: '%1.' };

function readLevel(reader: XmlReader): NumberingLevel {
  let level = { ...defaultLevel, text: '' };
  for (const element of reader.children()) {
    if (element.name === 'w:start') level = { ...level, start: element.integer('w:val') ?? 1 };
    else if (element.name === 'w:numFmt') level = { ...level, format: element.get('w:val') ?? 'decimal' };
    else if (element.name === 'w:lvlText') level = { ...level, text: (element.get('w:val') ?? '').slice(0, 60) };
  }
  return level;
}

function readLevels(reader: XmlReader): Map<number, NumberingLevel> {
  const levels = new Map<number, NumberingLevel>();
  for (const element of reader.children()) {
    const index = element.integer('w:ilvl') ?? 0;
    if (element.name === 'w:lvl' && index >= 0 && index < 9) levels.set(index, readLevel(reader));
  }
  return levels;
}

type Instance = { readonly abstractId: string; readonly overrides: ReadonlyMap<number, NumberingLevel | number> };

function readInstance(reader: XmlReader): Instance {
  let abstractId = '';
  const overrides = new Map<number, NumberingLevel | number>();
  for (const element of reader.children()) {
    if (element.name === 'w:abstractNumId') abstractId = element.get('w:val') ?? '';
    if (element.name !== 'w:lvlOverride') continue;
    const index = element.integer('w:ilvl') ?? 0;
    for (const override of reader.children()) {
      if (override.name === 'w:startOverride') overrides.set(index, override.integer('w:val') ?? 1);
      else if (override.name === 'w:lvl') overrides.set(index, readLevel(reader));
    }
  }
  return { abstractId, overrides };
}

function resolveList(id: string, instance: Instance, levels: ReadonlyMap<number, NumberingLevel>): NumberingList {
  const { abstractId, overrides } = instance;
  if (overrides.size === 0) return { key: abstractId, levels };
  const merged = new Map(levels);
  for (const [index, override] of overrides) {
    const base = merged.get(index) ?? defaultLevel;
    merged.set(index, typeof override === 'number' ? { ...base, start: override } : override);
  }
  return { key: `${abstractId}/${id}`, levels: merged };
}

/** The lists of a Word document and where their counting stands. */
export class Numbering {
  readonly #lists: ReadonlyMap<string, NumberingList>;
  readonly #counters = new Map<string, number[]>();

  constructor(lists: ReadonlyMap<string, NumberingList> = new Map()) {
    this.#lists = lists;
  }

  /** Counts on, and returns what stands in front of the paragraph: `1.2)`, `•`, or nothing. */
  next(listId: string, levelIndex: number): string {
    const list = this.#lists.get(listId);
    if (!list) return '';
    const level = list.levels.get(levelIndex) ?? defaultLevel;
    const counters = this.#counters.get(list.key) ?? [];
    this.#counters.set(list.key, counters);
    counters.length = Math.min(counters.length, levelIndex + 1);
    for (let index = 0; index <= levelIndex; index += 1) {
      counters[index] ??= (list.levels.get(index)?.start ?? 1) - (index === levelIndex ? 1 : 0);
    }
    counters[levelIndex] = (counters[levelIndex] ?? 0) + 1;
    if (level.format === 'bullet') return '•';
    if (level.format === 'none') return '';
    return level.text.replaceAll(/%([1-9])/g, (_match, digit: string) => {
      const index = Number(digit) - 1;
      return formatCounter(counters[index] ?? 1, list.levels.get(index)?.format ?? 'decimal');
    });
  }
}

/** Reads the part that says how lists are numbered. */
export async function readNumbering(office: OfficePackage, path: string | null): Promise<Numbering> {
  const reader = await office.open(path);
  const abstracts = new Map<string, Map<number, NumberingLevel>>();
  const instances = new Map<string, Instance>();
  for (const root of reader?.children() ?? []) {
    if (root.name !== 'w:numbering' || !reader) continue;
    for (const element of reader.children()) {
      if (abstracts.size + instances.size > listLimit) break;
      if (element.name === 'w:abstractNum') abstracts.set(element.get('w:abstractNumId') ?? '', readLevels(reader));
      else if (element.name === 'w:num') instances.set(element.get('w:numId') ?? '', readInstance(reader));
    }
  }
  const lists = new Map<string, NumberingList>();
  for (const [id, instance] of instances) {
    lists.set(id, resolveList(id, instance, abstracts.get(instance.abstractId) ?? new Map()));
  }
  return new Numbering(lists);
}
