// What the page does besides: it remembers the choice of light or dark, and shows a pointer what a link leads to.
// Nothing is missing without it.
(function () {
  "use strict";
  var root = document.documentElement;
  var script = document.currentScript;
  var box = document.querySelector(".switch");
  var dark = matchMedia("(prefers-color-scheme: dark)");

  // Light or dark

  function stored() {
    try { return localStorage.getItem("essai-scheme"); } catch (_) { return null; }
  }
  function show(scheme) {
    if (scheme) root.dataset.scheme = scheme; else delete root.dataset.scheme;
    if (box) box.checked = Boolean(scheme) && (scheme === "dark") !== dark.matches;
  }
  if (box) {
    show(stored());
    box.addEventListener("change", function () {
      var scheme = box.checked !== dark.matches ? "dark" : "light";
      var system = dark.matches ? "dark" : "light";
      try {
        if (scheme === system) localStorage.removeItem("essai-scheme"); else localStorage.setItem("essai-scheme", scheme);
      } catch (_) { /* then it holds for this page */ }
      show(scheme === system ? null : scheme);
    });
    dark.addEventListener("change", function () { show(stored()); });
    addEventListener("storage", function () { show(stored()); });
    addEventListener("pageshow", function () { show(stored()); });
  }

  // The slash key leads to the search

  document.addEventListener("keydown", function (event) {
    var search = document.querySelector("a[rel~=search]");
    var typing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key === "/" && search && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.click();
    }
  });

  // Chunks of the index are scripts that hand over what they hold: so they work from a folder on disk too

  var base = new URL(".", script.src);
  var waiting = {};
  var version = "";
  window.essaiSearch = function (name, value) {
    if (name === "index") version = "?" + value.version;
    waiting[name].take(value);
  };
  window.essaiChunk = function (name) {
    if (!waiting[name]) {
      var entry = (waiting[name] = {});
      entry.promise = new Promise(function (take, fail) {
        var chunk = document.createElement("script");
        entry.take = take;
        chunk.onerror = fail;
        chunk.src = new URL("search-index/" + name + ".js", base) + (name === "index" ? "" : version);
        document.head.append(chunk);
      });
    }
    return waiting[name].promise;
  };
  // FNV-1a, as the build counts it
  function hash(text) {
    var sum = 0x811c9dc5;
    for (var at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
    return sum;
  }
  function essay(url) {
    var address = url.pathname.slice(base.pathname.length) || "index.html";
    if (address.endsWith("/")) address += "index.html";
    return essaiChunk("index").then(function (index) {
      return essaiChunk("essays-" + (hash(address) % index.starts.length));
    }).then(function (essays) {
      return essays.find(function (essay) { return essay[0] === address; });
    });
  }

  // Previews

  var previews = script.dataset.previews;
  if (!previews || !matchMedia("(hover: hover)").matches) return;
  var preview, timer, over;

  function hide() {
    clearTimeout(timer);
    over = null;
    if (preview) preview.remove();
    preview = null;
  }
  function place(link) {
    var at = link.getBoundingClientRect();
    var below = innerHeight - at.bottom > preview.offsetHeight + 16 || at.top < preview.offsetHeight + 16;
    var left = Math.max(16, Math.min(at.left, root.clientWidth - preview.offsetWidth - 16));
    preview.style.left = left + scrollX + "px";
    preview.style.top = scrollY + (below ? at.bottom + 8 : at.top - preview.offsetHeight - 8) + "px";
  }
  function open(link, fill) {
    if (over !== link) return;
    if (preview) preview.remove();
    preview = document.createElement("div");
    preview.className = "preview";
    preview.setAttribute("aria-hidden", "true");
    fill(preview);
    document.body.append(preview);
    place(link);
  }
  function line(parent, name, text) {
    if (!text) return;
    var element = document.createElement(name);
    element.textContent = text;
    parent.append(element);
  }
  function look(link) {
    var url = new URL(link.href, location.href);
    var id = decodeURIComponent(url.hash.slice(1));
    if (url.pathname === location.pathname && url.host === location.host) {
      var note = id.startsWith("fn:") && document.getElementById(id);
      if (!note) return;
      return open(link, function (preview) {
        preview.append.apply(preview, note.cloneNode(true).childNodes);
        preview.querySelectorAll("[id]").forEach(function (element) { element.removeAttribute("id"); });
        preview.querySelectorAll(".footnote-back, .sidenote").forEach(function (element) { element.remove(); });
      });
    }
    if (previews !== "all" || url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return;
    essay(url).then(function (essay) {
      if (!essay) return;
      var heading = (essay[4] || []).find(function (heading) { return heading[0] === id; });
      open(link, function (preview) {
        line(preview, "strong", essay[1]);
        line(preview, "p", heading ? "§ " + heading[1] : essay[2]);
      });
    }, function () {});
  }
  document.addEventListener("pointerover", function (event) {
    var link = event.pointerType !== "touch" && event.target.closest && event.target.closest("main a[href]");
    if (!link || link === over || link.matches(".anchor, .toc a, .essays a, .results a")) return;
    hide();
    over = link;
    timer = setTimeout(look, 250, link);
  });
  document.addEventListener("pointerout", function (event) {
    if (over && !over.contains(event.relatedTarget)) hide();
  });
  ["keydown", "pointerdown", "scroll"].forEach(function (name) {
    addEventListener(name, function () { if (over) hide(); }, { passive: true });
  });
})();
