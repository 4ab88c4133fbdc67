import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight, FileText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CitedPassage } from '../../../electron/shared/document.ts';
import { usePlaceWords } from '../../ui/place-words.ts';

type PassagesRowProps = {
  readonly passages: readonly CitedPassage[];
  /** Open when the passages are all that there is to show. */
  readonly isInitiallyOpen?: boolean;
  readonly onOpen: (mark: number) => void;
};

/** The evidence of an answer in one row, shown before its first word; opens to the quotes. */
export function PassagesRow({ passages, isInitiallyOpen = false, onOpen }: PassagesRowProps) {
  const { t } = useTranslation();
  const placeWords = usePlaceWords();
  const [first] = passages;
  if (first === undefined) return null;
  const where = placeWords(first.passage.documentName, first.passage.place);
  return (
    <Collapsible.Root defaultOpen={isInitiallyOpen} className="flex flex-col">
      <Collapsible.Trigger className="-ml-2 flex min-h-8 max-w-full items-center gap-1.5 self-start rounded-md px-2 text-left text-sm text-soft hover:bg-hover hover:text-ink">
        <ChevronRight aria-hidden size={14} className="chevron shrink-0" />
        <span className="shrink-0 font-medium">{t('evidence.count', { count: passages.length })}</span>
        <span className="truncate text-faint">{where}</span>
      </Collapsible.Trigger>
      <Collapsible.Panel>
        <ol className="mt-1 flex flex-col border-l-2 border-hairline pl-2">
          {passages.map((cited) => (
            <li key={cited.mark}>
              <PassageButton cited={cited} onOpen={onOpen} />
            </li>
          ))}
        </ol>
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

type PassageButtonProps = { readonly cited: CitedPassage; readonly onOpen: (mark: number) => void };

function PassageButton({ cited: { mark, passage }, onOpen }: PassageButtonProps) {
  const placeWords = usePlaceWords();
  return (
    <button
      type="button"
      className="flex w-full flex-col gap-0.5 rounded-md px-2.5 py-2 text-left hover:bg-hover"
      onClick={() => onOpen(mark)}
    >
      <span className="flex items-center gap-1.5 text-xs text-faint">
        <span className="numeric font-semibold text-accent">[{mark}]</span>
        <FileText aria-hidden size={12} />
        <span className="truncate">{placeWords(passage.documentName, passage.place)}</span>
      </span>
      <span className="line-clamp-2 text-base text-soft">{passage.text}</span>
    </button>
  );
}
