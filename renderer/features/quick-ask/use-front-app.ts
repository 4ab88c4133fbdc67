import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationId } from '../../../electron/shared/ids.ts';
import { useApi } from '../../api/api-context.tsx';
import { toFailure } from '../../api/failure.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import type { QuickContext } from './quick-context.ts';

/** What came of the last thing that was done beside asking, in words. */
type Outcome = { readonly text: string; readonly kind: 'silent' | 'done' | 'problem' };

/** What is taken from elsewhere and brought there, each with its outcome in words. */
export function useFrontApp() {
  const { t } = useTranslation('quickAsk');
  const { client } = useApi();
  const words = useErrorWords();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [isTaking, setTaking] = useState(false);
  const say = (text: string, kind: Outcome['kind'] = 'done'): void => setOutcome({ text, kind });
  const fail = (error: unknown): null => {
    say(words(toFailure(error)), 'problem');
    return null;
  };

  const take = async (from: 'selection' | 'clipboard'): Promise<QuickContext | null> => {
    setTaking(true);
    setOutcome(null);
    try {
      const taken = await client.quickAsk.takeText({ from });
      if (taken.status === 'taken') {
        say(t('context.taken'), 'silent');
        return { from: taken.from, text: taken.text, isCut: taken.isCut };
      }
      say(taken.status === 'empty' ? t(`context.empty.${from}`) : t(`context.${taken.status}`), 'problem');
      return null;
    } catch (error) {
      return fail(error);
    } finally {
      setTaking(false);
    }
  };
  const paste = async (text: string): Promise<void> => {
    setOutcome(null);
    try {
      const came = await client.quickAsk.paste({ text });
      if (came === 'pasted') say(t('tools.pasted'));
      else say(t(came === 'copied' ? 'tools.onlyCopied' : 'tools.pasteFailed'), 'problem');
    } catch (error) {
      fail(error);
    }
  };
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      say(t('tools.copied'));
    } catch {
      say(t('tools.copyFailed'), 'problem');
    }
  };
  /** True once it is kept. */
  const keep = async (conversationId: ConversationId): Promise<boolean> => {
    setOutcome(null);
    try {
      await client.quickAsk.continue({ conversationId });
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  };
  return { outcome, isTaking, take, paste, copy, keep, clear: () => setOutcome(null) };
}
