import { useTranslation } from 'react-i18next';
import type { ModelDescription, ModelList } from '../../../electron/shared/model.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useImportModel } from '../../api/use-files.ts';
import { useImportState } from '../../api/use-import-state.ts';
import { useSettings } from '../../api/use-live.ts';
import { useCatalogue } from '../../api/use-models.ts';
import { addressOf } from '../../lib/destination.ts';
import { modelFileTypes } from '../../lib/file-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { ImportNotice } from '../../ui/import-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { RecommendedModel } from './recommended-model.tsx';

/** The model that answers on this machine and why it is this one; or the one that suits it, one click away. */
export function ModelStep({ list }: { readonly list: ModelList | undefined }) {
  const { t } = useTranslation(['window', 'models']);
  const catalogue = useCatalogue();
  const importState = useImportState();
  if (list === undefined) return <Skeleton lines={2} />;
  const writers = list.models.filter(({ kind }) => kind === 'chat');
  const chosen = writers.find(({ id }) => id === list.selectedId);
  const recommended = catalogue?.find(({ entry, recommended: reason }) => entry.kind === 'chat' && reason !== null);
  const offered = chosen === undefined ? recommended : undefined;
  return (
    <div className="flex flex-col gap-2.5">
      {chosen === undefined ? null : <ChosenModel model={chosen} count={writers.length} />}
      {offered === undefined ? null : <RecommendedModel model={offered} />}
      {chosen === undefined && offered === undefined ? (
        <p className="text-base text-pretty text-soft">
          {writers.length === 0 ? t('firstStart.noModel') : t('firstStart.noneFits')}
        </p>
      ) : null}
      <ImportNotice state={importState} />
      <div className="flex flex-wrap items-center gap-2">
        <ImportButton isFirst={chosen === undefined && offered === undefined} />
        {writers.length > 1 || (catalogue?.length ?? 0) > 0 ? (
          <a
            href={addressOf({ page: 'models' })}
            className="rounded-md px-2 py-1 font-medium text-accent hover:bg-hover"
          >
            {t('models:first.others')}
          </a>
        ) : null}
        {chosen === undefined ? <span className="text-sm text-faint">{t('noModel.drop')}</span> : null}
      </div>
    </div>
  );
}

/** The model that is here, and why it is this one. */
function ChosenModel({ model, count }: { readonly model: ModelDescription; readonly count: number }) {
  const { t, i18n } = useTranslation();
  const isChosen = useSettings()?.chatModelId != null;
  return (
    <div className="flex flex-col gap-0.5">
      <p className="text-base font-medium break-words">
        {model.name}
        <span className="numeric font-normal text-faint"> · {formatBytes(model.sizeBytes, i18n.language)}</span>
      </p>
      <p className="text-sm text-pretty text-soft">
        {isChosen ? t('firstStart.chosen') : t('firstStart.reason', { count })}
      </p>
    </div>
  );
}

/** For who has a model file already. */
function ImportButton({ isFirst }: { readonly isFirst: boolean }) {
  const { t } = useTranslation();
  const importModel = useImportModel();
  const isBusy = useImportState().state === 'running';
  const picker = useFilePicker({
    accept: modelFileTypes,
    label: t('models.import'),
    onFiles: ([file]) => (file === undefined ? undefined : importModel.mutate(file)),
  });
  return (
    <>
      {picker.input}
      <Button look={isFirst ? 'accent' : 'plain'} disabled={isBusy} onClick={picker.open}>
        {t('models.import')}
      </Button>
    </>
  );
}
