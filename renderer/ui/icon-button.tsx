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

/** A button whose only content is an icon, with its name. */
export function IconButton({ icon: Icon, label, size = 'normal', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={<button type="button" aria-label={label} />}
        className={classNames(
          'inline-flex shrink-0 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink active:bg-pressed data-[popup-open]:bg-hover',
          size === 'small' ? 'size-7' : 'size-8',
          className,
        )}
        {...rest}
      >
        <Icon aria-hidden size={size === 'small' ? 15 : 16} strokeWidth={1.75} />
      </Tooltip.Trigger>
      <TooltipPopup>{label}</TooltipPopup>
    </Tooltip.Root>
  );
}

export function TooltipPopup({ children }: { readonly children: string }) {
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
