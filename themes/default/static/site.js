/*
 * What the default theme adds to every page where scripts run: the field of search, the reader's own colours and size of
 * letters, a button to print. Every text, link, note and list is there without it, and whatever needs it is made by it.
 *
 * A classic script, since a page opened from a folder may not load a module. It writes what others wrote as text or as a
 * copy of what the page holds already, never as markup, and asks nothing of any server. What the scripts of some pages
 * need of it is `clausebook`.
 */
const clausebook = (() => {
  "use strict";

  const root = document.documentElement;
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

  const button = (words, act, attributes = {}) => {
    const made = make("button", { type: "button", ...foreign(), ...attributes }, words);
    made.addEventListener("click", () => act(made));
    return made;
  };

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

  /* The scheme and the size are set before anything is painted. */
  const useScheme = (scheme) => {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };
  const SIZES = [100, 112, 125, 150];
  const size = () => Math.max(0, SIZES.indexOf(Number(kept("size"))));
  const useSize = (at) => {
    root.style.fontSize = at ? `${SIZES[at]}%` : "";
  };
  useScheme(kept("scheme"));
  useSize(size());
  const useSpacing = (spacing) => (document.body.style.lineHeight = spacing === "wide" ? 2 : "");

  const said = make("p", { class: "said", role: "status" });
  const say = (words) => {
    said.textContent = "";
    setTimeout(() => (said.textContent = words), 50);
  };

  /* Copies words. Where the browser refuses, a field after the button holds them, selected. */
  const copy = async (words, from) => {
    try {
      await navigator.clipboard.writeText(words);
      say(phrase("script.copied"));
    } catch (refused) {
      const old = from.nextElementSibling;
      if (old && old.className === "refused") old.remove();
      const field = make("textarea", { class: "refused", readonly: "", rows: "3", "aria-label": phrase("script.to-copy-label") });
      field.value = words;
      from.after(field);
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

  /* A reader's own list: its script comes when it is asked for, and from then on as long as something is kept. */
  const top = one("script[src$='static/site.js']").src.replace("site.js", "");
  const HOLDS_CLAUSES = ".items > .clause, .single, .results, .lines, .drawn";
  const gather = (asked) => {
    if (clausebook.gather) return clausebook.gather();
    clausebook.asked = asked;
    document.head.append(make("link", { rel: "stylesheet", href: `${top}list.css` }), make("script", { src: `${top}gather.js` }));
  };
  /* Among the links at the top; on a telephone, where these have no room for it, with the choices at the foot. */
  const offerList = (tools) => {
    const bar = matchMedia("(min-width: 48rem)").matches && one(".masthead nav ul");
    const here = one("[data-list]");
    const words = phrase("script.my-list");
    const gathers = !here && one(HOLDS_CLAUSES);
    const entry = gathers ? button(words, () => gather(true), bar ? { class: "copy-link" } : {}) : make("a", { href: here ? "" : top.replace("static/", "list.html"), ...foreign() }, words);
    if (here) entry.setAttribute("aria-current", "page");
    entry.dataset.myList = "";
    if (gathers && bar) entry.style.cssText = "font-size:1rem;font-weight:600;color:var(--ink);min-height:2rem";
    if (bar) bar.append(make("li", {}, entry));
    else tools.prepend(entry);
    if (gathers && ["list", "notes", "gather"].some(kept)) gather();
  };

  /* Reads the page aloud, where the browser has a voice: some find theirs late. */
  const offerVoice = (before) => {
    if (typeof speechSynthesis === "undefined" || !speechSynthesis.getVoices().length || one("[data-voice]")) return;
    before.before(button(phrase("script.read-aloud"), () => {
      if (clausebook.readAloud) clausebook.readAloud();
      else document.head.append(make("script", { src: `${top}aloud.js` }));
    }, { "data-voice": "" }));
  };

  const start = () => {
    document.body.append(said);
    useSpacing(kept("spacing"));
    all(".search[hidden]").forEach((form) => (form.hidden = false));
    /* Whoever comes to the home page by keys most often searches. */
    if (document.body.matches(".home") && one("#site-search")) {
      const skip = one(".skip");
      skip.href = "#site-search";
      skip.textContent = phrase("script.skip-to-search");
    }
    const items = one(".items[data-cite]");
    /* At the head of each printed page, where the browser can. */
    const running = items && site ? `${items.dataset.cite} – ${site.content}` : document.title;
    root.style.setProperty("--running", JSON.stringify(running));
    const bar = make("div", { class: "tools", ...foreign() });
    const resize = (step) => {
      const at = Math.min(SIZES.length - 1, Math.max(0, size() + step));
      keep("size", SIZES[at]);
      useSize(at);
      say(`${SIZES[at]}%`);
    };
    const choice = (name, words, options, use) => {
      const select = make("select", { name });
      for (const [value, option] of options) select.append(make("option", { value }, option));
      select.value = kept(name) || options[0][0];
      select.addEventListener("change", () => {
        keep(name, select.value);
        use(select.value);
      });
      return make("label", {}, words, " ", select);
    };
    const print = button(phrase("script.print"), () => window.print());
    bar.append(
      make("span", { role: "group", "aria-label": phrase("script.size") }, make("span", { "aria-hidden": "true" }, phrase("script.size")), " ",
        button(phrase("script.smaller"), () => resize(-1)), " ", button(phrase("script.larger"), () => resize(1))),
      choice("spacing", phrase("script.spacing"), [["normal", phrase("script.normal")], ["wide", phrase("script.wide")]], useSpacing),
      choice("scheme", phrase("script.colours"), [["system", phrase("script.system")], ["light", phrase("script.light")], ["dark", phrase("script.dark")]], useScheme),
      print,
    );
    offerVoice(print);
    if (typeof speechSynthesis !== "undefined") speechSynthesis.onvoiceschanged = () => offerVoice(print);
    one(".foot > div").prepend(bar);
    offerList(bar);
    /* A page that is gone leads on: to what its fragment names, if one thing took that over, or to what took over the page. */
    for (const list of all(".forwards")) {
      const named = document.getElementById(location.hash.slice(1));
      const links = named && list.contains(named) ? all("a", named) : [];
      if (links.length === 1) location.replace(links[0].href);
      else if (!named && list.dataset.forward) location.replace(new URL(list.dataset.forward, location.href).href);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();

  return { root, one, all, make, phrase, foreign, button, kept, keep, say, copy, address };
})();
