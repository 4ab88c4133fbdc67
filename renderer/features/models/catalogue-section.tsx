import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CataloguedModel } from '../../../electron/shared/catalogue.ts';
import { modelKindSchema } from '../../../electron/shared/model.ts';
import type { ModelKind } from '../../../electron/shared/model.ts';
import { useCatalogue } from '../../api/use-models.ts';
import { Button } from '../../ui/button.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Section } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CatalogueRow } from './catalogue-row.tsx';
import { MachineLine } from './machine-line.tsx';

/** As many as can be compared at a glance. */
const shownAtFirst = 5;

/**
 * Models that could be here: those that run, best first, and folded those that do not, with the reason. `engineLibraries`
 * stands below what they run on.
 */
export function CatalogueSection({ engineLibraries }: { readonly engineLibraries: ReactNode }) {
  const { t } = useTranslation('models');
  const catalogue = useCatalogue();
  const [kind, setKind] = useState<ModelKind>('chat');
  const kinds = modelKindSchema.options.filter((option) => catalogue?.some(({ entry }) => entry.kind === option));
  if (catalogue?.length === 0) return null;
  const ofKind = catalogue?.filter(({ entry }) => entry.kind === kind) ?? [];
  return (
    <Section title={t('catalogue.title')}>
      <MachineLine />
      {engineLibraries}
      {kinds.length > 1 ? (
        <div>
          <Segmented
            label={t('catalogue.kinds')}
            value={kind}
            options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={setKind}
          />
        </div>
      ) : null}
      {catalogue === undefined ? <Skeleton lines={5} /> : <KindList key={kind} models={ofKind} />}
    </Section>
  );
}

function KindList({ models }: { readonly models: readonly CataloguedModel[] }) {
  const { t } = useTranslation('models');
  const [isWhole, setWhole] = useState(false);
  const running = models.filter(({ bestQuantisation }) => bestQuantisation !== null);
  const others = models.filter(({ bestQuantisation }) => bestQuantisation === null);
  const shown = isWhole ? running : running.slice(0, shownAtFirst);
  const hidden = running.length - shown.length;
  return (
    <>
      {running.length === 0 ? <p className="py-2 text-base text-soft">{t('catalogue.empty')}</p> : null}
      <ul aria-label={t('catalogue.title')} className="flex flex-col">
        {shown.map((model) => (
          <CatalogueRow key={model.entry.id} model={model} />
        ))}
      </ul>
      {hidden === 0 ? null : (
        <div>
          <Button onClick={() => setWhole(true)}>{t('catalogue.more', { count: hidden })}</Button>
        </div>
      )}
      {others.length === 0 ? null : (
        <Fold label={t('catalogue.others', { count: others.length })}>
          <ul aria-label={t('catalogue.others', { count: others.length })} className="flex flex-col">
            {others.map((model) => (
              <CatalogueRow key={model.entry.id} model={model} />
            ))}
          </ul>
        </Fold>
      )}
    </>
  );
}
