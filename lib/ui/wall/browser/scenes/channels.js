import { strip } from "../tiles.js";
import { bar } from "../bar.js";
import { panel } from "../figures.js";
import { el } from "../nodes.js";

const FEWEST = 4;

export function channels(frame, page) {
  const { title, note, heads, pages } = frame.channels;
  const rows = pages[page] || pages[0];
  const head = el("li", { class: "head" }, el("span", {}, ""), heads.map((text) => el("span", {}, text)));
  return [strip(frame), panel(title, note, el("ul", { class: "branches", style: { "--lines": Math.max(FEWEST, rows.length) } }, head, rows.map((row) =>
    el("li", { key: row.key }, el("span", { class: "name" }, row.name), row.metrics.map((metric) =>
      el("div", { class: "metric" },
        el("u", { class: "glow", pulse: metric.value }),
        bar(metric.bar),
        el("span", { class: "count" }, el("b", {}, metric.value), metric.target ? el("small", {}, ` / ${metric.target}`) : null)))))))];
}
