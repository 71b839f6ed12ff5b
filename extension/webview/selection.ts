import type { GridRange } from '../shared/result-messages.ts';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The active cell, and the one that the selection started from. */
export interface Selection {
  readonly active: Cell;
  readonly anchor: Cell;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are on the screen at a time. */
  readonly page: number;
}

export const START: Selection = { active: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } };

export function rangeOf({ active, anchor }: Selection): GridRange {
  return {
    rows: [Math.min(active.row, anchor.row), Math.max(active.row, anchor.row)],
    columns: [Math.min(active.column, anchor.column), Math.max(active.column, anchor.column)],
  };
}

/** Where a key leads, with Shift as a wider selection; undefined for keys that do not move. */
export function moved(
  { active, anchor }: Selection,
  key: string,
  { isJump, isWider }: { readonly isJump: boolean; readonly isWider: boolean },
  size: GridSize,
): Selection | undefined {
  const target = targetOf(active, key, isJump, size);
  if (target === undefined) return undefined;
  const next = {
    row: Math.max(0, Math.min(size.rows - 1, target.row)),
    column: Math.max(0, Math.min(size.columns - 1, target.column)),
  };
  return { active: next, anchor: isWider ? anchor : next };
}

function targetOf({ row, column }: Cell, key: string, isJump: boolean, size: GridSize): Cell | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: isJump ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: isJump ? size.rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: isJump ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: isJump ? size.columns - 1 : column + 1 };
    case 'PageUp':
      return { row: row - size.page, column };
    case 'PageDown':
      return { row: row + size.page, column };
    case 'Home':
      return { row: isJump ? 0 : row, column: 0 };
    case 'End':
      return { row: isJump ? size.rows - 1 : row, column: size.columns - 1 };
    default:
      return undefined;
  }
}
