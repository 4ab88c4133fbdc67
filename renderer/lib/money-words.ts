const perDollar = 1_000_000;

/** Money in millionths of a US dollar as people read it: cents where they say enough, else as many digits as it takes. */
export function moneyWords(microDollars: number, language: string): string {
  const isSmall = microDollars > 0 && microDollars < 10_000;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...(isSmall ? { maximumSignificantDigits: 2 } : {}),
  }).format(microDollars / perDollar);
}

/** An amount of US dollars that a person typed, with a comma or a point, in millionths; null where it is none. */
export function microDollarsOf(typed: string): number | null {
  const text = typed.trim().replace(/^\$\s*|\s*\$$/g, '');
  if (!/^\d{1,9}(?:[.,]\d{1,6})?$/.test(text)) return null;
  return Math.round(Number(text.replace(',', '.')) * perDollar);
}
