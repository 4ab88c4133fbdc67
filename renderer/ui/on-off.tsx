import { Switch } from '@base-ui/react/switch';

type OnOffProps = { readonly label: string; readonly isOn: boolean; readonly onChange: (isOn: boolean) => void };

export function OnOff({ label, isOn, onChange }: OnOffProps) {
  return (
    <Switch.Root
      aria-label={label}
      checked={isOn}
      onCheckedChange={onChange}
      className="relative inline-flex h-6 w-10 shrink-0 items-center rounded-full bg-edge p-0.5 transition-colors data-[checked]:bg-accent"
    >
      <Switch.Thumb className="size-5 rounded-full bg-white shadow-card transition-transform data-[checked]:translate-x-4" />
    </Switch.Root>
  );
}
