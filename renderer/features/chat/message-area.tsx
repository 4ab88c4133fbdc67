import { useCallback, useEffect, useRef } from 'react';
import type { ConversationId, MessageId } from '../../../electron/shared/ids.ts';
import type { Message } from '../../../electron/shared/message.ts';
import { AnswerMessage } from './answer-message.tsx';
import { CompareBranches } from './branches/compare-branches.tsx';
import { FindBar } from './find/find-bar.tsx';
import { MessageActionsContext } from './message-actions.ts';
import type { MessageActions } from './message-actions.ts';
import { TranscriptView } from './transcript/transcript-view.tsx';
import { useTranscript } from './transcript/use-transcript.ts';
import { PendingQuestion, UserMessage } from './user-message.tsx';

type Show = (shown: { readonly messageId: MessageId }, onShown?: () => void) => void;

type MessageAreaProps = {
  readonly conversationId: ConversationId;
  readonly messages: readonly Message[];
  readonly actions: MessageActions;
  /** A question on its way to the app, shown at once. */
  readonly pendingText: string | null;
  readonly wantedId: MessageId | null;
  readonly isFinding: boolean;
  readonly comparedTip: MessageId | null;
  readonly onShow: Show;
  readonly onCloseFind: () => void;
  readonly onCloseCompare: () => void;
};

const drawMessage = (message: Message, isLast: boolean) =>
  message.role === 'user' ? (
    <UserMessage message={message} isLast={isLast} />
  ) : (
    <AnswerMessage message={message} isLast={isLast} />
  );

const drawAlone = (message: Message) => drawMessage(message, false);

/** Goes to the message that the address names, once; where it lies on another branch, that branch is shown first. */
function useWantedMessage(
  wantedId: MessageId | null,
  messages: readonly Message[],
  goTo: (id: MessageId, align: 'start') => void,
  show: Show,
): void {
  const done = useRef<{ readonly id: MessageId | null; readonly isThere: boolean }>({ id: null, isThere: false });
  useEffect(() => {
    const { id: lastId, isThere } = done.current;
    if (wantedId === null || messages.length === 0 || (lastId === wantedId && isThere)) return;
    if (messages.some(({ id }) => id === wantedId)) {
      done.current = { id: wantedId, isThere: true };
      goTo(wantedId, 'start');
    } else if (lastId !== wantedId) {
      done.current = { id: wantedId, isThere: false };
      show({ messageId: wantedId });
    }
  }, [wantedId, messages, goTo, show]);
}

/** The messages of the shown branch, with what finds words in them, or beside those of another branch. */
export function MessageArea(props: MessageAreaProps) {
  const { conversationId, messages, actions, pendingText, wantedId, isFinding, comparedTip } = props;
  const { onShow, onCloseFind, onCloseCompare } = props;
  const transcript = useTranscript(messages);
  useWantedMessage(wantedId, messages, transcript.goTo, onShow);
  const lastId = messages.at(-1)?.id;
  const render = useCallback((message: Message) => drawMessage(message, message.id === lastId), [lastId]);
  const isComparing = comparedTip !== null;
  return (
    <>
      {isFinding && !isComparing ? (
        <FindBar
          conversationId={conversationId}
          messages={messages}
          frame={transcript.frame}
          reveal={transcript.reveal}
          onClose={onCloseFind}
        />
      ) : null}
      {isComparing ? (
        <CompareBranches
          shown={messages}
          otherTipId={comparedTip}
          render={drawAlone}
          onShowOther={() => onShow({ messageId: comparedTip }, onCloseCompare)}
          onClose={onCloseCompare}
        />
      ) : null}
      {/* Stays where it was while two branches are compared. */}
      <div className={isComparing ? 'hidden' : 'flex min-h-0 flex-1 flex-col'}>
        <MessageActionsContext value={actions}>
          <TranscriptView
            transcript={transcript}
            messages={messages}
            render={render}
            pending={pendingText === null ? null : <PendingQuestion text={pendingText} />}
          />
        </MessageActionsContext>
      </div>
    </>
  );
}
