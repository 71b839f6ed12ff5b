/** Name of the temporary table of a kept result; its columns are c0, c1, …, as a result may have one name twice. */
export const KEPT_TABLE = 'kept';
