import { describe, expect, it } from 'vitest';
import type { MessageOutline } from '../../../../electron/shared/conversation.ts';
import { createId, messageIdSchema } from '../../../../electron/shared/ids.ts';
import type { MessageId } from '../../../../electron/shared/ids.ts';
import { branchTree } from './branch-tree.ts';

let instant = 0;
const under = (parentId: MessageId | null): MessageOutline => {
  instant += 1;
  const role = instant % 2 === 0 ? 'assistant' : 'user';
  return { id: createId(messageIdSchema), parentId, role, preview: `${instant}`, createdAt: instant };
};

describe('branchTree', () => {
  const first = under(null);
  const one = under(first.id);
  const other = under(first.id);
  const behind = under(one.id);
  const tree = branchTree([first, one, other, behind]);

  it('joins what follows without a fork, and forks into children', () => {
    expect(tree.stretches.map(({ id, count, level, parentId }) => [id, count, level, parentId])).toEqual([
      [first.id, 1, 1, null],
      [one.id, 2, 2, first.id],
      [other.id, 1, 2, first.id],
    ]);
    expect(tree.stretchOf(behind.id)).toBe(one.id);
    expect(tree.hasChildren(one.id)).toBe(true);
    expect(tree.hasChildren(behind.id)).toBe(false);
  });

  it('finds the versions of a message, the oldest first, also of the first one', () => {
    expect(tree.siblingsOf(other.id)).toEqual([one.id, other.id]);
    const twin = under(null);
    expect(branchTree([first, twin]).siblingsOf(first.id)).toEqual([first.id, twin.id]);
    expect(tree.siblingsOf(createId(messageIdSchema))).toEqual([]);
  });

  it('leads to the newest end behind a fork', () => {
    expect(tree.stretches[0]?.tipId).toBe(behind.id);
  });

  it('takes a conversation that is deeper than the stack', () => {
    // Catches a recursion over twenty thousand messages.
    const deep: MessageOutline[] = [];
    for (let count = 0; count < 20_000; count += 1) deep.push(under(deep.at(-1)?.id ?? null));
    expect(branchTree(deep).stretches).toMatchObject([{ count: 20_000, tipId: deep.at(-1)?.id }]);
  });
});
