import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ShortcutState } from '../../../electron/shared/desktop.ts';
import { completeJsdom } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { ShortcutField } from './shortcut-field.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

function show(value: string | null, state: ShortcutState | undefined, operatingSystem = 'linux') {
  const onChange = vi.fn();
  renderInWords(<ShortcutField value={value} state={state} operatingSystem={operatingSystem} onChange={onChange} />);
  return onChange;
}

const written = (): readonly (string | null)[] =>
  [...document.querySelectorAll('kbd')].map(({ textContent }) => textContent);
const statusOf = (status: ShortcutState['status'], accelerator: string | null = 'Alt+Space'): ShortcutState => ({
  accelerator,
  status,
});
const record = (): HTMLElement => {
  fireEvent.click(screen.getByRole('button', { name: 'Change keys' }));
  return screen.getByLabelText('Press the new keys together. Esc cancels.');
};

describe('ShortcutField', () => {
  it.each([
    ['linux', 'Alt+Space'],
    ['win32', 'Alt+Space'],
    ['darwin', 'Option+Space'],
  ])('names the keys as %s does', (system, words) => {
    show('Alt+Space', statusOf('registered'), system);
    expect(written()).toEqual([words]);
    expect(screen.getByRole('status').textContent).toBe('Works in every program.');
  });

  it.each([
    ['taken', /Another program has these keys/],
    ['invalid', /does not know these keys/],
    ['refused', /lets no program listen/],
  ] as const)('says in a sentence that the keys are %s', (status, sentence) => {
    show('Alt+Space', statusOf(status));
    expect(screen.getByRole('status').textContent).toMatch(sentence);
  });

  it('says nothing of keys that the system has not answered for yet', () => {
    // Catches "works in every program" about the keys before these.
    show('Control+Shift+K', statusOf('registered', 'Alt+Space'));
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('takes the keys that are pressed, and gives the focus back', () => {
    const onChange = show('Alt+Space', statusOf('registered'));
    const field = record();
    expect(document.activeElement).toBe(field);
    fireEvent.keyDown(field, { key: 'Control', code: 'ControlLeft', ctrlKey: true });
    fireEvent.keyDown(field, { key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true });
    expect(onChange).toHaveBeenCalledExactlyOnceWith('Control+Shift+K');
    expect(document.activeElement?.textContent).toBe('Change keys');
  });

  it('says what is wrong with keys that do not fit, and waits for others', () => {
    const onChange = show('Alt+Space', statusOf('registered'));
    const field = record();
    fireEvent.keyDown(field, { key: 'k', code: 'KeyK' });
    expect(screen.getByRole('status').textContent).toMatch(/Hold another key with it, such as Alt/);
    fireEvent.keyDown(field, { key: 'c', code: 'KeyC', ctrlKey: true });
    expect(screen.getByRole('status').textContent).toMatch(/every program needs these keys/);
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key: 'F8', code: 'F8' });
    expect(onChange).toHaveBeenCalledExactlyOnceWith('F8');
  });

  it('is left by Escape without a change, and lets Tab go on', () => {
    // Catches a field that a person without a mouse cannot leave.
    const onChange = show('Alt+Space', statusOf('registered'));
    const field = record();
    expect(fireEvent.keyDown(field, { key: 'Tab', code: 'Tab' })).toBe(true);
    fireEvent.keyDown(field, { key: 'Escape', code: 'Escape' });
    expect(written()).toEqual(['Alt+Space']);
    expect(onChange).not.toHaveBeenCalled();
  });

  it('can be turned off, and then offers keys again', () => {
    const onChange = show('Alt+Space', statusOf('registered'));
    fireEvent.click(screen.getByRole('button', { name: 'Turn off' }));
    expect(onChange).toHaveBeenCalledExactlyOnceWith(null);
    cleanup();
    show(null, statusOf('off', null));
    expect(screen.getByText('none')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toMatch(/in the tray and in the menu/);
    expect(screen.queryByRole('button', { name: 'Turn off' })).toBeNull();
  });

  it('offers nothing in a browser, and says why', () => {
    show('Alt+Space', statusOf('unavailable', null));
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByRole('status').textContent).toMatch(/Only the desktop app/);
  });
});
