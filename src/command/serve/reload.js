// Shows changes in an open page. `essai serve` adds it to what it answers; it is never part of the site.
(() => {
  "use strict";
  const own = document.currentScript;
  const BLOCKS = "h1,h2,h3,h4,h5,h6,p,li,pre,tr,figure,figcaption,dt,dd,summary,blockquote,math[display=block],img";
  const KEPT = "essai:" + location.pathname;
  const STYLE = `
    :host { all: initial; color-scheme: light dark; }
    * { box-sizing: border-box; }
    section, button.mark, button.badge {
      position: fixed; z-index: 2147483647; font: 15px/1.45 system-ui, sans-serif; color: #26221d; background: #fdfcf9;
      border: 1px solid #b9ae9c; box-shadow: 0 2px 14px rgb(0 0 0 / .22);
    }
    section { left: 0; right: 0; bottom: 0; max-height: 60vh; overflow: auto; padding: .75rem 1.25rem 1.25rem;
      border-width: 3px 0 0; border-top-color: #8a6d00; }
    section.error { border-top-color: #b3261e; }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { font-size: 1rem; margin: 0; }
    article { margin-top: .9rem; }
    h3 { font-size: 1rem; font-weight: 600; margin: 0; }
    .error h3 b { color: #b3261e; } .warning h3 b { color: #7a5c00; }
    pre { margin: .3rem 0 0; padding: .5rem .75rem; overflow-x: auto; background: #f1ede4; border-radius: 4px;
      font: 13px/1.4 ui-monospace, "DejaVu Sans Mono", monospace; }
    button { font: inherit; color: inherit; background: none; border: 1px solid #b9ae9c; border-radius: 4px;
      padding: .1rem .6rem; cursor: pointer; }
    button.place { border: 0; padding: 0; color: #7a2e1d; text-decoration: underline; }
    button:focus-visible { outline: 2px solid #7a2e1d; outline-offset: 2px; }
    button.mark { left: 50%; transform: translateX(-50%); bottom: 1rem; border-radius: 99px; padding: .3rem 1rem; }
    button.badge { right: 1rem; bottom: 1rem; border-radius: 99px; padding: .3rem .9rem; }
    @media (prefers-color-scheme: dark) {
      section, button.mark, button.badge { color: #e4dfd6; background: #191815; border-color: #5a5347; }
      pre { background: #2a2823; } button { border-color: #5a5347; } button.place { color: #e5a48f; }
      .error h3 b { color: #ff8a80; } .warning h3 b { color: #e7c35a; }
    }
    @media print { :host { display: none; } }`;

  // A place of our own in the page, which its style does not reach.
  const host = document.createElement("essai-preview");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  document.documentElement.append(host);
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  // Keeping the place of reading across a reload.
  const blocks = () => {
    const found = [...(document.querySelector("main") || document.body).querySelectorAll(BLOCKS)];
    return found.filter((block) => !block.querySelector(BLOCKS));
  };
  const hash = (block) => {
    let sum = 2166136261;
    const text = block.tagName + (block.getAttribute("src") || "") + block.innerHTML;
    for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 16777619);
    return sum;
  };
  const details = () => [...document.querySelectorAll("details")];
  const keep = () => {
    const all = blocks();
    const anchor = all.findIndex((block) => block.getBoundingClientRect().bottom > 0);
    const top = anchor < 0 ? 0 : all[anchor].getBoundingClientRect().top;
    const kept = { hashes: all.map(hash), anchor, top, x: scrollX, y: scrollY, open: details().map((each) => each.open) };
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  };
  const reload = () => {
    try { keep(); } catch { /* A page that cannot be kept is reloaded all the same. */ }
    history.scrollRestoration = "manual";
    location.reload();
  };
  const scrollToKept = (kept, all, hashes) => {
    const wanted = kept.hashes[kept.anchor];
    const same = hashes.flatMap((each, at) => (each === wanted ? [at] : []));
    const nearest = same.sort((a, b) => Math.abs(a - kept.anchor) - Math.abs(b - kept.anchor))[0];
    const y = nearest === undefined ? kept.y : scrollY + all[nearest].getBoundingClientRect().top - kept.top;
    scrollTo({ left: kept.x, top: y, behavior: "instant" });
  };
  const restore = () => {
    const text = sessionStorage.getItem(KEPT);
    if (!text) return;
    sessionStorage.removeItem(KEPT);
    const kept = JSON.parse(text);
    const all = blocks();
    const hashes = all.map(hash);
    details().forEach((each, at) => { if (at in kept.open) each.open = kept.open[at]; });
    scrollToKept(kept, all, hashes);
    const placed = scrollY;
    // Pictures and fonts that come late move the text; a reader who has moved on is left alone.
    addEventListener("load", () => {
      if (Math.abs(scrollY - placed) < 2) scrollToKept(kept, all, hashes);
      // Only now, or the browser would scroll to where the page was before it changed.
      setTimeout(() => { history.scrollRestoration = "auto"; });
    });
    const before = kept.hashes;
    let first = 0;
    while (first < hashes.length && hashes[first] === before[first]) first += 1;
    if (first === hashes.length && first === before.length) return;
    const changed = all[Math.min(first, all.length - 1)];
    if (changed) point(changed);
  };

  // A mark that leads to what has changed, where it is off screen.
  const point = (changed) => {
    const box = changed.getBoundingClientRect();
    if (box.bottom > 0 && box.top < innerHeight) return;
    const mark = make("button", "mark", box.top < 0 ? "↑ Changed" : "↓ Changed");
    mark.addEventListener("click", () => {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      changed.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
    });
    root.append(mark);
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      mark.remove();
      seen.disconnect();
    });
    seen.observe(changed);
  };

  // Swapping styles and pictures in place.
  const address = (url) => { try { return decodeURI(new URL(url, location.href).pathname); } catch { return ""; } };
  const fresh = (url, version) => {
    const made = new URL(url, location.href);
    made.searchParams.set("essai", version);
    return made.href;
  };
  const swap = (files) => {
    const version = Date.now();
    const is = (url) => Boolean(url) && files.some((file) => address(url).endsWith("/" + file));
    if ([...document.scripts].some((script) => script !== own && is(script.src))) return reload();
    const sheets = [...document.querySelectorAll("link[rel~=stylesheet]")];
    const direct = sheets.filter((link) => is(link.href));
    const imports = files.some((file) => file.endsWith(".css")) && direct.length === 0;
    for (const link of imports ? sheets : direct) {
      const next = link.cloneNode();
      next.href = fresh(link.href, version);
      next.addEventListener("load", () => link.remove(), { once: true });
      next.addEventListener("error", () => link.remove(), { once: true });
      link.after(next);
    }
    for (const element of document.querySelectorAll("[src],[poster],[srcset],[data],link[rel~=icon]")) {
      if (element.tagName === "SCRIPT") continue;
      for (const name of ["src", "poster", "data", "href"]) {
        const value = element.getAttribute(name);
        if (value && is(value)) element.setAttribute(name, fresh(value, version));
      }
      const candidates = element.getAttribute("srcset");
      if (candidates) {
        const swapped = candidates.replace(/[^\s,]\S*/g, (each) => (is(each) ? fresh(each, version) : each));
        if (swapped !== candidates) element.setAttribute("srcset", swapped);
      }
    }
  };

  // The mistakes, over the page.
  let shown = null;
  let closed = false;
  const count = (amount, thing) => `${amount} ${thing}${amount === 1 ? "" : "s"}`;
  const openPlace = (position) =>
    fetch("/_essai/open", { method: "POST", headers: { "x-essai": "1" }, body: String(position) });
  const show = (mistakes, editor) => {
    shown?.remove();
    shown = null;
    if (mistakes.length === 0) return;
    const errors = mistakes.filter((mistake) => mistake.level === "error").length;
    const parts = [errors && count(errors, "error"), mistakes.length > errors && count(mistakes.length - errors, "warning")];
    const title = parts.filter(Boolean).join(" and ");
    if (closed || errors === 0) {
      shown = make("button", "badge", title);
      shown.addEventListener("click", () => { closed = false; list(mistakes, title, errors, editor); });
      root.append(shown);
    } else {
      list(mistakes, title, errors, editor);
    }
  };
  const list = (mistakes, title, errors, editor) => {
    shown?.remove();
    shown = make("section", errors ? "error" : "warning");
    shown.setAttribute("role", errors ? "alert" : "status");
    const header = make("header");
    const close = make("button", "", "Close");
    const hide = () => { closed = true; show(mistakes, editor); };
    close.addEventListener("click", hide);
    shown.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    const heading = make("h2", "", errors ? `${title}: this is the last page without any` : title);
    header.append(heading, close);
    shown.append(header);
    mistakes.slice(0, 50).forEach((mistake, position) => {
      const article = make("article", mistake.level);
      const line = make("h3");
      line.append(make("b", "", mistake.level + ": "), mistake.message);
      article.append(line);
      if (mistake.place && editor) {
        const place = make("button", "place", mistake.place);
        place.addEventListener("click", () => openPlace(position));
        article.append(place);
      }
      article.append(make("pre", "", mistake.text.split("\n").slice(1).join("\n").trimEnd()));
      shown.append(article);
    });
    if (mistakes.length > 50) shown.append(make("article", "", `and ${mistakes.length - 50} more`));
    root.append(shown);
  };

  const asking = new URLSearchParams({ page: location.pathname, version: own.dataset.version, hash: own.dataset.hash });
  const events = new EventSource("/_essai/events?" + asking);
  events.addEventListener("message", (message) => {
    const { reload: changed, files, mistakes, editor } = JSON.parse(message.data);
    if (changed) { events.close(); return reload(); }
    if (mistakes) {
      closed = closed && mistakes.length > 0;
      show(mistakes, editor);
    }
    if (files.length > 0) swap(files);
    performance.mark("essai:listening");
  });
  try { restore(); } catch { history.scrollRestoration = "auto"; }
})();
