import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../electron/shared/place.ts';

/** Names a place for people: "contract.txt, lines 12–20". */
export function usePlaceWords(): (documentName: string, place: Place) => string {
  const { t } = useTranslation();
  return useCallback(
    (name, { page, lines }) => {
      if (page !== undefined) return t('place.page', { name, page });
      if (lines === undefined) return name;
      if (lines.first === lines.last) return t('place.line', { name, line: lines.first });
      return t('place.lines', { name, first: lines.first, last: lines.last });
    },
    [t],
  );
}
