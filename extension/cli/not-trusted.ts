/** Said with whatever is read from a lake that somebody else may have made. */
export const NOT_TRUSTED =
  'This lake was not made on this machine. Rely on it only if you know who made it; orgwatch trust says that you do.';
