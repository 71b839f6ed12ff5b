import fc from 'fast-check';

/** Text as an attacker would put it into a user agent, a URL or a name: all that CSV, SQL and JSON give a meaning to. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        '""',
        '"""',
        ',',
        '\n',
        '\r\n',
        '\r',
        "'",
        '\\',
        '\\"',
        ';',
        '--',
        '/*',
        '$1',
        '{}',
        '\t',
        ' ',
      ),
      fc.constantFrom(
        '","',
        '"\n"',
        '\n"x","y"\n',
        'NULL',
        '\\N',
        '#',
        'é',
        '😀',
        '\u2028',
        '日本',
        '٣',
        '\u202e',
        '\u0001',
      ),
      fc.string({ maxLength: 5, unit: 'grapheme' }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => text.isWellFormed());
