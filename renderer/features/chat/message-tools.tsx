import { Cloud, GitBranch, Laptop, Pencil, RotateCcw, Square, StepForward, Volume2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../electron/shared/message.ts';
import { useAskableModels } from '../../api/use-cloud.ts';
import { classNames } from '../../ui/class-names.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { PlainIconButton } from '../../ui/icon-button.tsx';
import { SiblingSwitch } from './branches/sibling-switch.tsx';
import { useMessageActions } from './message-actions.ts';
import { useReadAloud } from './read-aloud.ts';

type MessageToolsProps = {
  readonly message: Message;
  readonly text: string;
  /** The last message keeps its tools in sight; others show them under the pointer and with the focus. */
  readonly isLast: boolean;
  readonly canContinue?: boolean;
  readonly onEdit?: () => void;
  readonly children?: ReactNode;
};

/** What can be done with a message, in a row under it. */
export function MessageTools({ message, text, isLast, canContinue = false, onEdit, children }: MessageToolsProps) {
  const { t } = useTranslation(['window', 'chat']);
  const { isReadOnly, siblingsOf, showSibling, retry, goOn, branchFrom } = useMessageActions();
  const isAnswer = message.role === 'assistant';
  return (
    <footer
      className={classNames(
        'flex min-h-7 max-w-full flex-wrap items-center gap-0.5',
        isAnswer ? '-ml-1.5' : '-mr-1.5 flex-row-reverse',
      )}
    >
      <SiblingSwitch id={message.id} siblings={siblingsOf(message.id)} onShow={showSibling} />
      <div className={classNames('message-tools flex min-w-0 items-center gap-0.5', isLast && 'is-last')}>
        {text === '' ? null : (
          <CopyButton isPlain text={text} label={isAnswer ? t('chat.copyAnswer') : t('chat:tools.copyQuestion')} />
        )}
        {onEdit === undefined || isReadOnly ? null : (
          <PlainIconButton icon={Pencil} label={t('chat:tools.edit')} onClick={onEdit} />
        )}
        {!isAnswer || isReadOnly ? null : (
          <>
            <PlainIconButton icon={RotateCcw} label={t('chat.retry')} onClick={() => retry(message)} />
            <PlaceButton message={message} />
            {canContinue ? (
              <PlainIconButton icon={StepForward} label={t('chat:tools.goOn')} onClick={() => goOn(message)} />
            ) : null}
            <PlainIconButton icon={GitBranch} label={t('chat:tools.branch')} onClick={() => branchFrom(message)} />
          </>
        )}
        <ReadAloudButton message={message} text={text} />
        {children}
      </div>
    </footer>
  );
}

/** Has the answer made at the other place: here where it came from elsewhere, elsewhere where a large model may be asked. */
function PlaceButton({ message }: Pick<MessageToolsProps, 'message'>) {
  const { t } = useTranslation('cloud');
  const { retry } = useMessageActions();
  const models = useAskableModels(message.conversationId);
  if (message.route !== null && message.route.zone !== 'local') {
    return <PlainIconButton icon={Laptop} label={t('place.answerHere')} onClick={() => retry(message, 'local')} />;
  }
  if (models === null || models.keptHere !== null) return null;
  return <PlainIconButton icon={Cloud} label={t('place.askLarge')} onClick={() => retry(message, 'remote')} />;
}

/** Nothing where this computer has no voice of its own: a voice from a server would take the text there. */
function ReadAloudButton({ message: { id }, text }: Pick<MessageToolsProps, 'message' | 'text'>) {
  const { t, i18n } = useTranslation('chat');
  const { state, voice } = useReadAloud();
  if (!state.canRead || voice === null || text === '') return null;
  return state.readId === id ? (
    <PlainIconButton icon={Square} label={t('tools.stopReading')} onClick={voice.stop} />
  ) : (
    <PlainIconButton icon={Volume2} label={t('tools.read')} onClick={() => voice.read(id, text, i18n.language)} />
  );
}
