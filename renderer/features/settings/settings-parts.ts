import type { ReactNode } from 'react';

/** What other parts of the window bring to this page. */
export type SettingsParts = {
  readonly keeping: ReactNode;
  readonly updates: ReactNode;
  readonly erase: ReactNode;
  /** Large models elsewhere. */
  readonly remotes: ReactNode;
  /** The step that lets them be reached. */
  readonly cloudWay: ReactNode;
  readonly presets: ReactNode;
  readonly shortcuts: ReactNode;
  readonly exportAll: ReactNode;
  readonly importChats: ReactNode;
};
