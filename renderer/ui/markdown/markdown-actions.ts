import { createContext } from 'react';
import type { CitedPassage } from '../../../electron/shared/document.ts';

/** What the reader can do with a text: open a link after a question, open a passage. */
export type MarkdownActions = {
  readonly onOpenLink: (address: string) => void;
  /** A link that stays words until the reader allows it. */
  readonly isHeldLink?: (address: string) => boolean;
  readonly onOpenPassage: (mark: number) => void;
  readonly passages: readonly CitedPassage[];
};

export const MarkdownActionsContext = createContext<MarkdownActions>({
  onOpenLink: () => undefined,
  onOpenPassage: () => undefined,
  passages: [],
});

/** Whether more of the text is to come. */
export const GrowingContext = createContext(false);
