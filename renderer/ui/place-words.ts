import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../electron/shared/place.ts';

/** Names a place for people: "contract.txt, lines 12–20"; without a document's name "lines 12–20". */
export function usePlaceWords(): (documentName: string | null, place: Place) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (documentName, { page, lines }) => {
      const number = new Intl.NumberFormat(i18n.language);
      const name = documentName ?? '';
      if (page !== undefined) {
        return t(documentName === null ? 'place.onlyPage' : 'place.page', { name, page: number.format(page) });
      }
      if (lines === undefined) return name;
      const [first, last] = [number.format(lines.first), number.format(lines.last)];
      if (first === last) return t(documentName === null ? 'place.onlyLine' : 'place.line', { name, line: first });
      return t(documentName === null ? 'place.onlyLines' : 'place.lines', { name, first, last });
    },
    [t, i18n.language],
  );
}
