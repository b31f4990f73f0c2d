import { tiles } from "../tiles.js";
import { race } from "../race.js";
import { figures, panel } from "../figures.js";
import { el } from "../nodes.js";

const LINES = 8; // of the race; its own scene has them all

export function today(frame) {
  return [
    tiles(frame),
    el("div", { class: "lower" },
      panel(frame.team.title, frame.team.note, race(frame.team.pages.flat(2).slice(0, LINES), frame.team.empty)),
      el("div", { class: "right" },
        panel(frame.conversion.title, frame.conversion.note, figures(frame.conversion.figures)),
        panel(frame.insurance.title, frame.insurance.note, figures(frame.insurance.top)))),
  ];
}
