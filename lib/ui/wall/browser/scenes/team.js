import { strip } from "../tiles.js";
import { race } from "../race.js";
import { panel } from "../figures.js";
import { el } from "../nodes.js";

export function team(frame, page) {
  const columns = frame.team.pages[page] || frame.team.pages[0];
  return [strip(frame), panel(frame.team.title, frame.team.note, el("div", { class: "columns" }, columns.map((rows) => race(rows, frame.team.empty))))];
}
