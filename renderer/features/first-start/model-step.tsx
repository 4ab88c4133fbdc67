import { useTranslation } from 'react-i18next';
import type { ModelList } from '../../../electron/shared/model.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useImportModel } from '../../api/use-files.ts';
import { useImportState } from '../../api/use-import-state.ts';
import { useSettings } from '../../api/use-live.ts';
import { addressOf } from '../../lib/destination.ts';
import { modelFileTypes } from '../../lib/file-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { ImportNotice } from '../../ui/import-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** The model that answers on this machine and why it is this one; or the way to get one. */
export function ModelStep({ list }: { readonly list: ModelList | undefined }) {
  const { t, i18n } = useTranslation();
  const isChosen = useSettings()?.chatModelId != null;
  const importModel = useImportModel();
  const importState = useImportState();
  const picker = useFilePicker({
    accept: modelFileTypes,
    label: t('models.import'),
    onFiles: ([file]) => (file === undefined ? undefined : importModel.mutate(file)),
  });
  if (list === undefined) return <Skeleton lines={2} />;
  const chatModels = list.models.filter(({ kind }) => kind === 'chat');
  const chosen = chatModels.find(({ id }) => id === list.selectedId);
  return (
    <div className="flex flex-col gap-2.5">
      {picker.input}
      {chosen === undefined ? (
        <p className="text-base text-pretty text-soft">
          {chatModels.length === 0 ? t('firstStart.noModel') : t('firstStart.noneFits')}
        </p>
      ) : (
        <div className="flex flex-col gap-0.5">
          <p className="text-base font-medium break-words">
            {chosen.name}
            <span className="numeric font-normal text-faint"> · {formatBytes(chosen.sizeBytes, i18n.language)}</span>
          </p>
          <p className="text-sm text-pretty text-soft">
            {isChosen ? t('firstStart.chosen') : t('firstStart.reason', { count: chatModels.length })}
          </p>
        </div>
      )}
      <ImportNotice state={importState} />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look={chosen === undefined ? 'accent' : 'plain'}
          disabled={importState.state === 'running'}
          onClick={picker.open}
        >
          {t('models.import')}
        </Button>
        {chatModels.length > 1 ? (
          <a
            href={addressOf({ page: 'models' })}
            className="rounded-md px-2 py-1 font-medium text-accent hover:bg-hover"
          >
            {t('firstStart.otherModel')}
          </a>
        ) : null}
        {chosen === undefined ? <span className="text-sm text-faint">{t('noModel.drop')}</span> : null}
      </div>
    </div>
  );
}
