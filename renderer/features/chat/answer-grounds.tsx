import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight, Gauge, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Grounds } from '../../api/run-view.ts';
import { classNames } from '../../ui/class-names.ts';

type AnswerGroundsProps = {
  readonly grounds: Grounds | null;
  /** The answer was withheld: how well it would be founded is nothing to tell. */
  readonly isWithheld: boolean;
};

const colours = { high: 'text-local', medium: 'text-cloud', low: 'text-problem' } as const;

/** How well an answer is founded, in words, and as what its question was searched. */
export function AnswerGrounds({ grounds, isWithheld }: AnswerGroundsProps) {
  const { t, i18n } = useTranslation('library');
  if (grounds === null) return null;
  const { searchedAs, confidence, level } = grounds;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <div className="flex flex-col gap-1 text-sm text-soft">
      {searchedAs === null ? null : (
        <p className="flex gap-2">
          <Search aria-hidden size={14} className="mt-0.5 shrink-0 text-faint" />
          <span className="min-w-0 break-words">{t('grounds.searchedAs', { question: searchedAs })}</span>
        </p>
      )}
      {level === null || isWithheld ? null : (
        <Collapsible.Root>
          <Collapsible.Trigger className="-ml-1 flex min-h-6 items-center gap-2 rounded-sm px-1 hover:bg-hover hover:text-ink">
            <Gauge aria-hidden size={14} className={classNames('shrink-0', colours[level])} />
            <span className={classNames('font-medium', colours[level])}>{t(`grounds.${level}`)}</span>
            <span className="flex items-center gap-0.5 text-faint">
              {t('grounds.explain')}
              <ChevronRight aria-hidden size={13} className="chevron" />
            </span>
          </Collapsible.Trigger>
          <Collapsible.Panel>
            <p className="pt-0.5 pl-[22px]">
              {t(`grounds.${level}Text`)}
              {confidence === null ? null : <> {t('grounds.measured', { percent: percent.format(confidence) })}</>}
            </p>
          </Collapsible.Panel>
        </Collapsible.Root>
      )}
    </div>
  );
}
