import { createContext } from 'react';

/**
 * What is being searched for. Words that a person looks for are as private as what they find, so they stay in memory
 * and out of the address, which a browser writes into its history.
 */
export type SearchWords = {
  readonly query: string;
  /** Changes when another search begins. */
  readonly turn: number;
  /** Keeps what is typed on the page, for the way back to it. */
  readonly remember: (query: string) => void;
};

export const SearchWordsContext = createContext<SearchWords>({ query: '', turn: 0, remember: () => undefined });
