import { acceleratorSchema } from './desktop.ts';

/** Keys that are held, as Electron names them, in the order in which they are written. */
const modifierNames = ['Command', 'Control', 'Alt', 'Shift', 'Super'] as const;
export type AcceleratorModifier = (typeof modifierNames)[number];

/** Keys of a shortcut. */
export type Accelerator = {
  readonly modifiers: readonly AcceleratorModifier[];
  /** As Electron names it: `Space`, `K`, `F5`, `Plus`. */
  readonly key: string;
};

/** What was found of typed or recorded keys; `accelerator` is written as Electron reads it. */
export type AcceleratorCheck =
  | { readonly status: 'fits'; readonly accelerator: string }
  /**
   * `unknown-key`: no such key. `no-modifier`: the key alone is needed for writing. `reserved`: the system or every program
   * needs these keys. `types-characters`: these keys write a character on some keyboards.
   */
  | { readonly status: 'unknown-key' | 'no-modifier' | 'reserved' | 'types-characters' };

/** A map, for what is asked of it comes from outside: an object knows `constructor` too. */
const modifierWords = new Map<string, AcceleratorModifier | 'CommandOrControl' | 'Meta'>(
  Object.entries({
    command: 'Command',
    cmd: 'Command',
    control: 'Control',
    ctrl: 'Control',
    strg: 'Control',
    commandorcontrol: 'CommandOrControl',
    cmdorctrl: 'CommandOrControl',
    alt: 'Alt',
    option: 'Alt',
    shift: 'Shift',
    umschalt: 'Shift',
    super: 'Meta',
    meta: 'Meta',
    win: 'Meta',
    windows: 'Meta',
  } as const),
);

const keyWords = new Map<string, string>(
  Object.entries({
    space: 'Space',
    leertaste: 'Space',
    tab: 'Tab',
    enter: 'Return',
    return: 'Return',
    esc: 'Escape',
    escape: 'Escape',
    backspace: 'Backspace',
    delete: 'Delete',
    del: 'Delete',
    insert: 'Insert',
    home: 'Home',
    end: 'End',
    pageup: 'PageUp',
    pagedown: 'PageDown',
    up: 'Up',
    down: 'Down',
    left: 'Left',
    right: 'Right',
    plus: 'Plus',
  }),
);

const isFunctionKey = (key: string): boolean => /^F([1-9]|1\d|2[0-4])$/.test(key);
const isCharacter = (key: string): boolean => /^[A-Z\d]$/.test(key);
const signs = "-=[]\\;',./`";

function keyOf(word: string): string | null {
  const folded = word.toLowerCase();
  const known = keyWords.get(folded);
  if (known !== undefined) return known;
  const upper = word.toUpperCase();
  return isFunctionKey(upper) || isCharacter(upper) || (word.length === 1 && signs.includes(word)) ? upper : null;
}

function modifierOf(word: string, operatingSystem: string): AcceleratorModifier | null {
  const isApple = operatingSystem === 'darwin';
  const known = modifierWords.get(word.toLowerCase());
  switch (known) {
    case undefined:
      return null;
    case 'CommandOrControl':
      return isApple ? 'Command' : 'Control';
    case 'Meta':
      return isApple ? 'Command' : 'Super';
    case 'Command':
      // No other keyboard has it.
      return isApple ? 'Command' : null;
    default:
      return known;
  }
}

/**
 * Reads keys as a person or Electron writes them, in any case and with the names of the system: `ctrl + alt + k`,
 * `Option+Space`, `CommandOrControl+Shift+J`. Null for what is no set of held keys and one key.
 */
export function parseAccelerator(text: string, operatingSystem: string): Accelerator | null {
  const words = text.split('+').map((word) => word.trim());
  const key = keyOf(words.at(-1) ?? '');
  const held = words.slice(0, -1).map((word) => modifierOf(word, operatingSystem));
  if (key === null || held.includes(null)) return null;
  return { modifiers: modifierNames.filter((name) => held.includes(name)), key };
}

/** As Electron reads it. */
export function formatAccelerator({ modifiers, key }: Accelerator): string {
  return [...modifierNames.filter((name) => modifiers.includes(name)), key].join('+');
}

/**
 * What every program on the system needs, or the system itself: taking it would break something that a person does every
 * day. From the keyboard pages of macOS, Windows, GNOME and KDE.
 */
