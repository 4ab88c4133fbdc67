import { Tooltip } from '@base-ui/react/tooltip';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  readonly icon: LucideIcon;
  /** What it does: its name for a screen reader, and what is shown beside it on hover. */
  readonly label: string;
  readonly size?: 'small' | 'normal';
};

const look =
  'inline-flex shrink-0 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink active:bg-pressed data-[popup-open]:bg-hover';

/** A button whose only content is an icon, with its name. */
export function IconButton({ icon: Icon, label, size = 'normal', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={<button type="button" aria-label={label} />}
        className={classNames(look, size === 'small' ? 'size-7' : 'size-8', className)}
        {...rest}
      >
        <Icon aria-hidden size={size === 'small' ? 15 : 16} strokeWidth={1.75} />
      </Tooltip.Trigger>
      <TooltipPopup>{label}</TooltipPopup>
    </Tooltip.Root>
  );
}

/** The same in a text that may have hundreds of them and grows by the word: the system's own tooltip costs nothing. */
export function PlainIconButton({ icon: Icon, label, className, ...rest }: Omit<IconButtonProps, 'size'>) {
  return (
    <button type="button" aria-label={label} title={label} className={classNames(look, 'size-7', className)} {...rest}>
      <Icon aria-hidden size={15} strokeWidth={1.75} />
    </button>
  );
}

function TooltipPopup({ children }: { readonly children: string }) {
  return (
    <Tooltip.Portal>
      <Tooltip.Positioner sideOffset={6} className="z-50">
        <Tooltip.Popup className="popup max-w-72 rounded-sm bg-raised px-2 py-1 text-sm text-ink shadow-float">
          {children}
        </Tooltip.Popup>
      </Tooltip.Positioner>
    </Tooltip.Portal>
  );
}
