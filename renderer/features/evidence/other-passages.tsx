import { useTranslation } from 'react-i18next';
import { citedTarget } from '../../lib/evidence.ts';
import type { EvidenceTarget } from '../../lib/evidence.ts';
import { classNames } from '../../ui/class-names.ts';
import { usePlaceWords } from '../../ui/place-words.ts';

type OtherPassagesProps = { readonly target: EvidenceTarget; readonly onOpen: (target: EvidenceTarget) => void };

/** All passages of the answer, each one click away from its place. */
export function OtherPassages({ target, onOpen }: OtherPassagesProps) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  if (target.others.length === 0) return null;
  return (
    <section aria-label={t('evidence.all')} className="pt-5">
      <h3 className="pb-1 text-xs font-semibold text-faint">{t('evidence.all')}</h3>
      <ol className="-mx-2 flex flex-col">
        {target.others.map(({ mark, passage }) => (
          <li key={mark}>
            <button
              type="button"
              aria-pressed={mark === target.mark}
              className={classNames(
                'flex w-full gap-2.5 rounded-md p-2 text-left',
                mark === target.mark ? 'bg-accent-wash' : 'hover:bg-hover',
              )}
              onClick={() => {
                const next = citedTarget(target.others, mark);
                if (next !== null) onOpen(next);
              }}
            >
              <span className="numeric shrink-0 text-sm font-semibold text-accent">[{mark}]</span>
              <span className="flex min-w-0 flex-col gap-0.5">
                <span className="line-clamp-3 text-sm text-ink">{passage.text}</span>
                <span className="truncate text-xs text-faint">{placeWords(passage.documentName, passage.place)}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
