import { useState } from 'react';
import { useSettled } from '../../lib/use-settled.ts';

const typingPauseMs = 250;

/** What is typed into the search field, and what is looked for once the typing pauses; empty for nothing. */
export function useTypedSearch() {
  const [text, setText] = useState('');
  const settled = useSettled(text, typingPauseMs).trim();
  return { text, setText, wanted: text.trim() === '' ? '' : settled };
}
