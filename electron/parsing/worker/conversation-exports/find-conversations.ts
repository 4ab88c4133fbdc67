import { basename, dirname } from 'node:path/posix';
import { AppError } from '../../../shared/app-error.ts';
import { convertJan } from './convert-jan.ts';
import type { ExportLimits } from './export-limits.ts';
import { JsonTextError } from './json-splitter.ts';
import type { ExportFile, ExportText } from './open-export-file.ts';
import { fieldsOf, textOf } from './read-field.ts';
import type { Fields } from './read-field.ts';
import { readJsonLines, readJsonText } from './read-text.ts';
import type { Found, Meter } from './read-text.ts';

/** What reading one export is about. */
export type Reading = { readonly file: ExportFile; readonly name: string; readonly limits: ExportLimits };

/** A text whose loss is the loss of one conversation and no more. */
const isOneConversation = (path: string): boolean =>
  /\.conversation\.json$/i.test(path) || ['thread.json', 'messages.jsonl'].includes(basename(path));

const isList = (path: string): boolean => /^conversations(-\d+)?\.json$/i.test(basename(path));

function createMeter({ name, limits: { totalBytes } }: Reading): Meter {
  let sum = 0;
  return {
    add: (bytes) => {
      sum += bytes;
      if (sum > totalBytes) {
        throw new AppError('transfer/too-large', 'The export is larger than the limit.', {
          name,
          limitBytes: totalBytes,
        });
      }
    },
  };
}

const damaged = (name: string, cause: unknown): AppError =>
  new AppError('transfer/damaged', 'The export breaks off or is damaged.', { name }, { cause });

/** What a text that is no JSON means, by where it is and what was found in it before. Throws, or says what is left out. */
function judge(error: unknown, text: ExportText, isFound: boolean, { file, name }: Reading): readonly Found[] {
  if (!(error instanceof JsonTextError)) throw error;
  if (!file.isArchive) {
    if (isFound || error.isEnd) throw damaged(name, error);
    throw new AppError('transfer/unknown-format', 'The file is not JSON.', { name }, { cause: error });
  }
  if (isFound || isList(text.path)) throw damaged(name, error);
  if (!isOneConversation(text.path)) return [];
  return [{ kind: 'broken', reason: 'broken-conversation', title: basename(text.path) }];
}

async function readThread(text: ExportText | undefined, meter: Meter): Promise<Fields> {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  for await (const chunk of text?.chunks() ?? []) {
    meter.add(chunk.length);
    if (lines.length < 64) lines.push(decoder.decode(chunk, { stream: true }));
  }
  try {
    return fieldsOf(JSON.parse(lines.join(''))) ?? {};
  } catch {
    // Its messages are what matters.
    return {};
  }
}

async function* findThread(
  messages: ExportText,
  thread: ExportText | undefined,
  reading: Reading,
  meter: Meter,
): AsyncGenerator<Found, void, void> {
  const about = await readThread(thread, meter);
  const lines = await readJsonLines(messages, reading.limits, meter);
  if (lines === null) {
    yield { kind: 'broken', reason: 'too-large', title: textOf(about['title']) };
    return;
  }
  const isJan = lines.some((line) => fieldsOf(line)?.['object'] === 'thread.message');
  if (!isJan && Object.keys(about).length === 0) return;
  const folder = reading.file.isArchive ? basename(dirname(messages.path)) : '';
  const recognised = {
    source: 'jan',
    convert: () => convertJan({ thread: about, messages: lines, folder }),
  } as const;
  yield { kind: 'conversation', recognised };
}

/** Everything that looks like a conversation, in the order of the file. Throws AppError `file/*`, `transfer/*`. */
export async function* findConversations(
  reading: Reading,
  isWanted: (text: ExportText) => boolean,
): AsyncGenerator<Found & { readonly text: ExportText }, void, void> {
  const { file, limits } = reading;
  const meter = createMeter(reading);
  const byPath = new Map(file.texts.map((text) => [text.path, text]));
  const beside = (path: string, name: string): ExportText | undefined => byPath.get(path.replace(/[^/]*$/, name));
  for (const text of file.texts) {
    if (!isWanted(text)) continue;
    const isLines = /\.jsonl$/i.test(text.path);
    // Read together with its messages.
    if (basename(text.path) === 'thread.json' && beside(text.path, 'messages.jsonl') !== undefined) continue;
    const thread = file.isArchive ? beside(text.path, 'thread.json') : undefined;
    const found = isLines ? findThread(text, thread, reading, meter) : readJsonText(text, limits, meter);
    let isFound = false;
    try {
      for await (const item of found) {
        isFound ||= item.kind === 'conversation' || item.kind === 'header';
        yield { ...item, text };
      }
    } catch (error) {
      for (const item of judge(error, text, isFound, reading)) yield { ...item, text };
    }
  }
}
