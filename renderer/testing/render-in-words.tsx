import { Tooltip } from '@base-ui/react/tooltip';
import { render } from '@testing-library/react';
import type { RenderResult } from '@testing-library/react';
import type { ReactElement } from 'react';
import { I18nextProvider } from 'react-i18next';
import { createWords, errorWords } from '../../electron/shared/words.ts';
import { ErrorWordsContext } from '../lib/error-words.ts';

const words = createWords('en');
const wordsOfError = errorWords.bind(null, words);

/** Renders with the English catalogue, as the window does. */
export function renderInWords(element: ReactElement): RenderResult {
  return render(element, {
    wrapper: ({ children }) => (
      <I18nextProvider i18n={words}>
        <ErrorWordsContext value={wordsOfError}>
          <Tooltip.Provider>{children}</Tooltip.Provider>
        </ErrorWordsContext>
      </I18nextProvider>
    ),
  });
}
