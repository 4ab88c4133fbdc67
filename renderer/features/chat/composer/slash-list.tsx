import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../../ui/class-names.ts';
import type { SlashMenu } from './use-slash-menu.ts';

/** The offered presets above the field; the focus stays in the field. */
export function SlashList({ menu }: { readonly menu: SlashMenu }) {
  const { t } = useTranslation('chat');
  const list = useRef<HTMLDivElement>(null);
  const { active } = menu;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (!menu.isOpen) return null;
  return (
    <div
      ref={list}
      id={menu.id}
      role="listbox"
      aria-label={t('slash.label')}
      className="absolute inset-x-0 bottom-full z-30 mb-2 max-h-72 overflow-y-auto rounded-lg bg-raised p-1 shadow-float"
    >
      {menu.offered.map((preset) => (
        // The keys are the field's.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
        <div
          key={preset.id}
          id={menu.optionId(preset)}
          role="option"
          tabIndex={-1}
          aria-selected={preset === menu.active}
          className={classNames(
            'flex min-h-9 items-baseline gap-3 rounded-sm px-2.5 py-1.5',
            preset === menu.active ? 'bg-hover' : 'hover:bg-hover',
          )}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => menu.take(preset)}
        >
          <span className="shrink-0 text-base font-medium">/{preset.command}</span>
          <span className="min-w-0 truncate text-sm text-soft">{preset.name}</span>
        </div>
      ))}
    </div>
  );
}
