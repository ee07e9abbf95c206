/* The weights of search: how much each kind of evidence counts. */

/** How much each kind of evidence counts. Found by trying, on the judged queries in `tests/search`. */
export const WEIGHT = {
  /* Another name for a word; a word of a name, of a synonym and of any other; such a name as a whole. */
  synonym: 1.1, inSynonym: .3, inName: .25, wholeSynonym: 1.25, wholeName: 2.2, provision: 3,
  /* What papers say for an everyday word; the next of several; the same beside the word itself, where a site has it here and there;
     another form of a word; a word of its family beside it; a word of several that mean one thing, and these together. */
  everyday: .8, next: .8, wider: .3, form: .95, family: .5, inPhrase: .3, phrase: .5,
  /* A word in a heading above, in the document's title, and in both a heading and the text. */
  heading: .8, title: .24, both: .56,
  /* A word that only asks; the share of the words that a record has; a heading that the query says in part and whole. */
  quiet: .19, covered: .25, headingFrom: .45, headingSaid: .5, headingWhole: .5,
  /* A document that gives way; a passage outside clauses; an editor's note; words near each other; words of an answer; early ones; a
     better record that refers to this; a word of the glossary that does. */
  gives: .4, passage: .7, note: .5, near: .5, answers: .4, early: .15, related: .37, explains: .8,
};
