import type { PasteOutcome, TakenText } from '../../shared/desktop.ts';
import type { Clock } from '../clock.ts';
import type { Command } from '../open-external.ts';
import { selectionSource, type FrontAppSystem } from './front-app-reach.ts';
import { keyCommand, type KeyAction } from './key-command.ts';
import { readTakenText } from './read-taken-text.ts';
import type { KeysOutcome } from './send-keys.ts';

/** Time for the system to bring the app before to the front, in milliseconds. */
const focusDelayMs = 150;
/** The copied text is looked for this often; slow apps answer a keystroke after some hundred milliseconds. */
const copyLooks = 30;
const copyLookDelayMs = 25;
/** An app that owns the clipboard and hangs must not take this one with it. */
const clipboardTimeoutMs = 2_000;

/** The clipboard as the app in front and this one share it. */
export interface FrontClipboard {
  readText(): Promise<string>;
  /** What is selected in any window of X11; the empty string elsewhere. */
  readSelection(): Promise<string>;
  writeText(text: string): Promise<void>;
  clear(): void;
  /** Remembers what it holds; the returned function puts that back. */
  keep(): Promise<() => Promise<void>>;
}

/** What the app in front is reached by. */
export type FrontAppParts = {
  readonly system: FrontAppSystem;
  readonly clock: Clock;
  readonly clipboard: FrontClipboard;
  readonly sendKeys: (command: Command) => Promise<KeysOutcome>;
  /** Whether keys may be pressed in other apps; asks the person where the system has such a question. */
  readonly asksForKeys: () => boolean;
  /** Hides quick-ask, so that the app before it has the keys. */
  readonly stepAside: () => void;
  /** Shows quick-ask again as it was. */
  readonly comeBack: () => void;
};

/** Reads from and writes into the app in front. */
export interface FrontAppAccess {
  takeText(from: 'selection' | 'clipboard'): Promise<TakenText>;
  paste(text: string): Promise<PasteOutcome>;
}

/** One thing at a time: a second wish waits for the first, because both use the one clipboard. */
export function createFrontApp(parts: FrontAppParts): FrontAppAccess {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }
  return {
    takeText: (from) => inTurn(async () => await takeText(parts, from)),
    paste: (text) => inTurn(async () => await paste(parts, text)),
  };
}

async function takeText(parts: FrontAppParts, from: 'selection' | 'clipboard'): Promise<TakenText> {
  const { clipboard, clock, system } = parts;
  const source = from === 'clipboard' ? 'clipboard' : selectionSource(system);
  try {
    switch (source) {
      case 'clipboard':
        return readTakenText('clipboard', await withinLimit(clock, clipboard.readText()));
      case 'primary-selection':
        return readTakenText('selection', await withinLimit(clock, clipboard.readSelection()));
      case 'copy-keys':
        return await takeByCopying(parts);
      default:
        return { status: 'unavailable' };
    }
  } catch {
    // A clipboard that cannot be read is an answer too; what it holds is not for the log.
    return { status: 'unavailable' };
  }
}

async function takeByCopying(parts: FrontAppParts): Promise<TakenText> {
  const { clipboard, clock } = parts;
  if (!parts.asksForKeys()) return { status: 'refused' };
  const putBack = await withinLimit(clock, clipboard.keep());
  // Emptied first, so that what is found afterwards was copied just now.
  clipboard.clear();
  try {
    const outcome = await pressKeys(parts, 'copy');
    if (outcome !== 'sent') return { status: outcome === 'refused' ? 'refused' : 'unavailable' };
    for (let look = 0; look < copyLooks; look += 1) {
      const text = await withinLimit(clock, clipboard.readText());
      if (text !== '') return readTakenText('selection', text);
      await clock.delay(copyLookDelayMs);
    }
    return { status: 'empty' };
  } finally {
    await putBack().catch(() => undefined);
    parts.comeBack();
  }
}

async function paste(parts: FrontAppParts, text: string): Promise<PasteOutcome> {
  try {
    await withinLimit(parts.clock, parts.clipboard.writeText(text));
  } catch {
    return 'failed';
  }
  if (keyCommand('paste', parts.system) === null || !parts.asksForKeys()) return 'copied';
  if ((await pressKeys(parts, 'paste')) === 'sent') return 'pasted';
  // Back in sight, because what became of it has to be read somewhere.
  parts.comeBack();
  return 'copied';
}

async function pressKeys(parts: FrontAppParts, action: KeyAction): Promise<KeysOutcome> {
  const command = keyCommand(action, parts.system);
  if (command === null) return 'failed';
  parts.stepAside();
  await parts.clock.delay(focusDelayMs);
  return await parts.sendKeys(command);
}

async function withinLimit<Value>(clock: Clock, value: Promise<Value>): Promise<Value> {
  const done = new AbortController();
  const late = clock.delay(clipboardTimeoutMs, done.signal).then(() => {
    throw new Error('The clipboard does not answer');
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    late.catch(() => undefined);
    done.abort();
  }
}
