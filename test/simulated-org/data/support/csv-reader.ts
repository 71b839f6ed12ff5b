/** Reads RFC 4180 text into rows of cells; a line may end with `\n` or `\r\n`, and cells in quotes may hold either. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let position = 0;
  while (position < text.length) {
    let cell: string;
    if (text[position] === '"') {
      let end = position + 1;
      for (;;) {
        end = text.indexOf('"', end);
        if (end < 0) throw new Error('a quoted cell has no end');
        if (text[end + 1] !== '"') break;
        end += 2;
      }
      cell = text.slice(position + 1, end).replaceAll('""', '"');
      position = end + 1;
    } else {
      const end = text.slice(position).search(/[,\r\n]/);
      cell = end < 0 ? text.slice(position) : text.slice(position, position + end);
      position = end < 0 ? text.length : position + end;
    }
    row.push(cell);
    if (text[position] === ',') {
      position++;
      continue;
    }
    if (text[position] === '\r') position++;
    if (position < text.length && text[position] !== '\n')
      throw new Error(`unexpected text after a cell at ${position}`);
    position++;
    rows.push(row);
    row = [];
  }
  return rows;
}
