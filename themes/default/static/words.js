/*
 * The words of scripts, in the language of the site: `clausebookWords("script.notes", { count: 2 })`. They are put in here
 * when the site is made, from the same catalogue as those of the pages, and all this is put before `site.js`.
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

  /* More words, of a script that few pages have. */
  window.clausebookWords.add = function (more) {
    for (var key in more.texts) catalogue.texts[key] = more.texts[key];
  };

  /* The attributes of an element whose words are not in the language of the page. */
  window.clausebookWords.attributes = catalogue.foreign ? { lang: catalogue.language, dir: "ltr" } : {};
})(CATALOGUE);
