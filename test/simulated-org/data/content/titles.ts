/** A kind of file: extension, Salesforce's FileType, and how large such files tend to be. */
export interface FileKind {
  readonly extension: string;
  readonly fileType: string;
  readonly typicalBytes: number;
}

export const fileKinds: readonly FileKind[] = [
  { extension: 'xlsx', fileType: 'EXCEL_X', typicalBytes: 380_000 },
  { extension: 'pdf', fileType: 'PDF', typicalBytes: 620_000 },
  { extension: 'docx', fileType: 'WORD_X', typicalBytes: 140_000 },
  { extension: 'pptx', fileType: 'POWER_POINT_X', typicalBytes: 4_200_000 },
  { extension: 'csv', fileType: 'CSV', typicalBytes: 90_000 },
  { extension: 'png', fileType: 'PNG', typicalBytes: 850_000 },
];

export const titles: readonly string[] = [
  'Price list 2027',
  'Preisliste Händler, Frühjahr',
  'Angebot "Bergsport Paket"',
  '見積書 2026年11月',
  'Quarterly business review',
  'Rental contract template',
  'Site visit notes – Chamonix',
  'Board deck (draft)',
  'Customer satisfaction Q3',
  'Rückgabe Formular',
  'Logo & brand kit ✅',
  'Deal desk approvals',
];
