/** The newest month that the prices of the package say they were checked in; raise it with the package. */
export const pricesMonth = '2026-09';
