import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../electron/shared/app-error.ts';
import { createId, presetIdSchema } from '../../../electron/shared/ids.ts';
import type { Preset } from '../../../electron/shared/preset.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble } from '../../testing/api-double.tsx';
import type { Answers } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { Notifications } from '../../ui/notifications.tsx';
import { emptyPreset } from './preset-form.ts';
import { PresetSettings } from './preset-settings.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const preset = (name: string, about: Partial<Preset>): Preset => ({
  ...emptyPreset,
  id: createId(presetIdSchema),
  name,
  command: name.toLowerCase(),
  template: '{{input}}',
  isBuiltIn: false,
  isHidden: false,
  ...about,
});
const own = preset('Minutes', {});
const builtIn = preset('Translate', { isBuiltIn: true });

function show(answers: Answers): void {
  renderInWords(
    <ApiProvider api={createApiDouble({ 'presets.list': () => [own, builtIn], ...answers })}>
      <Notifications>
        <PresetSettings />
      </Notifications>
    </ApiProvider>,
  );
}

const fill = (label: string, value: string): void =>
  void fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } });

describe('PresetSettings', () => {
  it('makes a preset with the variables of its text, and says when its command is taken', async () => {
    const taken = new AppError('app/invalid-input', 'Taken.', { reason: 'command-taken' });
    const create = vi.fn(() => Promise.reject(taken));
    show({ 'presets.create': create });
    fireEvent.click(await screen.findByRole('button', { name: 'New preset' }));
    fill('Name', 'Into a language');
    fill('What is asked', 'Say in {{language}}: {{input}}');
    fill('Default for language', 'Latin');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(create).toHaveBeenCalledExactlyOnceWith({
        ...emptyPreset,
        name: 'Into a language',
        command: 'into-a-language',
        template: 'Say in {{language}}: {{input}}',
        variables: [{ name: 'language', defaultValue: 'Latin' }],
      }),
    );
    expect(await screen.findByText(/Another preset has this one/)).toBeTruthy();
    // What was written is still there to be saved under another command.
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Into a language');
  });

  it('hides what came with the app, and deletes what did not, with a way back', async () => {
    const setHidden = vi.fn(() => Promise.resolve(builtIn));
    const restore = vi.fn(() => Promise.resolve(own));
    show({
      'presets.setHidden': setHidden,
      'presets.remove': () => Promise.resolve(),
      'presets.restore': restore,
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Hide Translate' }));
    await waitFor(() => expect(setHidden).toHaveBeenCalledExactlyOnceWith({ id: builtIn.id, isHidden: true }));
    expect(screen.queryByRole('button', { name: 'Delete Translate' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Delete Minutes' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(restore).toHaveBeenCalledExactlyOnceWith({ id: own.id }));
  });
});
