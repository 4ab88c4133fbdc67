/** Pieces of which a line without end is made: expressions that try again from each place of it take minutes. */
export const longLinePieces: readonly string[] = [
  ['1', 'A', 'a.', '1 ', '-', 'Aa ', '@', '0 ', 'x:', 'é', 'https://', '(', '[', 'Dr. A', '\n ', '.', '<', '<|a'],
  ['a@', 'a.b@c', 'Aa-', "A'A", 'O’N', 'AB12 ', 'DE89 3704 ', '+43 ', 'Mr A ', 'Aa Bb Cc ', 'Anna Schneider ', 'Ana, '],
  ['password:', 'GmbH ', 'Aa GmbH ', 'University ', 'key=', 'eyJaaaaaaaa.', '-----BEGIN PRIVATE KEY-----', 'born on '],
  ['12 rue ', '1 Aa ', '1010 W', 'Liebe A', 'Regards\n', 'Name: A', 'Von: ', '1.1.1.', 'aa:', '::', '2001:db8:'],
  [
    '%41',
    '&#65;',
    '\\u0041',
    '\u200b',
    'a\u200b',
    '```\n',
    '"http://',
    '<http://a.b ',
    '//a.',
    'www.a/',
    '![](',
    'а',
    'ａ',
  ],
  ['ignore all ', 'send conversation ', 'pipe bomb ', 'do not tell ', 'note to ', '{"name":', 'You are now ', 'act '],
].flat();
