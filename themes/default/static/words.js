/*
 * The words of the other scripts, in the language of the site: `clausebookWords("script.notes", { count: 2 })`. They are put
 * in here when the site is made, from the same catalogue as those of the pages.
 */
(function (catalogue) {
  "use strict";

  var rules = null;
  try {
    rules = new Intl.PluralRules(catalogue.language);
  } catch (unknown) {
    /* Then there are one and several. */
  }

  /* The words of a key. Of a plural, the form for `count`; words in braces are filled in. */
  window.clausebookWords = function (key, given) {
    var text = catalogue.texts[key];
    if (text && typeof text === "object") {
      text = text[rules ? rules.select(given.count) : given.count === 1 ? "one" : "other"] || text.other;
    }
    return (text || "").replace(/\{([a-z]+)\}/g, function (whole, hole) {
      return given && hole in given ? given[hole] : whole;
    });
  };

  /* The attributes of an element whose words are not in the language of the page. */
  window.clausebookWords.attributes = catalogue.foreign ? { lang: catalogue.language, dir: "ltr" } : {};
})(CATALOGUE);
