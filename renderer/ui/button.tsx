import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

type ButtonProps = ComponentProps<'button'> & {
  /** `accent` for the one thing to do next, `plain` for the rest, `quiet` where a frame would shout, `danger` for what removes. */
  readonly look?: 'accent' | 'plain' | 'quiet' | 'danger';
};

const looks = {
  accent: 'bg-accent text-on-accent hover:bg-accent-hover active:bg-accent-hover',
  plain: 'bg-raised text-ink shadow-card ring-1 ring-edge ring-inset hover:bg-hover active:bg-pressed',
  quiet: 'text-soft hover:bg-hover hover:text-ink active:bg-pressed',
  danger: 'bg-raised text-problem shadow-card ring-1 ring-edge ring-inset hover:bg-problem-wash active:bg-problem-wash',
} as const;

export function Button({ look = 'plain', className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classNames(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md px-3 text-base font-medium whitespace-nowrap',
        looks[look],
        className,
      )}
      {...rest}
    />
  );
}
