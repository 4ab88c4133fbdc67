import { useTranslation } from 'react-i18next';
import { parseAccelerator } from '../../../electron/shared/accelerator.ts';
import type { AcceleratorModifier } from '../../../electron/shared/accelerator.ts';

type ModifierWord = 'Command' | 'Control' | 'ControlMac' | 'Alt' | 'Option' | 'Shift' | 'Super' | 'Windows';

/** What is printed on the key. */
function wordOf(modifier: AcceleratorModifier, operatingSystem: string): ModifierWord {
  switch (modifier) {
    case 'Alt':
      return operatingSystem === 'darwin' ? 'Option' : 'Alt';
    case 'Control':
      return operatingSystem === 'darwin' ? 'ControlMac' : 'Control';
    case 'Super':
      return operatingSystem === 'win32' ? 'Windows' : 'Super';
    case 'Command':
    case 'Shift':
      return modifier;
  }
}

const namedKeys = [
  'Space',
  'Tab',
  'Return',
  'Escape',
  'Backspace',
  'Delete',
  'Insert',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Up',
  'Down',
  'Left',
  'Right',
  'Plus',
] as const;

/** How keys are called on this system and in this language, one after the other: `Option` and `Space`, `Strg` and `K`. */
export function useAcceleratorWords(operatingSystem: string): (accelerator: string) => readonly string[] {
  const { t } = useTranslation('desktop');
  return (accelerator) => {
    const parsed = parseAccelerator(accelerator, operatingSystem);
    // What is stored and not understood is shown as it is.
    if (parsed === null) return [accelerator];
    const named = namedKeys.find((name) => name === parsed.key);
    return [
      ...parsed.modifiers.map((modifier) => t(`keys.${wordOf(modifier, operatingSystem)}`)),
      named === undefined ? parsed.key : t(`keys.${named}`),
    ];
  };
}
