import { ChevronRight, KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HubModel } from '../../../../electron/shared/hub.ts';
import { moveInList } from '../../../lib/list-keys.ts';
import { useDay, useShortNumber } from '../model-words.ts';

type HubResultsProps = { readonly models: readonly HubModel[]; readonly onOpen: (model: HubModel) => void };

/** What a search found; each opens what can be downloaded of it. */
export function HubResults({ models, onOpen }: HubResultsProps) {
  const { t } = useTranslation('models');
  if (models.length === 0) {
    return (
      <p role="status" className="text-base text-soft">
        {t('hub.none')}
      </p>
    );
  }
  return (
    // The keys move among the buttons inside, which are the controls.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <ul aria-label={t('hub.results')} className="flex flex-col" onKeyDown={moveInList}>
      {models.map((model) => (
        <li key={model.repository} className="border-b border-hairline last:border-b-0">
          <Result model={model} onOpen={() => onOpen(model)} />
        </li>
      ))}
    </ul>
  );
}

function Result({ model, onOpen }: { readonly model: HubModel; readonly onOpen: () => void }) {
  const { t } = useTranslation('models');
  const short = useShortNumber();
  const day = useDay();
  const { repository, downloads, likes, licence, isGated, updatedAt } = model;
  const [publisher, name] = repository.split('/');
  const facts = [
    licence ?? t('hub.noLicence'),
    t('hub.downloads', { count: downloads, number: short(downloads) }),
    t('hub.likes', { count: likes, number: short(likes) }),
    updatedAt === null ? null : t('hub.updated', { date: day(updatedAt) }),
  ];
  return (
    <button
      data-list-item
      type="button"
      className="flex w-full items-center gap-3 rounded-md px-2 py-3 text-left hover:bg-hover"
      onClick={onOpen}
    >
      <span className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 text-base font-medium break-all">{name}</span>
          {isGated ? (
            <span className="inline-flex h-6 items-center gap-1 rounded-sm bg-cloud-wash px-2 text-xs font-medium text-cloud">
              <KeyRound aria-hidden size={12} /> {t('hub.gated')}
            </span>
          ) : null}
        </span>
        <span className="text-sm break-all text-soft">{publisher}</span>
        <span className="numeric text-sm text-faint">{facts.filter((fact) => fact !== null).join(' · ')}</span>
      </span>
      <ChevronRight aria-hidden size={16} className="shrink-0 text-faint" />
    </button>
  );
}
