import type { LogFields } from './logger.ts';

/** Characters of one value that reach the log; what is longer is likely to be somebody's text. */
export const loggedLengthLimit = 300;

const secretName = /(?:^|[a-z_-])(?:key|token|secret|pass(?:word|phrase)|authorization|cookie)$/i;
const namedSecret =
  /(?<![a-z])(key|token|secret|password|passphrase|authorization|cookie)(["']?\s*[=:]\s*["']?)(?:bearer\s+)?[^\s"'&,;]+/gi;
const bearer = /\bbearer\s+\S+/gi;
const vendorKey = /\b(?:sk|pk|rk|hf|xai|gsk|gh[opsru]|github_pat|xox[abprs]|AIza)[-_A-Za-z0-9]{8,}/g;
const longRun = /[A-Za-z0-9+_-]{32,}={0,2}/g;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const anyHome = /(?:[A-Za-z]:)?[\\/]+(?:home|Users)[\\/]+[^\\/\s"':]+/g;

const hidden = '[redacted]';

/** Long runs of letters and digits are keys and digests; ids of Sotto's own are neither. */
const hideRun = (run: string): string => (uuid.test(run) || !/\d/.test(run) || !/[a-z]/i.test(run) ? run : hidden);

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The home folder in both ways of writing its separators; matches nothing for a folder too short to be one. */
function homePattern(homeFolder: string): RegExp {
  const names = homeFolder.split(/[\\/]+/).filter((name) => name !== '');
  const lead = /^[\\/]/.test(homeFolder) ? '[\\\\/]+' : '';
  return names.length === 0
    ? /(?!)/g
    : new RegExp(`${lead}${names.map(escapePattern).join('[\\\\/]+')}(?![\\w-])`, 'gi');
}

/**
 * Takes out of log fields what must not be in a log: the home folder of anybody becomes `~`, what looks like a key or is
 * named like one becomes `[redacted]`, long text is cut after `loggedLengthLimit` characters. It errs on hiding too much.
 *
 * @param homeFolder of the user, absolute
 */
export function createRedaction(homeFolder: string): (fields: LogFields) => LogFields {
  const home = homePattern(homeFolder);
  const redactText = (text: string): string => {
    const clean = text
      .slice(0, 4 * loggedLengthLimit)
      .replace(home, '~')
      .replace(anyHome, '~')
      .replace(namedSecret, `$1$2${hidden}`)
      .replace(bearer, hidden)
      .replace(vendorKey, hidden)
      .replace(longRun, hideRun);
    if (text.length <= loggedLengthLimit) return clean;
    return `${clean.slice(0, loggedLengthLimit)}… (${text.length} characters)`;
  };
  return (fields) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => {
        if (typeof value !== 'string') return [name, value];
        return [name, secretName.test(name) ? hidden : redactText(value)];
      }),
    );
}
