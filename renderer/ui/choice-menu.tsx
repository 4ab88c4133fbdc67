import { Menu } from '@base-ui/react/menu';
import { Check, ChevronRight } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';

type ChoiceMenuProps = {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  readonly side?: 'top' | 'bottom';
};

const popupClass =
  'popup max-h-[min(420px,var(--available-height))] min-w-44 max-w-80 overflow-y-auto rounded-lg bg-raised p-1 shadow-float';

export function ChoiceMenu({ trigger, children, align = 'start', side = 'bottom' }: ChoiceMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align={align} side={side} className="z-50">
          <Menu.Popup className={popupClass}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

const rowClass =
  'flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-base outline-none data-[highlighted]:bg-hover data-[popup-open]:bg-hover';

type ChoiceProps = {
  readonly icon?: LucideIcon;
  readonly isDanger?: boolean;
  /** Stays within reach of the keys, so that what it says of the reason can be read. */
  readonly isDisabled?: boolean;
  /** It holds now: marked for the eye and for the ear. */
  readonly isChosen?: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
};

export function Choice({
  icon: Icon,
  isDanger = false,
  isDisabled = false,
  isChosen = false,
  onChoose,
  children,
}: ChoiceProps) {
  return (
    <Menu.Item
      disabled={isDisabled}
      {...(isChosen ? { 'aria-current': true } : {})}
      className={classNames(rowClass, isDanger && 'text-problem', isDisabled && 'text-soft', isChosen && 'font-medium')}
      onClick={onChoose}
    >
      {Icon === undefined ? null : <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {isChosen ? <Check aria-hidden size={14} className="shrink-0 text-soft" /> : null}
    </Menu.Item>
  );
}

type ChoiceSubmenuProps = { readonly icon: LucideIcon; readonly label: string; readonly children: ReactNode };

/** A choice that opens more choices beside it. */
export function ChoiceSubmenu({ icon: Icon, label, children }: ChoiceSubmenuProps) {
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className={rowClass}>
        <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />
        <span className="flex-1">{label}</span>
        <ChevronRight aria-hidden size={14} className="-mr-1 shrink-0 text-faint" />
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={2} alignOffset={-4} className="z-50">
          <Menu.Popup className={popupClass}>{children}</Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}
