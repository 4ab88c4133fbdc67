import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { CitedPassage } from '../../../electron/shared/document.ts';
import { GrowingMarkdown } from '../../lib/markdown/growing-markdown.ts';
import type { MarkdownBlock } from '../../lib/markdown/growing-markdown.ts';
import { block } from './block.ts';
import { GrowingContext, MarkdownActionsContext } from './markdown-actions.ts';
import { readBlock } from './sentence-flaws.ts';
import type { Flaw } from './sentence-flaws.ts';

const noFlaws: readonly Flaw[] = [];
const noPassages: readonly CitedPassage[] = [];

type BlockProps = {
  readonly content: MarkdownBlock;
  readonly flaws: readonly Flaw[];
  readonly citedMarks: ReadonlySet<number>;
};

const isSameBlock = (before: BlockProps, after: BlockProps): boolean =>
  before.content.raw === after.content.raw &&
  before.content.token.type === after.content.token.type &&
  before.content.definitions === after.content.definitions &&
  before.flaws === after.flaws &&
  before.citedMarks === after.citedMarks;

const Block = memo(function Block({ content, flaws, citedMarks }: BlockProps) {
  return block(content.token, readBlock(content, flaws, citedMarks), 0);
}, isSameBlock);

type GroupProps = Omit<BlockProps, 'content'> & { readonly blocks: readonly MarkdownBlock[] };

/** Some blocks of the text: while the list is the same one, React does not look at them again. */
const Group = memo(function Group({ blocks, flaws, citedMarks }: GroupProps) {
  return blocks.map((content) => <Block key={content.start} content={content} flaws={flaws} citedMarks={citedMarks} />);
});

type MarkdownProps = {
  readonly text: string;
  /** True while more of the text is to come. */
  readonly isGrowing?: boolean;
  readonly flaws?: readonly Flaw[];
  readonly passages?: readonly CitedPassage[];
  readonly onOpenLink: (address: string) => void;
  /** A link for which it is true stays words. */
  readonly isHeldLink?: (address: string) => boolean;
  readonly onOpenPassage?: (mark: number) => void;
};

const nothing = (): void => undefined;

/**
 * Marks the place where the next words will come. A rule that looked for it by what is around it would be tried on every
 * block of a long answer at the moment when it ends.
 */
function useCaret(root: RefObject<HTMLElement | null>, isGrowing: boolean): void {
  useLayoutEffect(() => {
    if (!isGrowing) return undefined;
    const last = root.current?.lastElementChild ?? null;
    const place = last?.matches('ul, ol') === true ? last.lastElementChild : last;
    if (place === null || !place.matches('p, li')) return undefined;
    place.classList.add('caret');
    return () => place.classList.remove('caret');
  });
}

/**
 * Markdown as React elements from an allow-list. While the text grows, each new piece costs what its last blocks cost,
 * however long the text is.
 */
export function Markdown(props: MarkdownProps) {
  const {
    text,
    isGrowing = false,
    flaws = noFlaws,
    passages = noPassages,
    onOpenLink,
    isHeldLink,
    onOpenPassage = nothing,
  } = props;
  const [growing] = useState(() => new GrowingMarkdown());
  const root = useRef<HTMLDivElement>(null);
  useCaret(root, isGrowing);
  const groups = growing.update(text, isGrowing);
  const citedMarks = useMemo(() => new Set(passages.map(({ mark }) => mark)), [passages]);
  const actions = useMemo(
    () => ({ onOpenLink, onOpenPassage, passages, ...(isHeldLink === undefined ? {} : { isHeldLink }) }),
    [onOpenLink, onOpenPassage, passages, isHeldLink],
  );
  return (
    <MarkdownActionsContext value={actions}>
      <GrowingContext value={isGrowing}>
        <div ref={root} className="prose">
          {groups.map((blocks, index) => (
            // A group is what lies at its place in the text.
            // oxlint-disable-next-line react/no-array-index-key
            <Group key={index} blocks={blocks} flaws={flaws} citedMarks={citedMarks} />
          ))}
        </div>
      </GrowingContext>
    </MarkdownActionsContext>
  );
}
