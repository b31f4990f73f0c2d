// The store's time, counted from the server's last word by a clock that never jumps; the TV's own may be wrong.

export function readClock(storeMilliseconds, now) {
  return { storeMilliseconds, now };
}

export function clockAt(clock, now) {
  const time = new Date(clock.storeMilliseconds + now - clock.now);
  return time.toISOString().slice(11, 16);
}

const AMBER_AFTER = 15;
const GREY_AFTER = 60;

// How old the last good frame is, and how to say it: fresh, amber (late), grey (stopped, since when).
export function ageOf(state, now) {
  if (state.goodAt === null) return { tone: "grey", text: state.payload.words.waiting };
  const seconds = Math.max(0, Math.floor((now - state.goodAt) / 1000));
  const { age, since } = state.payload.words;
  if (seconds > GREY_AFTER) return { tone: "grey", text: since.replace("{time}", clockAt(state.clock, state.goodAt)) };
  return { tone: seconds > AMBER_AFTER ? "amber" : "fresh", text: age.replace("{n}", seconds) };
}
