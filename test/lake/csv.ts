/** Writes CSV as Salesforce does: every value quoted, quotes doubled, lines ended by a line feed. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',') + '\n').join('');
}

/** A reader of RFC 4180, character by character: slow, and plain enough to be believed. */
export function fromCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  let started = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') cell += text[++index];
      else quoted = false;
    } else if (character === '"') {
      quoted = true;
      started = true;
    } else if (character === ',') {
      row.push(cell);
      cell = '';
      started = true;
    } else if (character === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      started = false;
    } else {
      cell += character;
      started = true;
    }
  }
  if (started) rows.push([...row, cell]);
  return rows;
}
