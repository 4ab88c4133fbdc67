import { AppError } from '../../../shared/app-error.ts';
import { exportEventCharacters } from '../../protocol/export-protocol.ts';
import type { ExportEvent, ExportStep } from '../../protocol/export-protocol.ts';
import type { FileLocation } from '../../protocol/file-source.ts';
import type { Converted } from './converted.ts';
import type { ExportLimits } from './export-limits.ts';
import { findConversations } from './find-conversations.ts';
import type { Reading } from './find-conversations.ts';
import { openExportFile } from './open-export-file.ts';
import type { ExportText } from './open-export-file.ts';

/** Steps on their way, in events of a bearable size. */
class StepBatch {
  #steps: ExportStep[] = [];
  #characters = 0;

  *add(step: ExportStep, characters: number): Generator<ExportEvent, void, void> {
    this.#steps.push(step);
    this.#characters += characters;
    if (this.#characters >= exportEventCharacters) yield* this.flush();
  }

  *flush(): Generator<ExportEvent, void, void> {
    if (this.#steps.length === 0) return;
    yield { type: 'export-steps', steps: this.#steps };
    this.#steps = [];
    this.#characters = 0;
  }
}

/** More of a title is not shown. */
const titleCharacters = 500;

/** Beside its text, about what a message weighs. */
const messageCharacters = 200;

function* stepsOf({ conversation, messages, leftOut, title }: Converted): Generator<[ExportStep, number], void, void> {
  if (conversation !== null) {
    yield [{ step: 'conversation-start', conversation }, messageCharacters];
    for (const message of messages) {
      const text = message.parts.reduce(
        (sum, part) => sum + ('text' in part ? part.text.length : messageCharacters),
        0,
      );
      yield [{ step: 'messages', messages: [message] }, text + messageCharacters];
    }
  }
  for (const { reason, count } of leftOut)
    yield [{ step: 'left-out', reason, count, title: title.slice(0, titleCharacters) }, messageCharacters];
  if (conversation !== null) yield [{ step: 'conversation-end' }, 0];
}

/** Reads everything once without keeping it; the texts that hold conversations. */
async function* check(reading: Reading, wanted: Set<ExportText>): AsyncGenerator<ExportEvent, void, void> {
  let isTooLarge = false;
  for await (const { text, ...found } of findConversations(reading, () => true)) {
    if (found.kind === 'progress') yield { type: 'export-progress' };
    else if (found.kind === 'broken') isTooLarge ||= found.reason === 'too-large';
    else wanted.add(text);
  }
  if (wanted.size > 0) return;
  const { name } = reading;
  if (isTooLarge) throw new AppError('transfer/too-large', 'A conversation is larger than the limit.', { name });
  throw new AppError('transfer/unknown-format', 'The file holds no conversations.', { name });
}

async function* tell(reading: Reading, wanted: ReadonlySet<ExportText>): AsyncGenerator<ExportEvent, void, void> {
  const batch = new StepBatch();
  let told: string | null = null;
  const archive = reading.file.isArchive;
  for await (const { text, ...found } of findConversations(reading, (one) => archive || wanted.has(one))) {
    switch (found.kind) {
      case 'progress':
        yield { type: 'export-progress' };
        break;
      case 'header':
        told = 'sotto';
        yield* batch.add({ step: 'source', source: 'sotto' }, 0);
        break;
      case 'broken':
        // A file of an archive that is no export at all is none of its broken conversations.
        if (wanted.has(text) || /\.conversation\.json$|messages\.jsonl$/i.test(text.path)) {
          const { reason, title } = found;
          yield* batch.add({ step: 'left-out', reason, count: 1, title }, messageCharacters);
        }
        break;
      case 'conversation': {
        const { source } = found.recognised;
        if (source !== told) yield* batch.add({ step: 'source', source }, 0);
        told = source;
        for (const [step, characters] of stepsOf(found.recognised.convert())) yield* batch.add(step, characters);
      }
    }
  }
  yield* batch.flush();
}

/**
 * Reads one export and yields what the parent is told of it, `export-end` last. The file is read twice: what is damaged at
 * its end must be known before anything of its beginning is told. Throws AppError `file/*`, `transfer/*`.
 */
export async function* readExport(
  location: FileLocation,
  limits: ExportLimits,
): AsyncGenerator<ExportEvent, void, void> {
  const file = await openExportFile(location, limits);
  try {
    const reading: Reading = { file, name: location.name, limits };
    const wanted = new Set<ExportText>();
    yield* check(reading, wanted);
    yield* tell(reading, wanted);
    yield { type: 'export-end' };
  } finally {
    await file.close();
  }
}
