import { Switch } from '@base-ui/react/switch';

type OnOffProps = {
  readonly label: string;
  readonly isOn: boolean;
  /** Where nothing would come of it. */
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
};

export function OnOff({ label, isOn, isDisabled = false, onChange }: OnOffProps) {
  return (
    <Switch.Root
      aria-label={label}
      checked={isOn}
      disabled={isDisabled}
      onCheckedChange={onChange}
      className="relative inline-flex h-6 w-10 shrink-0 items-center rounded-full bg-edge p-0.5 transition-colors data-[checked]:bg-accent data-[disabled]:opacity-50"
    >
      <Switch.Thumb className="size-5 rounded-full bg-white shadow-card transition-transform data-[checked]:translate-x-4" />
    </Switch.Root>
  );
}