const reserved: Readonly<Record<'darwin' | 'win32' | 'linux', readonly string[]>> = {
  darwin: [
    'Command+Space',
    'Command+Tab',
    'Command+Shift+Tab',
    'Command+`',
    'Command+,',
    'Command+Alt+Escape',
    'Command+Control+Q',
    'Command+Control+Space',
    'Command+Shift+Q',
    'Command+Shift+Z',
    'Command+Shift+3',
    'Command+Shift+4',
    'Command+Shift+5',
    'Control+Up',
    'Control+Down',
    'Control+Left',
    'Control+Right',
  ],
  win32: [
    'Alt+Tab',
    'Alt+Shift+Tab',
    'Alt+Escape',
    'Alt+F4',
    'Control+Escape',
    'Control+Shift+Escape',
    'Control+Alt+Delete',
    'Control+Tab',
    'F12',
  ],
  linux: [
    'Alt+Tab',
    'Alt+Shift+Tab',
    'Alt+Escape',
    'Alt+F2',
    'Alt+F4',
    'Control+Alt+Delete',
    'Control+Alt+Backspace',
    'Control+Tab',
  ],
};

function isReserved({ modifiers, key }: Accelerator, operatingSystem: string): boolean {
  const written = formatAccelerator({ modifiers, key });
  const own = operatingSystem === 'darwin' || operatingSystem === 'win32' ? operatingSystem : 'linux';
  if (reserved[own].includes(written)) return true;
  const commandKey = own === 'darwin' ? 'Command' : 'Control';
  // Copy, save, close, switch tabs: one letter with the command key belongs to whatever is in front.
  if (modifiers.length === 1 && modifiers[0] === commandKey && isCharacter(key)) return true;
  // Windows and the desktops of Linux keep their own key for themselves.
  if (own !== 'darwin' && modifiers.includes('Super') && !modifiers.some((name) => name !== 'Super')) return true;
  // Text consoles.
  return own === 'linux' && written.startsWith('Control+Alt+F') && isFunctionKey(key);
}

/** On macOS the option key, on Windows Ctrl+Alt (which is AltGr) write characters: `@` and `€` on a German keyboard. */
function typesCharacters({ modifiers, key }: Accelerator, operatingSystem: string): boolean {
  if (!isCharacter(key) && !signs.includes(key)) return false;
  const others = modifiers.filter((name) => name !== 'Shift').join('+');
  if (operatingSystem === 'darwin') return others === 'Alt';
  return operatingSystem === 'win32' && others === 'Control+Alt';
}

/** Whether keys can be the shortcut that works from anywhere on a system (`process.platform`), and how they are written. */
export function checkAccelerator(text: string, operatingSystem: string): AcceleratorCheck {
  const parsed = parseAccelerator(text, operatingSystem);
  if (parsed === null) return { status: 'unknown-key' };
  const { modifiers, key } = parsed;
  const isHeld = modifiers.some((name) => name !== 'Shift');
  if (!isHeld && !isFunctionKey(key)) return { status: 'no-modifier' };
  if (isReserved(parsed, operatingSystem)) return { status: 'reserved' };
  if (typesCharacters(parsed, operatingSystem)) return { status: 'types-characters' };
  const accelerator = acceleratorSchema.safeParse(formatAccelerator(parsed));
  return accelerator.success ? { status: 'fits', accelerator: accelerator.data } : { status: 'unknown-key' };
}

/** What a key event tells of the keys. */
export type PressedKeys = {
  /** What the key writes, such as `k`, `K`, `å` or `Escape`. */
  readonly key: string;
  /** Where it lies, as on an English keyboard: `KeyK`, `Digit1`, `Space`. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
};

const codeWords = new Map<string, string>(
  Object.entries({
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    ArrowLeft: 'Left',
    ArrowRight: 'Right',
    Minus: '-',
    Equal: '=',
    BracketLeft: '[',
    BracketRight: ']',
    Backslash: '\\',
    Semicolon: ';',
    Quote: "'",
    Comma: ',',
    Period: '.',
    Slash: '/',
    Backquote: '`',
  }),
);

/**
 * The keys of an event as an accelerator is typed; null while only keys are held. A letter is the one that is printed on
 * the key (`Z` on a German keyboard is not where it is on an English one), unless the held keys turn it into another
 * character: then the place of the key counts.
 */
export function pressedAccelerator(pressed: PressedKeys, operatingSystem: string): string | null {
  const { key, code } = pressed;
  if (
    ['Control', 'Alt', 'AltGraph', 'Shift', 'Meta', 'OS', 'CapsLock', 'Dead', 'Process'].includes(key) &&
    !/^(Key|Digit)/.test(code)
  ) {
    return null;
  }
  const place = codeWords.get(code) ?? code.replace(/^(Key|Digit|Numpad(?=\d$))/, '');
  const written = /^[a-z]$/i.test(key) ? key.toUpperCase() : place;
  const held = [
    ...(pressed.metaKey ? [operatingSystem === 'darwin' ? 'Command' : 'Super'] : []),
    ...(pressed.ctrlKey ? ['Control'] : []),
    ...(pressed.altKey ? ['Alt'] : []),
    ...(pressed.shiftKey ? ['Shift'] : []),
  ];
  return [...held, written].join('+');
}
