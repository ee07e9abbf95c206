/* The weights of search: how much each kind of evidence counts. Found by trying, on the judged queries in `tests/search`. */

/* Another name for a word; a word of a synonym and of any other name; such a name as a whole; a place in the law. */
export const SYNONYM_WEIGHT = .9, IN_SYNONYM_WEIGHT = .3, IN_NAME_WEIGHT = .25;
export const WHOLE_SYNONYM_WEIGHT = 1.25, WHOLE_NAME_WEIGHT = 2.2, PROVISION_WEIGHT = 3;
/* What papers say for an everyday word; the next of several; the same beside the word itself, where a site has it here and there. */
export const EVERYDAY_WEIGHT = .8, NEXT_WEIGHT = .8, WIDER_WEIGHT = .4;
/* Another form of a word; a word of its family beside it; a word of several that mean one thing, and these together. */
export const FORM_WEIGHT = .95, FAMILY_WEIGHT = .5, IN_PHRASE_WEIGHT = .3, PHRASE_WEIGHT = .6;
/* How much more rarer words say; the next of several meanings that a record has; a word that only asks. */
export const RARE_WEIGHT = .85, SEVERAL_WEIGHT = .2, QUIET_WEIGHT = .19;
/* A word in a heading above, in the document's title, and in both a heading and the text; the share of the words that a record has. */
export const HEADING_WEIGHT = .8, TITLE_WEIGHT = .4, BOTH_WEIGHT = .56, COVERED_WEIGHT = .25;
/* A heading: from which share on the query says it, in part and whole. */
export const HEADING_FROM_WEIGHT = .45, HEADING_SAID_WEIGHT = .2, HEADING_WHOLE_WEIGHT = .5;
/* A document that gives way; a passage outside clauses; an editor's note. */
export const GIVES_WEIGHT = .4, PASSAGE_WEIGHT = .7, NOTE_WEIGHT = .5;
/* Words near each other; words in one sentence; words of an answer; early ones. */
export const NEAR_WEIGHT = .8, SENTENCE_WEIGHT = .5, ANSWERS_WEIGHT = .5, EARLY_WEIGHT = .15;
/* A better record that refers to this; a word of the glossary that does. */
export const RELATED_WEIGHT = .3, EXPLAINS_WEIGHT = .8;
