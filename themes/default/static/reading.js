/*
 * What the default theme adds to a document where scripts run: contents that follow the reader, clauses one by one from
 * the keyboard, ways to copy, notes beside and under their clause. Previews are
 * a script of their own, which comes with the first movement of a mouse. Comes after `site.js`.
 */
(() => {
  "use strict";

  const { one, all, make, phrase, foreign, button, kept, keep, copy, address } = clausebook;
  const wide = matchMedia("(min-width: 78rem)");

  const copyLinks = (items) => {
    for (const clause of all(".clause[id]", items)) {
      const number = one(".number", clause).textContent;
      const citation = phrase("script.citation", { document: items.dataset.cite, number: number.replace("¶", "") });
      const link = address(clause.id);
      const name = link ? phrase("script.copy-link-label", { number }) : phrase("script.copy-citation-label", { number });
      one(".number", clause).after(button(phrase("script.copy"), (from) => copy(link || citation, from), { class: "copy-link", "aria-label": name }));
    }
  };

  /*
   * Clause by clause. What is in a clause besides its number is in the tab order while the focus is in that clause, or
   * while the address names it: a reader passes a number with one key, and loses no link. Down and Up lead from a number
   * or a button to the next number and the one before.
   */
  const goByClause = (items) => {
    const clauses = all(":scope > .clause", items);
    let current = null;
    const within = (clause) => all("a[href]:not(.number a), button, summary", clause).filter((e) => !e.closest(".side"));
    const enter = (clause) => {
      if (clause === current) return;
      if (current) within(current).forEach((element) => element.setAttribute("tabindex", "-1"));
      if (clause) within(clause).forEach((element) => element.setAttribute("tabindex", "0"));
      current = clause;
    };
    clauses.forEach((clause) => within(clause).forEach((element) => element.setAttribute("tabindex", "-1")));
    const named = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const clause = target && target.closest(".items > .clause");
      if (clause) enter(clause);
    };
    named();
    addEventListener("hashchange", named);
    for (const kind of ["focusin", "pointerdown"]) {
      items.addEventListener(kind, (event) => {
        const clause = event.target.closest(".items > .clause");
        if (clause) enter(clause);
      });
    }
    items.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("textarea, .table, .code")) return;
      const at = clauses.indexOf(event.target.closest(".items > .clause"));
      const next = at < 0 ? null : clauses[at + step];
      if (!next) return;
      event.preventDefault();
      one(".number a", next).focus();
      next.scrollIntoView({ block: "nearest" });
    });
  };

  /* Contents */

  /* Opened where there is room, with the heading that the reader is under marked and the other sections folded. */
  const followContents = (nav) => {
    const fold = one("details", nav);
    const open = () => (fold.open = wide.matches);
    open();
    wide.addEventListener("change", open);
    nav.classList.add("followed");
    const links = all(".headings a", nav);
    const sections = links.length > 20 ? all(".headings > li", nav).filter((line) => one("ul", line)) : [];
    const unfold = (line, isOpen) => {
      line.className = isOpen ? "open" : "shut";
      one("button", line).setAttribute("aria-expanded", isOpen);
    };
    for (const line of sections) {
      const name = phrase("script.unfold-label", { heading: one("a", line).lastChild.textContent.trim() });
      one("a", line).after(button("", () => unfold(line, line.matches(".shut")), { class: "unfold", "aria-label": name }));
      unfold(line, false);
    }
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let due = false;
    let section = null;
    const mark = () => {
      due = false;
      const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top < innerHeight / 4);
      const current = links[passed.length - 1];
      const around = sections.find((line) => line.contains(current || links[0]));
      if (around !== section) {
        if (section) unfold(section, false);
        if (around) unfold(around, true);
        section = around;
      }
      for (const link of links) {
        if (link !== current) link.removeAttribute("aria-current");
      }
      if (!current || current.hasAttribute("aria-current")) return;
      current.setAttribute("aria-current", "location");
      const [inner, outer] = [current.getBoundingClientRect(), nav.getBoundingClientRect()];
      if (wide.matches && !nav.matches(":hover, :focus-within") && (inner.top < outer.top || inner.bottom > outer.bottom)) {
        nav.scrollTop += inner.top - outer.top - outer.height / 3;
      }
    };
    addEventListener("scroll", () => {
      if (!due) requestAnimationFrame(mark);
      due = true;
    }, { passive: true });
    mark();
  };

  /* Notes */

  const noteOf = (mark) => document.getElementById(decodeURIComponent(mark.hash.slice(1)));

  /* A copy of a note's words, without the ids that are in the note itself. */
  const wordsOfNote = (note) => {
    const copied = one(".text", note).cloneNode(true);
    all("[id]", copied).forEach((element) => element.removeAttribute("id"));
    return copied;
  };

  /* Beside the clause in its own row, so that notes cannot overlap. Readers of the page's own order find them at its end. */
  const setBeside = (items) => {
    if (!wide.matches || items.dataset.beside) return;
    items.dataset.beside = "done";
    for (const clause of all(":scope > .clause", items)) {
      const notes = new Set(all(".text .mark", clause).map(noteOf).filter(Boolean));
      if (!notes.size) continue;
      const side = make("div", { class: "side", "aria-hidden": "true" });
      for (const note of notes) {
        const words = wordsOfNote(note);
        (words.firstElementChild || words).prepend(make("b", {}, String(note.value)), " ");
        side.append(words);
      }
      all("a, [tabindex]", side).forEach((link) => link.setAttribute("tabindex", "-1"));
      clause.append(side);
    }
  };

  /* Under the paragraph that marks it. */
  const openUnder = (mark) => {
    const note = noteOf(mark);
    const block = mark.closest("p, li, dd, .table, blockquote") || mark.parentElement;
    const place = block.tagName === "LI" || block.tagName === "DD" ? null : block;
    const words = make("div", {}, ...wordsOfNote(note).childNodes);
    const name = mark.getAttribute("aria-label");
    const opened = make("div", { class: "opened", role: "group", tabindex: "-1", "aria-label": name }, words);
    const shut = () => {
      opened.remove();
      mark.focus();
    };
    opened.append(button(phrase("script.close"), shut));
    opened.addEventListener("keydown", (event) => {
      if (event.key === "Escape") shut();
    });
    all(".opened").forEach((other) => other.remove());
    if (place) place.after(opened);
    else block.append(opened);
    opened.focus();
  };

  const openNotes = () => {
    document.addEventListener("click", (event) => {
      const mark = event.target.closest(".items .mark");
      const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (!mark || !plain || wide.matches || mark.closest(".drawn, .note-list, .opened") || !noteOf(mark)) return;
      event.preventDefault();
      openUnder(mark);
    });
  };

  /* Previews come with the first movement of a mouse over the text; where it is now, they ask here. */
  const awaitMouse = () => {
    const seen = (event) => {
      if (event.pointerType !== "mouse") return;
      const isFirst = !clausebook.mouse;
      clausebook.mouse = [event.clientX, event.clientY];
      if (!isFirst) return;
      document.head.append(make("script", { src: one("script[src$='static/reading.js']").src.replace("reading.js", "previews.js") }));
    };
    ["pointerover", "pointermove"].forEach((kind) => document.addEventListener(kind, seen, { passive: true }));
  };

  /* A pack is printed for the facilitator, or for participants. */
  const offerHandouts = (front) => {
    const set = make("fieldset", { class: "tools", ...foreign() }, make("legend", {}, phrase("script.print")));
    for (const [handout, words] of [["leader", phrase("script.print-leader")], ["participant", phrase("script.print-participant")]]) {
      const box = make("input", { type: "radio", name: "handout", value: handout });
      box.checked = handout === "leader";
      box.addEventListener("change", () => {
        if (handout === "participant") document.body.dataset.handout = handout;
        else delete document.body.dataset.handout;
      });
      set.append(make("label", {}, box, words));
    }
    set.append(button(phrase("script.print"), () => window.print()));
    front.append(set);
  };

  /* A link to what is folded opens the fold. */
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView();
    }
  };

  /* Where a reader was in this document, for when they come back: only a fragment is kept, and no time. */
  const offerPlace = (items) => {
    const name = `place ${location.pathname.split("/").slice(-2).join("/")}`;
    const clauses = all(":scope > .clause[id]", items);
    const last = document.getElementById(kept(name) || "");
    if (last && clauses.indexOf(last) > 1 && !location.hash) {
      const link = make("a", { href: `#${last.id}`, ...foreign() }, phrase("script.continue", { number: one(".number", last).textContent }));
      (one(".front .facts") || one(".front")).append(" ", link);
    }
    let due = 0;
    addEventListener("scroll", () => {
      clearTimeout(due);
      due = setTimeout(() => {
        const top = clauses.filter((clause) => clause.getBoundingClientRect().top < innerHeight / 3).pop();
        if (top) keep(name, top.id);
      }, 500);
    }, { passive: true });
  };

  const start = () => {
    const items = one(".items[data-cite]");
    all(".contents").forEach(followContents);
    if (document.body.matches(".pack")) offerHandouts(one(".front"));
    reveal();
    addEventListener("hashchange", reveal);
    if (!items) return;
    const box = make("input", { type: "checkbox", name: "previews" });
    box.checked = kept("previews") !== "off";
    box.addEventListener("change", () => keep("previews", box.checked ? "on" : "off"));
    one(".foot .tools").append(make("label", {}, box, phrase("script.previews")));
    copyLinks(items);
    openNotes();
    setBeside(items);
    wide.addEventListener("change", () => setBeside(items));
    goByClause(items);
    offerPlace(items);
    awaitMouse();
  };
  document.addEventListener("DOMContentLoaded", start);
})();
