/** Said with whatever is read from a lake that somebody else may have made. */
export const NOT_TRUSTED =
  'This lake was not made on this machine: what it says is what its maker wanted (orgwatch trust).';
