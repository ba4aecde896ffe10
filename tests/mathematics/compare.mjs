// Reads `[[tex, html], …]` from its input, sets every formula with KaTeX too, and prints the TeX of those of which
// other characters are seen, one a line, and at the end how many were compared. What KaTeX lacks is left out.
// The argument is the folder of KaTeX's package.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const katex = createRequire(import.meta.url)(process.argv[2]);

// Several characters for one sign: accents, bars, capital Greek letters that look like Latin ones.
const same = [
  ["\u02CA\u00B4\u0301", "´"],
  ["\u02C9\u00AF\u0304\u0305\u0332_\u203E", "¯"],
  ["\u02CB`\u0300", "`"],
  ["^\u02C6\u0302", "^"],
  ["~\u02DC\u0303", "~"],
  ["|\u2223", "|"],
  ["\u2016\u2225", "‖"],
  ["\u27C2\u22A5", "⊥"],
  ["\u2571\u27CB", "╱"],
  ["\u2572\u27CD", "╲"],
  ["\u25FB\u25A1", "□"],
];
const plain = new Map(same.flatMap(([variants, one]) => [...variants].map((variant) => [variant, one])));
[..."AΑBΒEΕZΖHΗIΙKΚMΜNΝOΟPΡTΤXΧ"].forEach((letter, at, all) => at % 2 && plain.set(letter, all[at - 1]));

const entities = { lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'", amp: "&", nbsp: " " };

// The characters that are seen, in order of their numbers: the two differ in how they nest.
function seen(mathml) {
  const text = mathml
    .replace(/<annotation[^]*?<\/annotation>/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&([a-z0-9#]+);/g, (whole, name) => entities[name] ?? whole)
    .replaceAll("...", "\u20DB")
    .normalize("NFKD");
  const visible = [...text].filter((sign) => !/[\s\u2061-\u2064\u200B\u0338\uFE00-\uFE0F]/u.test(sign));
  return visible.map((sign) => plain.get(sign) ?? sign).sort().join("");
}

let compared = 0;
for (const [tex, html] of JSON.parse(readFileSync(0, "utf8"))) {
  let reference;
  try {
    reference = katex.renderToString(tex, { displayMode: true, output: "mathml", strict: "ignore", trust: true });
  } catch {
    continue;
  }
  compared += 1;
  if (seen(reference) !== seen(html)) console.log(tex);
}
console.log(compared);
