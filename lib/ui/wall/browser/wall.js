// The wall: one page that lives for weeks. Its state is this module's, since `show` runs at every tick.
import { patch } from "./nodes.js";
import { clockAt, readClock } from "./clock.js";
import { announce, learn } from "./news.js";
import { rotate } from "./rotation.js";
import { layout } from "./layout.js";
import { fetchLetters } from "./fonts.js";
import { watch, keepAddress } from "./watch.js";

const SECOND = 1000;
const state = { root: null, timer: null, payload: null, frame: null, goodAt: null, heardAt: null, clock: null };

// One tick of the server: {state: "live" | "away" | "closed", at, build, words, frame}.
export function show({ data, parentElement }) {
  mount(parentElement);
  hear(data, performance.now());
  draw();
  return leave;
}

function mount(parent) {
  if (!state.root) {
    state.root = document.createElement("div");
    state.root.className = "wall";
  }
  if (state.root.parentElement !== parent) parent.append(state.root);
  if (state.timer === null) state.timer = setInterval(draw, SECOND);
}

function leave() {
  clearInterval(state.timer);
  state.timer = null;
  state.root.remove();
}

function hear(payload, now) {
  state.payload = payload;
  state.heardAt = now;
  state.clock = readClock(payload.at, now);
  if (payload.state === "closed") Object.assign(state, { frame: null, goodAt: null });
  if (payload.state !== "live") return;
  learn(payload.frame, state.frame);
  Object.assign(state, { frame: payload.frame, goodAt: now });
  keepAddress(payload.kept);
  fetchLetters(state.root, payload.words);
}

function draw() {
  const now = performance.now();
  watch(state, now);
  if (!state.payload) return;
  const scene = state.frame && rotate(state.frame.scenes, now);
  patch(state.root, layout(state, { now, scene, time: clockAt(state.clock, now), banner: announce(now) }));
}
