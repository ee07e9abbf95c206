/*
 * Search within an edition in one page. What it looks through is the page itself: its paragraphs, headings and words. The
 * page reads whole without it. It writes text and links to places in the page, and no markup.
 */
(function () {
  "use strict";

  /* How many results are shown at a time. */
  var MOST = 20;
  /* How many letters of a paragraph a result shows. */
  var EXCERPT = 180;

  var phrase = window.clausebookWords;
  var find = document.querySelector("[data-find]");
  var input = find && find.querySelector("input");
  if (!input) {
    return;
  }
  var found = find.querySelector("[data-found]");
  var results = find.querySelector("[data-results]");
  var more = find.querySelector("[data-more]");

  /* Letters that are letters of their own, with what people type for them: as in `document/letters.rs`. */
  var TYPED_AS = {};
  "ßss,æae,ðd,øo,þth,đd,ħh,ıi,ĸk,łl,ŋn,œoe,ŧt,ƀb,ƙk,ƚl,ƴy,ƶz,ǥg,ȼc,ɇe,ɉj,ɍr,ɏy,ɓb,ɖd,ɗd,ɨi,ɫl,ɵo,ʉu,ⱡl,ⱥa,ⱦt"
    .split(",").forEach(function (pair) {
      TYPED_AS[pair[0]] = pair.slice(1);
    });

  /* Letters without accents, strokes and capitals, quotation marks as they are typed. */
  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[\u2018\u2019]/g, "'").toLowerCase()
      .replace(/[\u00df-\u2c66]/g, function (letter) {
        return TYPED_AS[letter] || letter;
      });
  }

  function words(text) {
    return plain(text).match(/[a-z0-9]+(?:[.'][a-z0-9]+)*/g) || [];
  }

  /* What the forms of an ordinary English word have in common at their beginning. */
  function stem(word) {
    if (word.length < 5 || /\d/.test(word)) {
      return word;
    }
    return word.replace(/(?:ies|ied)$/, "").replace(/(?:'s|ings?|ed|es|e|s|y)$/, "");
  }

  /* The words of an element without the editor's notes in it; cells parted. */
  function ownWords(element) {
    var copied = element.cloneNode(true);
    copied.querySelectorAll(".alert.note, .alert-title").forEach(function (note) {
      note.remove();
    });
    copied.querySelectorAll(":is(td, th) + :is(td, th)").forEach(function (cell) {
      cell.prepend(" | ");
    });
    return copied.textContent;
  }

  /* The words of an editor's note without those that it may begin with: a result says them before it. */
  function withoutLabel(text) {
    var trimmed = text.trim();
    var label = phrase("search.editors-note");
    var begins = trimmed.replace(/'/g, "\u2019").indexOf(label.replace(/'/g, "\u2019")) === 0;
    return begins ? trimmed.slice(label.length) : text;
  }

  /* Everything that can be found: where it is, what it is called, and its words. Made at the first search. */
  var places = null;

  function gather() {
    var all = [];
    document.querySelectorAll(".part").forEach(function (part) {
      var name = part.getAttribute("data-part") || "";
      var heading = "";
      part.querySelectorAll("h2[id], h3[id], h4[id], h5[id], h6[id], .clause[id], dt[id]").forEach(function (element) {
        if (element.closest(".notes, .authority")) {
          return;
        }
        var isClause = element.classList.contains("clause");
        var isWord = element.localName === "dt";
        var text = isClause ? ownWords(element.querySelector(".text")) : isWord ? element.nextElementSibling.textContent : "";
        var title = isClause ? element.querySelector(".number").textContent : element.textContent;
        if (!isClause && !isWord) {
          heading = element.textContent;
        }
        var from = [name, isClause && heading !== name ? heading : ""].filter(Boolean).join(", ");
        var add = function (text, names, note) {
          text = text.replace(/\s+/g, " ").trim();
          all.push({ id: element.id, title: title.trim(), from: from, text: text, note: note, words: words(text), names: names });
        };
        add(text, words(title + " " + (isClause ? heading : "")), false);
        element.querySelectorAll(isClause ? ".text .alert.note" : "none").forEach(function (note) {
          add(withoutLabel(ownWords(note)), [], true);
        });
      });
    });
    return all;
  }

  /* How well a place answers; 0 if a word is neither in it nor in what it is called. */
  function weight(place, asked, number) {
    if (number && !place.note && place.title.toLowerCase() === number) {
      return 1000;
    }
    var sum = 0;
    for (var i = 0; i < asked.length; i++) {
      var start = function (word) {
        return word.indexOf(asked[i]) === 0;
      };
      var named = place.names.filter(start).length;
      var within = place.words.filter(start).length;
      if (!named && !within) {
        return 0;
      }
      sum += 4 * Math.min(named, 1) + Math.min(within, 4) / (1 + place.words.length / 200);
    }
    return place.note ? sum / 2 : sum;
  }

  /* The part of a text in which the first of the words is. */
  function excerpt(text, asked) {
    var low = plain(text);
    var at = asked.reduce(function (first, word) {
      var here = low.search(new RegExp("\\b" + word.replace(/\./g, "\\.")));
      return here >= 0 && (first < 0 || here < first) ? here : first;
    }, -1);
    var from = Math.max(0, at - 40);
    from = from && text.indexOf(" ", from) + 1;
    var part = text.slice(from, from + EXCERPT);
    var whole = from + EXCERPT >= text.length;
    return (from ? "… " : "") + (whole ? part : part.replace(/\s+\S*$/, "") + " …");
  }

  function add(parent, name, className, text) {
    var element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function show(hits, asked, from) {
    hits.slice(from, from + MOST).forEach(function (hit) {
      var item = document.createElement("li");
      var line = add(item, "p", "result", "");
      add(line, "a", "", hit.place.title).href = "#" + hit.place.id;
      if (hit.place.from && hit.place.from !== hit.place.title) {
        add(line, "span", "facts", " " + hit.place.from);
      }
      if (hit.place.text) {
        add(item, "p", "excerpt", (hit.place.note ? phrase("search.editors-note") + " " : "") + excerpt(hit.place.text, asked));
      }
      results.appendChild(item);
    });
    more.hidden = from + MOST >= hits.length;
    more.onclick = function () {
      show(hits, asked, from + MOST);
      results.children[from + MOST].querySelector("a").focus();
    };
  }

  function search() {
    var asked = words(input.value).map(stem);
    results.textContent = "";
    more.hidden = true;
    if (!asked.length) {
      found.textContent = "";
      return;
    }
    places = places || gather();
    var number = plain(input.value).trim();
    var hits = [];
    places.forEach(function (place, order) {
      var sum = weight(place, asked, number);
      if (sum) {
        hits.push({ place: place, sum: sum, order: order });
      }
    });
    hits.sort(function (a, b) {
      return b.sum - a.sum || a.order - b.order;
    });
    found.textContent = hits.length ? phrase("script.find.found", { count: hits.length }) : phrase("script.find.none");
    show(hits, asked, 0);
  }

  var waiting = 0;
  input.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  find.hidden = false;

  /* An address as the site has it, `#3.37`, leads to the one place here that has it. */
  function lead() {
    var wanted = decodeURIComponent(location.hash.slice(1));
    if (!wanted || document.getElementById(wanted)) {
      return;
    }
    var ending = Array.prototype.filter.call(document.querySelectorAll("[id]"), function (element) {
      return element.id.slice(-wanted.length - 2) === "--" + wanted;
    });
    if (ending.length === 1) {
      location.replace("#" + ending[0].id);
    }
  }
  addEventListener("hashchange", lead);
  lead();
})();
