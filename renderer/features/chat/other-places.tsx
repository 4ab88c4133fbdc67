import { useTranslation } from 'react-i18next';
import type { Message } from '../../../electron/shared/message.ts';
import { useAskableModels } from '../../api/use-cloud.ts';
import { Button } from '../../ui/button.tsx';
import type { AnswerView } from './answer-view.ts';
import { KeptHereReason } from './kept-here-reason.tsx';
import { useMessageActions } from './message-actions.ts';

type OtherPlacesProps = { readonly message: Message; readonly answer: AnswerView };

/** Errors of what stands elsewhere, or of the key to it: whoever asked there may ask again, or have it answered here. */
export function isRemoteFailure(code: string): boolean {
  return /^(provider|cloud|egress)\//.test(code) || code === 'access/keychain-unavailable';
}

/** The other place for an answer whose notices say that one may help. */
export function OtherPlaces({ message, answer }: OtherPlacesProps) {
  const { t } = useTranslation('cloud');
  const models = useAskableModels(message.conversationId);
  const { retry, isReadOnly } = useMessageActions();
  const hasFailed = answer.notices.includes('remote-failed');
  const isOffered =
    hasFailed || answer.notices.includes('ended-by-lock') || answer.notices.includes('large-model-may-help');
  if (!isOffered || isReadOnly || models === null || answer.isGrowing) return null;
  if (models.keptHere !== null) return <KeptHereReason keptHere={models.keptHere} />;
  return (
    <Button className="self-start" onClick={() => retry(message, 'remote')}>
      {t(hasFailed ? 'place.askAgain' : 'place.askLarge')}
    </Button>
  );
}
