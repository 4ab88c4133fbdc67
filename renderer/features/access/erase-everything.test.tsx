import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ErasureReport } from '../../../electron/shared/access.ts';
import { ApiProvider } from '../../api/api-context.tsx';
import { completeJsdom, createApiDouble } from '../../testing/api-double.tsx';
import { renderInWords } from '../../testing/render-in-words.tsx';
import { EraseEverything, ErasureFacts } from './erase-everything.tsx';

beforeAll(completeJsdom);
afterEach(cleanup);

const report: ErasureReport = {
  isKeyGone: true,
  isDatabaseGone: true,
  areBackupsGone: false,
  leftFiles: ['sotto.log'],
};

describe('EraseEverything', () => {
  it('erases only after the word was typed', async () => {
    const erase = vi.fn(() => new Promise(() => undefined));
    renderInWords(
      <ApiProvider api={createApiDouble({ 'access.erase': erase })}>
        <EraseEverything />
      </ApiProvider>,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Erase everything' }));
    const field = screen.getByRole('textbox');
    fireEvent.change(field, { target: { value: 'eras' } });
    fireEvent.submit(field);
    expect(erase).not.toHaveBeenCalled();
    fireEvent.change(field, { target: { value: ' Erase ' } });
    fireEvent.submit(field);
    await waitFor(() => expect(erase).toHaveBeenCalledOnce());
  });
});

describe('ErasureFacts', () => {
  it('claims nothing that was not found', () => {
    // Catches the report that says "everything is erased" while a backup is left.
    renderInWords(<ErasureFacts report={report} />);
    expect(screen.getByText(/Not everything could be erased/)).toBeTruthy();
    expect(screen.getByText('The key is gone')).toBeTruthy();
    expect(screen.getByText(/Backups are still there/)).toBeTruthy();
    expect(screen.getByText('sotto.log')).toBeTruthy();
  });
});
