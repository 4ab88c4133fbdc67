import { Progress } from '@base-ui/react/progress';

type ProgressBarProps = {
  readonly label: string;
  /** 0 to 1; null while unknown. */
  readonly fraction: number | null;
};

export function ProgressBar({ label, fraction }: ProgressBarProps) {
  return (
    <Progress.Root aria-label={label} value={fraction === null ? null : Math.round(fraction * 100)} className="w-full">
      <Progress.Track className="block h-1 overflow-hidden rounded-full bg-pressed">
        <Progress.Indicator className="bar-fill block h-full rounded-full bg-accent data-[indeterminate]:w-1/4 data-[indeterminate]:opacity-60" />
      </Progress.Track>
    </Progress.Root>
  );
}
