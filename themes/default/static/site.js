/*
 * What the default theme adds where scripts run. Every text, link, note and list is there without it, and whatever needs
 * it is made by it: the field of search, ways to copy, notes beside and under their clause, previews, choices.
 *
 * A classic script, since a page opened from a folder may not load a module. It writes what others wrote as text or as a
 * copy of what the page holds already, never as markup, and asks nothing of any server.
 */
(() => {
  "use strict";

  const root = document.documentElement;
  const wide = matchMedia("(min-width: 78rem)");

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  /* An element with attributes and with words or elements in it. */
  const make = (name, attributes, ...parts) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...parts);
    return element;
  };

  /* Words in the language of the site, from `words.js`, which is put before this script. */
  const phrase = (key, given) => window.clausebookWords(key, given);
  /* Attributes of what holds such words alone, where they are not in the language of the page. */
  const foreign = () => window.clausebookWords.attributes;

  /* What a reader chose is kept under the site's name, since pages opened from a disk may share one store. */
  const site = one("meta[property='og:site_name']");
  const key = (choice) => `clausebook ${site ? site.content : ""} ${choice}`;
  const kept = (choice) => {
    try {
      return localStorage.getItem(key(choice));
    } catch (refused) {
      return null;
    }
  };
  const keep = (choice, value) => {
    try {
      localStorage.setItem(key(choice), value);
    } catch (refused) {
      /* It holds for this page. */
    }
  };

  /* The scheme is set before anything is painted. */
  const useScheme = (scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };
  useScheme(kept("scheme"));

  /* Saying and copying */

  const said = make("p", { class: "said", role: "status" });
  const say = (words) => {
    said.textContent = "";
    setTimeout(() => (said.textContent = words), 50);
  };

  /* Copies words. Where the browser refuses, a field after the button holds them, selected. */
  const copy = async (words, button) => {
    try {
      await navigator.clipboard.writeText(words);
      say(phrase("script.copied"));
    } catch (refused) {
      const old = button.nextElementSibling;
      if (old && old.className === "refused") old.remove();
      const field = make("textarea", { class: "refused", readonly: "", rows: "3", "aria-label": phrase("script.to-copy-label") });
      field.value = words;
      button.after(field);
      field.focus();
      field.select();
      say(phrase("script.press-to-copy"));
    }
  };

  /* The absolute address of a fragment of this page, if the site knows its own. */
  const address = (fragment) => {
    const canonical = one("link[rel=canonical]");
    return canonical ? canonical.href + (fragment ? `#${fragment}` : "") : null;
  };

  /* Words on one line, without note marks, editor's notes and labels of controls; cells parted. */
  const wordsOf = (element) => {
    const copied = element.cloneNode(true);
    all(".mark, .opened, .note-list, .source, .status, .alert.note", copied).forEach((mark) => mark.remove());
    all(":is(td, th) + :is(td, th)", copied).forEach((cell) => cell.prepend(" | "));
    return copied.textContent.replace(/\s+/g, " ").trim();
  };

  const icon = () => {
    const space = "http://www.w3.org/2000/svg";
    const picture = document.createElementNS(space, "svg");
    const path = document.createElementNS(space, "path");
    picture.setAttribute("viewBox", "0 0 16 16");
    picture.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M5.5 5.5v-4h9v9h-4M1.5 5.5h9v9h-9z");
    picture.append(path);
    return picture;
  };

  const copyLinks = (items) => {
    for (const clause of all(".clause[id]", items)) {
      const number = one(".number", clause).textContent;
      const citation = phrase("script.citation", { document: items.dataset.cite, number: number.replace("¶", "") });
      const link = address(clause.id);
      const name = link ? phrase("script.copy-link-label", { number }) : phrase("script.copy-citation-label", { number });
      const button = make("button", { class: "copy-link", type: "button", "aria-label": name }, icon());
      button.addEventListener("click", () => copy(link || citation, button));
      one(".number", clause).after(button);
    }
  };

  /* On the page of one clause: its link, its citation, its words with both. */
  const copyTools = (place) => {
    const citation = one("h1").textContent;
    const link = address("");
    const quoted = one("[data-quotation]");
    const ways = [[phrase("script.copy-citation"), () => citation]];
    if (quoted) ways.push([phrase("script.copy-quotation"), () => quoted.dataset.quotation]);
    if (link) ways.unshift([phrase("script.copy-link"), () => link]);
    const tools = make("div", { class: "tools", ...foreign() });
    for (const [name, words] of ways) {
      const button = make("button", { type: "button" }, name);
      button.addEventListener("click", () => copy(words(), button));
      tools.append(button);
    }
    place.after(tools);
  };

  /* Contents */

  /* Opened where there is room, with the heading that the reader is under marked. */
  const followContents = (nav) => {
    const fold = one("details", nav);
    const open = () => (fold.open = wide.matches);
    open();
    wide.addEventListener("change", open);
    const links = all("a", nav);
    const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    let due = false;
    const mark = () => {
      due = false;
      const passed = headings.filter((heading) => heading && heading.getBoundingClientRect().top < innerHeight / 4);
      const current = links[passed.length - 1];
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
    const close = make("button", { type: "button", ...foreign() }, phrase("script.close"));
    const words = make("div", {}, ...wordsOfNote(note).childNodes);
    const name = mark.getAttribute("aria-label");
    const opened = make("div", { class: "opened", role: "group", tabindex: "-1", "aria-label": name }, words, close);
    const shut = () => {
      opened.remove();
      mark.focus();
    };
    close.addEventListener("click", shut);
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

  /* Previews */

  const PREVIEWED = ".items a[href]:not(.mark):not(.number), .front a[href]";
  /* The preview that is open, the link that it is of, and where in the window the link was. */
  let preview = null;
  let from = null;
  let place = null;
  let asked = null;
  const timers = {};

  const after = (wait, name, act) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(() => {
      timers[name] = 0;
      act();
    }, wait);
  };
  const stop = (name) => {
    clearTimeout(timers[name]);
    timers[name] = 0;
  };

  const closePreview = () => {
    stop("leave");
    if (preview) preview.remove();
    preview = null;
  };

  /* What this page refers to on others: a script beside the page, loaded once. */
  const elsewhere = (items) => {
    asked = asked || new Promise((done) => {
      if (!items.dataset.previews) return done({});
      const script = make("script", { src: items.dataset.previews });
      script.onload = () => done(window.clausebookReferences || {});
      script.onerror = () => done({});
      document.head.append(script);
    });
    return asked;
  };

  /* A place of this page in the same form. */
  const here = (id, items) => {
    const place = document.getElementById(decodeURIComponent(id));
    const clause = place && place.closest(".clause");
    if (!clause || !clause.closest(".items > .clause")) return null;
    const words = wordsOf(place === clause || place.tagName === "SPAN" ? one(".text", clause) : place).split(" ");
    const first = words.length > 62 ? `${words.slice(0, 60).join(" ")} …` : words.join(" ");
    const status = one(".front .status");
    return {
      n: one(".number", clause).textContent,
      d: items.dataset.cite,
      s: status ? status.textContent.trim() : "",
      t: first,
      m: all(".text .mark", clause).length,
    };
  };

  /* What a link leads to, if it can be shown. */
  const leadsTo = async (link, items) => {
    const written = link.getAttribute("href");
    return written.startsWith("#") ? here(written.slice(1), items) : (await elsewhere(items))[written];
  };

  const openPreview = (link, found, y) => {
    closePreview();
    const off = make("button", { type: "button", tabindex: "-1", ...foreign() }, phrase("script.previews-off"));
    off.addEventListener("click", () => {
      usePreviews(false);
      closePreview();
    });
    const title = found.n === found.d ? [found.n] : [found.n, found.d];
    const words = make("div", {}, make("p", {}, make("b", {}, title.join(", "))));
    if (found.s) words.append(make("p", {}, make("strong", {}, found.s)));
    if (found.t) words.append(make("p", {}, found.t));
    if (found.m) words.append(make("p", foreign(), phrase("script.notes", { count: found.m })));
    preview = make("div", { class: "preview", "aria-hidden": "true" }, words, off);
    document.body.append(preview);
    /* Under the line that the mouse is on, or over it where there is more room, and no taller than the room: never on it. */
    const lines = Array.from(link.getClientRects());
    const line = lines.find((line) => y >= line.top && y <= line.bottom) || lines[0];
    const [over, under] = [line.top - 8, innerHeight - line.bottom - 8];
    const isBelow = preview.offsetHeight <= under || under >= over;
    preview.style.maxHeight = `${Math.max(isBelow ? under : over, 80)}px`;
    const box = preview.getBoundingClientRect();
    const left = Math.max(16, Math.min(line.left, root.clientWidth - box.width - 16));
    preview.style.left = `${left + scrollX}px`;
    preview.style.top = `${(isBelow ? line.bottom + 6 : line.top - box.height - 6) + scrollY}px`;
    from = link;
    place = lines[0];
  };

  const usePreviews = (on) => {
    keep("previews", on ? "on" : "off");
    all("[name=previews]").forEach((box) => (box.checked = on));
  };

  /*
   * A preview opens when the mouse rests on a link, and stays while the mouse is on the link or in the preview. On its way
   * from one to the other it may take its time as long as each step brings it nearer. What moves the link from under the
   * mouse (scrolling, another size of window, a text that opens or goes) closes the preview too, also under a mouse that
   * does not move: where the mouse is counts, and not what a browser says of it.
   */
  const followMouse = (items) => {
    let [x, y] = [-1, -1];
    let resting = null;
    let away = 0;
    let soon = false;
    const under = () => document.elementFromPoint(x, y);
    const linkUnder = () => {
      const element = under();
      return element && element.closest(PREVIEWED);
    };
    const isOpen = (link) => Boolean(preview) && from === link;
    const show = async (link) => {
      const found = linkUnder() === link && !isOpen(link) && (await leadsTo(link, items));
      if (!found || linkUnder() !== link) return;
      openPreview(link, found, y);
      away = distance();
      after(500, "settle", settle);
      stayTogether(link, preview);
    };
    const rest = () => {
      const link = linkUnder();
      if (link === resting) return;
      resting = link;
      if (link && !isOpen(link) && kept("previews") !== "off") after(400, "rest", () => show(link));
      else stop("rest");
    };
    const close = () => {
      closePreview();
      resting = null;
    };
    const distance = () => {
      const box = preview.getBoundingClientRect();
      return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    };
    /* A preview is parted from its link when a text above the link opens or goes: it closes, and may come again. */
    const stayTogether = (link, shown) => {
      const gap = () => {
        const line = link.getClientRects()[0];
        return line ? shown.getBoundingClientRect().top - line.top : Infinity;
      };
      const first = gap();
      const look = () => {
        if (preview !== shown) return;
        if (Math.abs(gap() - first) < 2) return requestAnimationFrame(look);
        close();
        rest();
      };
      requestAnimationFrame(look);
    };
    /* The mouse has moved while a preview is open. */
    const approach = () => {
      const [over, now, before] = [under(), distance(), away];
      away = now;
      if (preview.contains(over) || from.contains(over)) stop("leave");
      else if (now > before || (now === before && linkUnder())) closePreview();
      else if (now < before || !timers.leave) after(300, "leave", closePreview);
    };
    /* The page may have moved under the mouse. */
    const settle = () => {
      if (preview) {
        const [over, now] = [under(), from.getClientRects()[0]];
        const moved = !now || Math.abs(now.top - place.top) > 1 || Math.abs(now.left - place.left) > 1;
        if (from.contains(over)) place = now;
        else if (moved || !(timers.leave || preview.contains(over))) close();
      }
      rest();
      soon = false;
      if (preview) after(500, "settle", settle);
    };
    const follow = (event) => {
      if (event.pointerType !== "mouse") return;
      [x, y] = [event.clientX, event.clientY];
      if (preview) approach();
      rest();
    };
    document.addEventListener("pointerover", follow);
    document.addEventListener("pointermove", follow, { passive: true });
    root.addEventListener("pointerleave", () => {
      [x, y] = [-1, -1];
      close();
      rest();
    });
    addEventListener("scroll", () => {
      if (!soon) after(150, "settle", settle);
      soon = true;
    }, { capture: true, passive: true });
    addEventListener("resize", () => {
      close();
      rest();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") closePreview();
    });
  };

  /* Choices */

  const radios = (name, legend, choices, chosen, choose) => {
    const set = make("fieldset", { class: "tools", ...foreign() }, make("legend", {}, legend));
    for (const [value, words] of choices) {
      const box = make("input", { type: "radio", name, value });
      box.checked = value === chosen;
      box.addEventListener("change", () => choose(value));
      set.append(make("label", {}, box, words));
    }
    return set;
  };

  const offerChoices = (foot, previews) => {
    const schemes = [
      ["system", phrase("script.system")],
      ["light", phrase("script.light")],
      ["dark", phrase("script.dark")],
    ];
    foot.append(radios("scheme", phrase("script.colours"), schemes, kept("scheme") || "system", (scheme) => {
      keep("scheme", scheme);
      useScheme(scheme);
    }));
    if (!previews) return;
    const box = make("input", { type: "checkbox", name: "previews" });
    box.checked = kept("previews") !== "off";
    box.addEventListener("change", () => usePreviews(box.checked));
    foot.append(make("div", { class: "tools", ...foreign() }, make("label", {}, box, phrase("script.previews"))));
  };

  /* A pack is printed for the facilitator, or for participants. */
  const offerHandouts = (front) => {
    const choices = [["leader", phrase("script.print-leader")], ["participant", phrase("script.print-participant")]];
    const print = make("button", { type: "button" }, phrase("script.print"));
    print.addEventListener("click", () => window.print());
    const set = radios("handout", phrase("script.print"), choices, "leader", (handout) => {
      if (handout === "participant") document.body.dataset.handout = handout;
      else delete document.body.dataset.handout;
    });
    set.append(print);
    front.append(set);
  };

  /* A page that is gone leads on: to what its fragment names, if one thing took that over, or to what took over the page. */
  const leadOn = (list) => {
    const named = document.getElementById(location.hash.slice(1));
    const links = named && list.contains(named) ? all("a", named) : [];
    if (links.length === 1) location.replace(links[0].href);
    else if (!named && list.dataset.forward) location.replace(new URL(list.dataset.forward, location.href).href);
  };

  const start = () => {
    document.body.append(said);
    all(".forwards").forEach(leadOn);
    all(".search[hidden]").forEach((form) => (form.hidden = false));
    all(".to-search").forEach((link) => link.remove());
    const items = one(".items[data-cite]");
    /* At the head of each printed page, where the browser can. */
    const running = items && site ? `${items.dataset.cite} – ${site.content}` : document.title;
    root.style.setProperty("--running", JSON.stringify(running));
    all(".contents").forEach(followContents);
    offerChoices(one(".foot"), items);
    if (document.body.matches(".single")) copyTools(one(".onward"));
    if (document.body.matches(".pack")) offerHandouts(one(".front"));
    if (!items) return;
    copyLinks(items);
    openNotes();
    setBeside(items);
    wide.addEventListener("change", () => setBeside(items));
    followMouse(items);
  };

  const begin = () => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  };

  begin();
})();
