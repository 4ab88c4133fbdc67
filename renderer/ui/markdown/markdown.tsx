import { memo, useMemo, useState } from 'react';
import type { CitedPassage } from '../../../electron/shared/document.ts';
import { GrowingMarkdown } from '../../lib/markdown/growing-markdown.ts';
import type { MarkdownBlock } from '../../lib/markdown/growing-markdown.ts';
import { block } from './block.ts';
import { MarkdownActionsContext } from './markdown-actions.ts';
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
  before.content.linkCount === after.content.linkCount &&
  before.flaws === after.flaws &&
  before.citedMarks === after.citedMarks;

const Block = memo(function Block({ content, flaws, citedMarks }: BlockProps) {
  return block(content.token, readBlock(content.raw, content.start, flaws, citedMarks), 0);
}, isSameBlock);

type GroupProps = Omit<BlockProps, 'content'> & { readonly blocks: readonly MarkdownBlock[] };

/** Blocks that are done: while the list is the same one, React does not look at them again. */
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
  readonly onOpenPassage?: (mark: number) => void;
};

const nothing = (): void => undefined;

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
    onOpenPassage = nothing,
  } = props;
  const [growing] = useState(() => new GrowingMarkdown());
  const { done, open } = growing.update(text, isGrowing);
  const citedMarks = useMemo(() => new Set(passages.map(({ mark }) => mark)), [passages]);
  const actions = useMemo(() => ({ onOpenLink, onOpenPassage, passages }), [onOpenLink, onOpenPassage, passages]);
  return (
    <MarkdownActionsContext value={actions}>
      <div className={isGrowing ? 'prose is-growing' : 'prose'}>
        {done.map((blocks) => (
          <Group key={blocks[0]?.start} blocks={blocks} flaws={flaws} citedMarks={citedMarks} />
        ))}
        {open.map((content) => (
          <Block key={content.start} content={content} flaws={flaws} citedMarks={citedMarks} />
        ))}
      </div>
    </MarkdownActionsContext>
  );
}
