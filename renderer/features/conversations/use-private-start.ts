import { toFailure } from '../../api/failure.ts';
import { useStartPrivateChat } from '../../api/use-private-chat.ts';
import { useGo } from '../../lib/destination.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { useNotify } from '../../ui/notifications.tsx';

/** Begins a private chat and goes there, or says why it could not be. */
export function usePrivateStart(): () => void {
  const { start } = useStartPrivateChat();
  const go = useGo();
  const notify = useNotify();
  const words = useErrorWords();
  return () =>
    void start().then(
      ({ id }) => go({ page: 'chat', conversationId: id }),
      (error: unknown) => notify({ text: words(toFailure(error)), isProblem: true }),
    );
}
