import type { ChatTurn } from '../../inference/engine.ts';
import type { CapturedRequest, RemoteProvider, RemoteRequest } from '../../providers/remote-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import type { ShownReplacement } from '../../shared/cloud-preview.ts';
import type { Remote } from '../../shared/remote.ts';
import type { ConversationRedactor, RedactionService } from '../redaction/redaction-service.ts';

/** A remote that has a model. */
export type RemoteWithModel = Remote & { readonly modelName: string };

/** What is to be asked, with everything in it that may not leave. */
export type RequestSource = {
  readonly remote: RemoteWithModel;
  readonly turns: readonly ChatTurn[];
  readonly request: Omit<RemoteRequest, 'turns'>;
  /** Tokens that were left out before; an estimate. */
  readonly savedTokens: number;
  /** True where the turns say already what placeholders are. */
  readonly explainsPlaceholders: boolean;
};

/** A request as it would leave. */
export type PreparedRequest = {
  readonly source: RequestSource;
  readonly captured: CapturedRequest;
  readonly replacements: readonly ShownReplacement[];
};

/** What a request is prepared with. */
export type PreparingParts = {
  readonly provider: Pick<RemoteProvider, 'capture'>;
  readonly redaction: Pick<RedactionService, 'findLeaks'>;
  readonly redactor: ConversationRedactor;
  readonly ownWords: readonly string[];
};

/** Has no placeholder in it, which would count as one that the text spoke of itself. */
const explanation =
  'Words in capital letters with a number, in square brackets, stand for names, numbers and other private data. Write them in your answer exactly as they stand here, brackets included.';

function withSystemText(turns: readonly ChatTurn[], text: string): readonly ChatTurn[] {
  const [first, ...rest] = turns;
  if (first?.role !== 'system') return [{ role: 'system', text }, ...turns];
  return [{ role: 'system', text: `${first.text}\n\n${text}` }, ...rest];
}

/** A placeholder in a body of JSON, where nothing of it needs an escape. */
const placeholderInBody = /\[([A-Z_]+_\d+(?:_\d+)?)\]/gu;

/** Where the redactor's placeholders stand in a body. */
export function shownReplacements(
  body: string,
  redactor: Pick<ConversationRedactor, 'originalOf'>,
): readonly ShownReplacement[] {
  return [...body.matchAll(placeholderInBody)].flatMap(({ 0: placeholder, 1: name = '', index: start }) => {
    const original = redactor.originalOf(name);
    return original === null ? [] : [{ start, end: start + placeholder.length, placeholder, original }];
  });
}

/**
 * Puts placeholders in place of what may not leave and lets the provider write its request. Throws `cloud/leak` when an
 * original still stands in the bytes, and what `RemoteProvider.capture` throws.
 */
export async function prepareRequest(source: RequestSource, parts: PreparingParts): Promise<PreparedRequest> {
  const { provider, redaction, redactor, ownWords } = parts;
  const texts = source.turns.map(({ text }) => text);
  const what = { ownWords, keptKinds: [] };
  const redacted = redactor.redactAll(texts, what);
  const turns = source.turns.map(({ role }, index) => ({ role, text: redacted[index]?.text ?? '' }));
  const isExplained =
    source.explainsPlaceholders || redacted.every(({ replacements: { length: replacedCount } }) => replacedCount === 0);
  const captured = await provider.capture(source.remote, {
    ...source.request,
    // A word of it may be one that the person never wants to leave.
    turns: isExplained ? turns : withSystemText(turns, redactor.redact(explanation, what).text),
  });
  const leaks = redaction.findLeaks(captured.body, redactor);
  if (leaks.length > 0) {
    const details = { count: leaks.length, mayBeBilled: false };
    throw new AppError('cloud/leak', 'Something that was to be replaced is still in the request.', details);
  }
  const replacements = shownReplacements(captured.body, redactor);
  return { source, captured, replacements };
}

/**
 * The source behind a prepared request whose turns a person has changed. Throws `app/invalid-input` for an index that is
 * none. What the turns say of placeholders is the person's from now on.
 */
export function editedSource(
  { source, captured }: PreparedRequest,
  edits: readonly { readonly index: number; readonly text: string }[],
  restore: (text: string) => string,
): RequestSource {
  const shown = captured.request.turns;
  for (const { index } of edits) {
    if (index < shown.length) continue;
    throw new AppError('app/invalid-input', 'There is no such turn.', { field: 'index' });
  }
  const textAt = new Map(edits.map(({ index, text }) => [index, text]));
  const turns = shown.map(({ role, text }, index) => ({ role, text: restore(textAt.get(index) ?? text) }));
  const wasExplained = shown.some(({ role, text }) => role === 'system' && restore(text).includes(explanation));
  return { ...source, turns, explainsPlaceholders: source.explainsPlaceholders || wasExplained };
}
