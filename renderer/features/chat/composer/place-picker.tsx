import { Cloud, Laptop, Route } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PlaceChoice } from '../../../../electron/shared/route.ts';
import type { AskableModels } from '../../../api/use-cloud.ts';
import { Choice, ChoiceMenu } from '../../../ui/choice-menu.tsx';
import { classNames } from '../../../ui/class-names.ts';

type PlacePickerProps = {
  readonly models: AskableModels;
  /** Null lets the rules decide. */
  readonly choice: PlaceChoice | null;
  readonly onChange: (choice: PlaceChoice | null) => void;
};

const icons: Readonly<Record<PlaceChoice | 'auto', LucideIcon>> = { local: Laptop, auto: Route, remote: Cloud };

/** Where the next message is answered; a chat that stays here says why beside what it does not offer. */
export function PlacePicker({ models: { mode, keptHere }, choice, onChange }: PlacePickerProps) {
  const { t } = useTranslation('cloud');
  const chosen = choice ?? 'auto';
  const Icon = icons[chosen];
  const details = {
    local: t('place.localText'),
    auto: t('place.autoText'),
    remote:
      keptHere === null
        ? t(mode === 'ask' ? 'place.remoteTextAsk' : 'place.remoteTextAuto')
        : t(`label.${keptHere.because}`, { name: keptHere.name }),
  } as const;
  const trigger = (
    <button
      type="button"
      aria-label={t('place.label', { place: t(`place.${chosen}`) })}
      className="flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm text-soft hover:bg-hover hover:text-ink data-[popup-open]:bg-hover"
    >
      <Icon
        aria-hidden
        size={14}
        className={classNames(
          'shrink-0',
          choice === 'remote' ? 'text-cloud' : choice === 'local' ? 'text-local' : 'text-faint',
        )}
      />
      <span className="max-sm:sr-only">{t(`place.${chosen}`)}</span>
    </button>
  );
  return (
    <ChoiceMenu trigger={trigger} side="top">
      {(['local', 'auto', 'remote'] as const).map((place) => (
        <Choice
          key={place}
          icon={icons[place]}
          isChosen={place === chosen}
          isDisabled={place === 'remote' && keptHere !== null}
          onChoose={() => onChange(place === 'auto' ? null : place)}
        >
          <span className="flex flex-col py-0.5">
            <span>{t(`place.${place}`)}</span>
            <span className="text-sm text-pretty whitespace-normal text-soft">{details[place]}</span>
          </span>
        </Choice>
      ))}
    </ChoiceMenu>
  );
}
