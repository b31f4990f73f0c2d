// The team's race: one line a person.
import { el } from "./nodes.js";
import { bar } from "./bar.js";

const FEWEST = 6; // lines that share the height, so that two people do not fill a wall

export function race(rows, empty) {
  if (!rows.length) return el("p", { class: "empty" }, empty);
  return el("ol", { class: "race", style: { "--lines": Math.max(FEWEST, rows.length) } }, rows.map((row) =>
    el("li", { key: row.key, "data-rank": row.rank },
      el("u", { class: "glow", pulse: row.value }),
      el("span", { class: "rank" }, row.rank),
      el("span", { class: "name" }, row.name),
      bar(row.bar),
      el("span", { class: "count" }, el("b", {}, row.value), row.target ? el("small", {}, ` / ${row.target}`) : null),
      el("span", { class: "today" }, row.today))));
}
