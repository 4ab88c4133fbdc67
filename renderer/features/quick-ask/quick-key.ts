/** What a key means in quick-ask. `preset` counts from 0. */
export type QuickKey =
  | { readonly type: 'ask' | 'escape' | 'paste' | 'copy' | 'continue' }
  | { readonly type: 'preset'; readonly index: number };

/** A key as the browser tells of it. */
type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Where a key was pressed. */
type KeyPlace = {
  /** The command key of a Mac takes the place of Alt, which writes brackets there, and of Ctrl. */
  readonly isApple: boolean;
  readonly isInField: boolean;
  /** Nothing is typed and a text waits: a digit then is no beginning of a question. */
  readonly takesPlainDigits: boolean;
};

const digitOf = (text: string | undefined): QuickKey | null =>
  text === undefined ? null : { type: 'preset', index: Number(text) - 1 };

/** What was meant; null leaves the key to the field. */
export function quickKey(pressed: PressedKey, { isApple, isInField, takesPlainDigits }: KeyPlace): QuickKey | null {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey } = pressed;
  const isPlain = !altKey && !ctrlKey && !metaKey;
  if (key === 'Escape' && isPlain) return { type: 'escape' };
  if (isPlain) {
    if (key === 'Enter' && isInField && !shiftKey) return { type: 'ask' };
    return isInField && takesPlainDigits ? digitOf(/^[1-9]$/.exec(key)?.[0]) : null;
  }
  const isCommand = isApple ? metaKey && !ctrlKey && !altKey : ctrlKey && !metaKey && !altKey;
  // AltGr, which writes characters, is told as Ctrl and Alt together.
  const isPresetKey = isApple ? isCommand : altKey && !ctrlKey && !metaKey;
  if (isPresetKey && !shiftKey) {
    const preset = digitOf(/^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]);
    if (preset !== null) return preset;
  }
  if (!isCommand) return null;
  if (key === 'Enter') return { type: shiftKey ? 'continue' : 'paste' };
  return shiftKey && key.toLowerCase() === 'c' ? { type: 'copy' } : null;
}
