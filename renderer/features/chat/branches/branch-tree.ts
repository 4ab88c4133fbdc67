import type { MessageOutline } from '../../../../electron/shared/conversation.ts';
import type { MessageId } from '../../../../electron/shared/ids.ts';

/** Messages that follow one another without a fork; what forks behind them are its children. */
export type Stretch = {
  readonly id: MessageId;
  readonly first: MessageOutline;
  readonly last: MessageOutline;
  readonly count: number;
  readonly level: number;
  readonly parentId: MessageId | null;
  readonly children: readonly MessageId[];
  /** The newest end behind it. */
  readonly tipId: MessageId;
};

export type BranchTree = {
  /** Depth first, in the order of a tree that is open. */
  readonly stretches: readonly Stretch[];
  /** All answers to one question, or all wordings of one question, the oldest first. */
  siblingsOf(id: MessageId): readonly MessageId[];
  /** False for the end of a branch, and for a message that is not in the tree yet. */
  hasChildren(id: MessageId): boolean;
  /** The stretch that a message is part of. */
  stretchOf(id: MessageId): MessageId | null;
};

type Children = ReadonlyMap<MessageId | null, readonly MessageOutline[]>;

function childrenOf(outline: readonly MessageOutline[]): Children {
  const children = new Map<MessageId | null, MessageOutline[]>();
  for (const message of outline) {
    const known = children.get(message.parentId);
    if (known === undefined) children.set(message.parentId, [message]);
    else known.push(message);
  }
  return children;
}

/** The newest leaf behind each message; the outline is the oldest first, so a child always comes after its parent. */
function tipsOf(outline: readonly MessageOutline[]): ReadonlyMap<MessageId, MessageOutline> {
  const tips = new Map<MessageId, MessageOutline>();
  for (const message of outline.toReversed()) {
    const tip = tips.get(message.id) ?? message;
    tips.set(message.id, tip);
    if (message.parentId === null) continue;
    const known = tips.get(message.parentId);
    if (known === undefined || known.createdAt < tip.createdAt) tips.set(message.parentId, tip);
  }
  return tips;
}

/** The forks of a conversation. Written without recursion: a conversation may be deeper than the stack. */
export function branchTree(outline: readonly MessageOutline[]): BranchTree {
  const children = childrenOf(outline);
  const tips = tipsOf(outline);
  const stretches: Stretch[] = [];
  const stretchIds = new Map<MessageId, MessageId>();
  const open: { first: MessageOutline; level: number; parentId: MessageId | null }[] = [];
  const push = (messages: readonly MessageOutline[], level: number, parentId: MessageId | null): void => {
    for (const first of messages.toReversed()) open.push({ first, level, parentId });
  };
  push(children.get(null) ?? [], 1, null);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { first, level, parentId } = next;
    let last = first;
    let count = 1;
    stretchIds.set(first.id, first.id);
    let behind = children.get(first.id) ?? [];
    for (let only = behind[0]; behind.length === 1 && only !== undefined; only = behind[0]) {
      last = only;
      count += 1;
      stretchIds.set(last.id, first.id);
      behind = children.get(last.id) ?? [];
    }
    const tipId = tips.get(last.id)?.id ?? last.id;
    const ids = behind.map(({ id }) => id);
    stretches.push({ id: first.id, first, last, count, level, parentId, children: ids, tipId });
    push(behind, level + 1, first.id);
  }
  const parents = new Map(outline.map(({ id, parentId }) => [id, parentId]));
  return {
    stretches,
    siblingsOf: (id) => {
      const parentId = parents.get(id);
      return parentId === undefined ? [] : (children.get(parentId) ?? []).map((sibling) => sibling.id);
    },
    hasChildren: (id) => children.has(id),
    stretchOf: (id) => stretchIds.get(id) ?? null,
  };
}
