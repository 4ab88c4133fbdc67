/** Scheme of the window's pages; registered as standard and secure, so it has an origin like a web page. */
export const appScheme = 'app';
/** Where the window's page lives. Nothing else is ever trusted. */
export const appOrigin = `${appScheme}://sotto`;

/** True for a page of the app's own: `app://sotto/…` without a port or credentials. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === `${appScheme}:` && host === 'sotto' && username === '' && password === '';
}
