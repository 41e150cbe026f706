/** Line of a pull request that releases everything at once; no component can be called so. */
export const WHOLE_REPOSITORY = "*";
