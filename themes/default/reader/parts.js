/* What scripts have of the script of every page. */
export const { root, one, all, make, phrase, foreign, button, kept, keep, say } = clausebook;
