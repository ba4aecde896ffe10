// Looks for essays in the index that the build has made. Nothing of it is loaded before the first letter is typed.
(function () {
  "use strict";
  var form = document.getElementById("page:search");
  var status = document.getElementById("page:status");
  var list = document.getElementById("page:results");
  if (!form || !window.essaiChunk) return;
  var input = form.elements.q;
  var SHOWN = 20;
  var said = status.dataset;
  form.hidden = false;

  // Words as the build has them: letters and digits in lower case without accents, each sign of Chinese and Japanese alone
  function words(text) {
    var folded = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().normalize("NFC");
    return folded.match(/[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])[\p{L}\p{N}])+/gu) || [];
  }

  // The essays with a word that begins so: a map from essay to weight
  function look(index, word) {
    var first = 0;
    while (first + 1 < index.terms.length && index.terms[first + 1] <= word) first++;
    var last = first;
    while (last + 1 < index.terms.length && index.terms[last + 1].startsWith(word) && last - first < 3) last++;
    var chunks = [];
    for (var at = first; at <= last && index.terms.length; at++) chunks.push(essaiChunk("terms-" + at));
    return Promise.all(chunks).then(function (chunks) {
      var found = new Map();
      chunks.join("\n").split("\n").forEach(function (line) {
        if (!line.startsWith(word)) return;
        var space = line.indexOf(" ");
        var postings = line.slice(space + 1).match(/[0-9a-z]*[A-Z]/g) || [];
        var rarity = Math.log(1 + index.essays / postings.length) * (space === word.length ? 2 : 1);
        var essay = -1;
        postings.forEach(function (posting) {
          essay += 1 + (parseInt(posting.slice(0, -1), 36) || 0);
          var weight = (posting.charCodeAt(posting.length - 1) - 64) * rarity;
          if (weight > (found.get(essay) || 0)) found.set(essay, weight);
        });
      });
      return found;
    });
  }

  // The essays with all the words, else those with most of them, best first
  function rank(maps) {
    var scores = new Map();
    maps.forEach(function (map) {
      map.forEach(function (weight, essay) {
        var score = scores.get(essay) || [0, 0];
        scores.set(essay, [score[0] + 1, score[1] + weight]);
      });
    });
    var most = 0;
    scores.forEach(function (score) { most = Math.max(most, score[0]); });
    var best = Array.from(scores).filter(function (entry) { return entry[1][0] === most; });
    return best.sort(function (a, b) { return b[1][1] - a[1][1] || a[0] - b[0]; });
  }

  function fetchEssay(index, essay) {
    var chunk = 0;
    while (chunk + 1 < index.starts.length && index.starts[chunk + 1] <= essay) chunk++;
    return essaiChunk("essays-" + chunk).then(function (essays) { return essays[essay - index.starts[chunk]]; });
  }

  function marked(parent, text, asked) {
    text.split(/([\p{L}\p{N}\p{M}]+)/u).forEach(function (part) {
      var isHit = words(part).some(function (word) { return asked.some(function (begin) { return word.startsWith(begin); }); });
      if (!isHit) return parent.append(part);
      var mark = document.createElement("mark");
      mark.textContent = part;
      parent.append(mark);
    });
  }
  function add(parent, name, text, asked) {
    var element = document.createElement(name);
    marked(element, text, asked);
    parent.append(element);
    return element;
  }
  function result(essay, asked) {
    var item = document.createElement("li");
    add(item, "a", essay[1], asked).href = essay[0];
    if (essay[3]) add(item, "time", essay[3], []);
    if (essay[2]) add(item, "p", essay[2], asked);
    var hits = (essay[4] || []).filter(function (heading) {
      return words(heading[1]).some(function (word) { return asked.some(function (begin) { return word.startsWith(begin); }); });
    }).slice(0, 3);
    if (hits.length) {
      var line = add(item, "p", "", []);
      line.className = "hits";
      hits.forEach(function (heading, position) {
        if (position) line.append(" · ");
        add(line, "a", heading[1], asked).href = essay[0] + "#" + encodeURIComponent(heading[0]);
      });
    }
    return item;
  }

  function fill(phrase, count) {
    return (phrase || "").replace("{count}", count).replace("{shown}", SHOWN);
  }

  var turn = 0;
  function search() {
    var asked = words(input.value);
    var mine = ++turn;
    try {
      history.replaceState(null, "", input.value ? "?q=" + encodeURIComponent(input.value) : location.pathname);
    } catch (_) { /* some browsers forbid it to a page on disk */ }
    if (!asked.length) {
      status.textContent = "";
      return list.replaceChildren();
    }
    essaiChunk("index").then(function (index) {
      return Promise.all(asked.map(function (word) { return look(index, word); })).then(function (maps) {
        var best = rank(maps);
        return Promise.all(best.slice(0, SHOWN).map(function (entry) { return fetchEssay(index, entry[0]); })).then(function (essays) {
          if (mine !== turn) return;
          list.replaceChildren.apply(list, essays.map(function (essay) { return result(essay, asked); }));
          status.textContent = fill(!best.length ? said.nothing : best.length > SHOWN ? said.best : best.length === 1 ? said.essay : said.essays, best.length);
        });
      });
    }).catch(function () {
      if (mine === turn) status.textContent = said.noIndex;
    });
  }

  var timer;
  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(search, 120);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    search();
  });
  // Arrows walk through the results, Escape leads back
  document.addEventListener("keydown", function (event) {
    var links = [input].concat(Array.from(list.querySelectorAll("li > a")));
    var at = links.indexOf(document.activeElement);
    if (at < 0) return;
    if (event.key === "ArrowDown" && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at > 0) links[at - 1].focus();
    else if (event.key === "Escape" && at > 0) input.focus();
    else return;
    event.preventDefault();
  });

  input.value = new URLSearchParams(location.search).get("q") || "";
  if (input.value) search();
  input.focus();
})();
