import type Database from 'better-sqlite3-multiple-ciphers';

const renamed = (column: string): string =>
  `CASE ${column} WHEN 'brief' THEN 'one-sentence' WHEN 'standard' THEN 'key-points' WHEN 'detailed' THEN 'page' END`;
const oldNames = "('brief', 'standard', 'detailed')";
const setting = "json_extract(value, '$.summaryStyle')";

/** Gives the styles of version 2, in summaries and in the settings, the names that they have since version 3. */
export function renameSummaryStyles(database: Database): void {
  database.exec(`
    UPDATE summaries SET style = ${renamed('style')} WHERE style IN ${oldNames};
    UPDATE settings SET value = json_replace(value, '$.summaryStyle', ${renamed(setting)})
      WHERE json_valid(value) AND ${setting} IN ${oldNames};
  `);
}
