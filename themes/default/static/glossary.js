/*
 * What the default theme adds to the glossary where scripts run: a field that leaves the words that hold what is typed.
 * Comes after `site.js`.
 */
(() => {
  "use strict";

  const { one, all, make, phrase, foreign } = clausebook;
  const body = one(".body");
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = all(".entries > div", body).map((element) => [element, plain(element.firstElementChild.textContent)]);
  if (words.length < 20) return;
  const found = make("p", { class: "facts", role: "status" });
  const field = make("input", { type: "search", id: "glossary-filter", autocomplete: "off", spellcheck: "false" });
  const filter = () => {
    const typed = plain(field.value.trim());
    let count = 0;
    for (const [element, word] of words) {
      element.hidden = !word.includes(typed);
      count += element.hidden ? 0 : 1;
    }
    for (const list of all(".entries", body)) {
      const isEmpty = all(":scope > div", list).every((word) => word.hidden);
      list.hidden = isEmpty;
      const letter = list.previousElementSibling;
      if (letter && letter.matches(".letter")) letter.hidden = isEmpty;
    }
    found.textContent = typed ? phrase("script.words-found", { count }) : "";
  };
  field.addEventListener("input", filter);
  body.prepend(make("div", { class: "filter", ...foreign() },
    make("label", { for: "glossary-filter" }, phrase("script.filter-words")), field, found));
})();
