import { createContext, use } from 'react';
import type { MessageId } from '../../../electron/shared/ids.ts';
import type { PlaceChoice } from '../../../electron/shared/route.ts';
import type { Message } from '../../../electron/shared/message.ts';

/** What can be done with one message of the shown branch. */
export type MessageActions = {
  /** `choice` says where; without it the rules decide. */
  readonly retry: (answer: Message, choice?: PlaceChoice) => void;
  readonly goOn: (answer: Message) => void;
  readonly edit: (question: Message, text: string) => void;
  /** Ends the shown branch here, so that the next question begins another one. */
  readonly branchFrom: (answer: Message) => void;
  readonly showSibling: (id: MessageId) => void;
  readonly siblingsOf: (id: MessageId) => readonly MessageId[];
};

const nothing = (): void => undefined;

/** Without a provider a message can be read and copied only, as when two branches are compared. */
export const MessageActionsContext = createContext<MessageActions | null>(null);

const readOnly: MessageActions = {
  retry: nothing,
  goOn: nothing,
  edit: nothing,
  branchFrom: nothing,
  showSibling: nothing,
  siblingsOf: () => [],
};

export function useMessageActions(): MessageActions & { readonly isReadOnly: boolean } {
  const actions = use(MessageActionsContext);
  return { ...(actions ?? readOnly), isReadOnly: actions === null };
}
