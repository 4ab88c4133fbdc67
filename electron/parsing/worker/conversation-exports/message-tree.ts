import type { MessagePart } from '../../../shared/message.ts';
import type { ImportedMessage } from '../../protocol/export-protocol.ts';
import { charactersOf, messageCharacterLimit } from './message-size.ts';

/** What an entry says that belongs into the conversation. */
export type Said = Pick<ImportedMessage, 'role' | 'parts' | 'modelName'>;

/** One entry of an export's tree. */
export type Entry = {
  readonly key: string;
  readonly parentKey: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
  /** Null for what is no part of the conversation; what follows it then follows what is before it. */
  readonly said: Said | null;
};

/** Messages, parents first, and the key of the one that the shown branch ends with. */
export type MessageTree = { readonly messages: readonly ImportedMessage[]; readonly tipKey: string };

type Kept = Entry & { readonly said: Said };
type Growing = Omit<ImportedMessage, 'parts' | 'modelName'> & {
  readonly parts: MessagePart[];
  modelName: string | null;
  characters: number;
};

const isKept = (entry: Entry): entry is Kept => entry.said !== null;

/** For each entry the nearest one above it that is kept, and null at the top; null as a whole where parents go in circles. */
function findAncestors(entries: ReadonlyMap<string, Entry>): ReadonlyMap<string, string | null> | null {
  const found = new Map<string, string | null>();
  for (const start of entries.values()) {
    const path: Entry[] = [];
    const onPath = new Set<string>();
    let above: string | null = null;
    for (let entry: Entry | undefined = start; entry !== undefined;) {
      if (found.has(entry.key)) {
        above = entry.said === null ? (found.get(entry.key) ?? null) : entry.key;
        break;
      }
      if (onPath.has(entry.key)) return null;
      onPath.add(entry.key);
      path.push(entry);
      // A parent that is not there makes its child a beginning.
      entry = entry.parentKey === null ? undefined : entries.get(entry.parentKey);
    }
    for (const entry of path.reverse()) {
      found.set(entry.key, above);
      if (entry.said !== null) above = entry.key;
    }
  }
  return found;
}

/** Depth first, children in the order of the entries. */
function arrange(kept: readonly Kept[], ancestors: ReadonlyMap<string, string | null>) {
  const children = new Map<string | null, Kept[]>();
  for (const entry of kept) {
    const parent = ancestors.get(entry.key) ?? null;
    const siblings = children.get(parent) ?? [];
    siblings.push(entry);
    children.set(parent, siblings);
  }
  const ordered: { readonly entry: Kept; readonly hasSiblings: boolean }[] = [];
  const waiting = [...(children.get(null) ?? [])].reverse().map((entry) => ({ entry, hasSiblings: true }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    ordered.push(next);
    const below = children.get(next.entry.key) ?? [];
    for (const entry of [...below].reverse()) waiting.push({ entry, hasSiblings: below.length > 1 });
  }
  return ordered;
}

/**
 * Makes a tree of messages from a tree of entries, however deep. An answer that its program kept in several entries, one
 * after the other, becomes one message. Null where the parents go in circles; without messages where nothing is kept.
 */
export function buildMessageTree(entries: ReadonlyMap<string, Entry>, currentKey: string | null): MessageTree | null {
  const ancestors = findAncestors(entries);
  if (ancestors === null) return null;
  const messages = new Map<string, Growing>();
  /** Key of an entry to the key of the message that it is in. */
  const places = new Map<string, string>();
  for (const { entry, hasSiblings } of arrange([...entries.values()].filter(isKept), ancestors)) {
    const { key, said, createdAt } = entry;
    const above = ancestors.get(key) ?? null;
    const parent = above === null ? undefined : messages.get(places.get(above) ?? '');
    const characters = charactersOf(said.parts);
    const isGoingOn = parent?.role === 'assistant' && said.role === 'assistant' && !hasSiblings;
    if (isGoingOn && parent.characters + characters <= messageCharacterLimit) {
      parent.parts.push(...said.parts);
      parent.characters += characters;
      parent.modelName ??= said.modelName;
      places.set(key, parent.key);
      continue;
    }
    places.set(key, key);
    const rest = { status: 'complete', route: null, usage: null, error: null } as const;
    const at = createdAt ?? parent?.createdAt ?? null;
    messages.set(key, {
      ...said,
      ...rest,
      parts: [...said.parts],
      characters,
      key,
      parentKey: parent?.key ?? null,
      createdAt: at,
    });
  }
  const current = currentKey === null || !entries.has(currentKey) ? null : currentKey;
  const shown = current === null || places.has(current) ? current : (ancestors.get(current) ?? null);
  const last = [...messages.keys()].at(-1) ?? '';
  const built = Array.from(messages.values(), ({ characters: _size, ...message }) => message);
  return { messages: built, tipKey: (shown === null ? undefined : places.get(shown)) ?? last };
}
