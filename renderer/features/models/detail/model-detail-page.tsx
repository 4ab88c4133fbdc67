import { useTranslation } from 'react-i18next';
import type { ModelId } from '../../../../electron/shared/ids.ts';
import type { ModelDetail } from '../../../../electron/shared/model-detail.ts';
import { toFailure } from '../../../api/failure.ts';
import { useModelDetail, useModelList } from '../../../api/use-models.ts';
import { FailureNotice } from '../../../ui/failure-notice.tsx';
import { Page } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { jobsOf } from '../installed-models.tsx';
import { DetailActions } from './detail-actions.tsx';
import { FitSection } from './fit-section.tsx';
import { MeasurementSection } from './measurement-section.tsx';
import { OptionSection } from './option-section.tsx';
import { OriginSection } from './origin-section.tsx';
import { TemplateSection } from './template-section.tsx';

/** Everything about one model: how it runs here, with what, where it comes from, and what it does with words. */
export function ModelDetailPage({ modelId }: { readonly modelId: ModelId }) {
  const { t } = useTranslation('models');
  const detail = useModelDetail(modelId);
  const named = useModelList()?.models.find(({ id }) => id === modelId);
  const title = detail.data?.description.name ?? named?.name ?? t('detail.title');
  return (
    <Page
      title={title}
      back={{ to: { page: 'models' }, label: t('detail.back') }}
      actions={detail.data === undefined ? undefined : <DetailActions detail={detail.data} />}
    >
      {detail.error === null ? null : <FailureNotice error={toFailure(detail.error)} />}
      {detail.isPending ? <Skeleton lines={5} /> : null}
      {detail.data === undefined ? null : <Detail detail={detail.data} />}
    </Page>
  );
}

function Detail({ detail }: { readonly detail: ModelDetail }) {
  const { t } = useTranslation('models');
  const list = useModelList();
  const { description } = detail;
  const jobs = list === undefined ? [] : jobsOf(description, list);
  return (
    <>
      <div className="-mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="text-base text-soft">{t(`kindText.${description.kind}`)}</p>
        {jobs.map((job) => (
          <span
            key={job}
            className="inline-flex h-5 items-center rounded-sm bg-accent-wash px-1.5 text-xs font-medium text-accent"
          >
            {t(`job.${job}`)}
          </span>
        ))}
      </div>
      {detail.template !== null && detail.template.state !== 'known' ? <TemplateSection detail={detail} /> : null}
      <FitSection detail={detail} />
      <MeasurementSection detail={detail} />
      {description.kind === 'chat' ? <OptionSection detail={detail} /> : null}
      <OriginSection detail={detail} />
      {description.kind === 'chat' && (detail.template === null || detail.template.state === 'known') ? (
        <TemplateSection detail={detail} />
      ) : null}
    </>
  );
}
