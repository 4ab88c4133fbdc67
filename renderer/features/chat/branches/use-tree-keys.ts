import { useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { MessageId } from '../../../../electron/shared/ids.ts';
import type { BranchTree, Stretch } from './branch-tree.ts';

/** Leaves out what lies behind a folded stretch. */
function unfolded(stretches: readonly Stretch[], folded: ReadonlySet<MessageId>): readonly Stretch[] {
  const hidden = new Set<MessageId>();
  return stretches.filter(({ id, parentId }) => {
    const isHidden = parentId !== null && (hidden.has(parentId) || folded.has(parentId));
    if (isHidden) hidden.add(id);
    return !isHidden;
  });
}

type TreeKeys = {
  readonly visible: readonly Stretch[];
  readonly active: Stretch | undefined;
  readonly folded: ReadonlySet<MessageId>;
  readonly activate: (id: MessageId) => void;
  readonly toggle: (id: MessageId) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
};

/** The keys of a tree: up and down, left folds or goes to the parent, right opens or goes in, Home and End. */
export function useTreeKeys({ stretches }: BranchTree, initialId: MessageId | null): TreeKeys {
  const [folded, setFolded] = useState<ReadonlySet<MessageId>>(() => new Set());
  const [activeId, setActiveId] = useState(initialId);
  const tree = useRef<HTMLElement | null>(null);
  const visible = useMemo(() => unfolded(stretches, folded), [stretches, folded]);
  const active = visible.find(({ id }) => id === activeId) ?? visible[0];
  const toggle = (id: MessageId): void =>
    setFolded((last) => {
      const next = new Set(last);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const goTo = (stretch: Stretch | undefined): void => {
    if (stretch === undefined) return;
    setActiveId(stretch.id);
    tree.current?.querySelector<HTMLElement>(`[data-stretch="${stretch.id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (active === undefined) return;
    tree.current = event.currentTarget;
    const index = visible.indexOf(active);
    const isOpen = active.children.length > 0 && !folded.has(active.id);
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => goTo(visible[index + 1]),
      ArrowUp: () => goTo(visible[index - 1]),
      Home: () => goTo(visible[0]),
      End: () => goTo(visible.at(-1)),
      ArrowLeft: () => (isOpen ? toggle(active.id) : goTo(visible.find(({ id }) => id === active.parentId))),
      ArrowRight: () =>
        isOpen ? goTo(visible[index + 1]) : active.children.length > 0 ? toggle(active.id) : undefined,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  };
  return { visible, active, folded, activate: setActiveId, toggle, onKeyDown };
}
