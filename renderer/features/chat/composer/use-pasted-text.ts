import type { ClipboardEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '../../../../electron/shared/ids.ts';
import { useApi } from '../../../api/api-context.tsx';
import { toFailure } from '../../../api/failure.ts';
import { useAddText } from '../../../api/use-files.ts';
import { useErrorWords } from '../../../lib/error-words.ts';
import { useNotify } from '../../../ui/notifications.tsx';
import { usePastedTexts } from '../chat-session.tsx';

/** A longer text is better read than shown in a field of three lines. */
const documentCharacters = 4_000;

const wordCount = (text: string): number => text.match(/\S+/g)?.length ?? 0;

type PastedText = {
  readonly isTaking: boolean;
  readonly onPaste: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  /** Turns a document that was pasted into text again; undefined for any other. */
  readonly undoOf: (id: DocumentId) => (() => void) | undefined;
};

/** A long text that is pasted becomes a document of the question, and can become text again. */
export function usePastedText(options: {
  readonly isPrivate: boolean;
  readonly onAdd: (id: DocumentId) => void;
  readonly onRemove: (id: DocumentId) => void;
  readonly onText: (text: string) => void;
}): PastedText {
  const { isPrivate, onAdd, onRemove, onText } = options;
  const { t, i18n } = useTranslation('chat');
  const { client } = useApi();
  const pasted = usePastedTexts();
  const notify = useNotify();
  const words = useErrorWords();
  const add = useAddText();
  const [taking, setTaking] = useState(0);
  const take = async (text: string): Promise<void> => {
    setTaking((count) => count + 1);
    const count = wordCount(text);
    const name = t('pasted.name', { count, words: new Intl.NumberFormat(i18n.language).format(count) });
    try {
      const { id } = await add.mutateAsync({ name: `${name}.txt`, text });
      pasted.set(id, text);
      onAdd(id);
    } catch (error) {
      onText(text);
      notify({ text: words(toFailure(error)), isProblem: true });
    } finally {
      setTaking((waiting) => waiting - 1);
    }
  };
  return {
    isTaking: taking > 0,
    onPaste: (event) => {
      const text = event.clipboardData.getData('text/plain');
      if (isPrivate || text.length <= documentCharacters) return;
      event.preventDefault();
      void take(text);
    },
    undoOf: (id) => {
      const text = pasted.get(id);
      if (text === undefined) return undefined;
      return () => {
        pasted.delete(id);
        onRemove(id);
        onText(text);
        // It came in with the paste; what is in the field again needs no second copy among the documents.
        void client.documents.remove({ id }).catch(() => undefined);
      };
    },
  };
}
