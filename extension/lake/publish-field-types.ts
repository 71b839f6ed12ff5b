import type { LakeColumnType } from './worker.ts';

/**
 * Column types of an event log file by position of its header cells, from EventLogFile.LogFileFieldNames and
 * LogFileFieldTypes. A header cell may contain a comma, and both fields are cut at 1,333 characters; so a list is
 * used by position where it agrees with the header, by name where it agrees with itself, and else as far as it goes
 * before the first name that differs.
 */
export function fieldTypes(
  header: readonly string[],
  fieldNames: string | undefined,
  fieldTypesList: string | undefined,
): LakeColumnType[] {
  const types = fieldTypesList ? fieldTypesList.split(',') : [];
  const names = fieldNames ? fieldNames.split(',') : [];
  const position =
    fieldNames === header.join(',') || (fieldNames === undefined && types.length === header.length)
      ? (index: number) => index
      : names.length === types.length
        ? (index: number) => names.indexOf(header[index] ?? '')
        : agreeing(header, names);
  return header.map((_, index) => columnType(types[position(index)]));
}

function agreeing(header: readonly string[], names: readonly string[]): (index: number) => number {
  const differs = header.findIndex((name, index) => names[index] !== name);
  return (index) => (differs < 0 || index < differs ? index : -1);
}

/** Types as LogFileFieldTypes spells them; what is not listed (String, Id, EscapedString, IP, Set, …) is text. */
function columnType(fieldType: string | undefined): LakeColumnType {
  switch (fieldType?.trim().toLowerCase()) {
    case 'number':
      return 'double';
    case 'datetime':
      return 'timestamp';
    case 'boolean':
      return 'boolean';
    default:
      return 'text';
  }
}
