import { useGo } from './destination.ts';
import { useDraftStore } from './drafts.ts';

/** Puts a text into the field of a new chat and shows it; nothing is sent. What a person has begun to write there stays. */
export function usePrefill(): (text: string) => void {
  const go = useGo();
  const drafts = useDraftStore();
  return (text) => {
    const begun = drafts.view('new-chat').text;
    // What is there already is not put there twice.
    if (begun !== text) drafts.change('new-chat', { text: begun === '' ? text : `${begun}\n${text}` });
    go({ page: 'new-chat' });
  };
}
