// What keeps the wall alive unattended: a page that hears nothing from a healthy server, or that a newer version
// of the server speaks to, opens itself again; and the browser keeps a small page for when no server answers at all.

const SILENT = 90_000;
const ASK_EVERY = 20_000;
const ANSWERS_NEEDED = 3;
const SETTLED = 30_000; // two versions served side by side must not toss the page to and fro
const watched = { build: null, askedAt: 0, answers: 0, kept: false };

export function watch(state, now) {
  if (!state.payload) return;
  watched.build ??= state.payload.build;
  if (state.payload.build !== watched.build && now > SETTLED) location.reload();
  if (now - state.heardAt < SILENT) watched.answers = 0;
  else if (now - watched.askedAt > ASK_EVERY) ask(now);
}

async function ask(now) {
  watched.askedAt = now;
  try {
    const answer = await fetch(new URL("_stcore/health", document.baseURI), { cache: "no-store" });
    watched.answers = answer.ok ? watched.answers + 1 : 0;
  } catch {
    watched.answers = 0;
  }
  if (watched.answers >= ANSWERS_NEEDED) location.reload();
}

// Browsers allow this over HTTPS and on this machine alone.
export function keepAddress(wanted) {
  if (!wanted || watched.kept || !navigator.serviceWorker) return;
  watched.kept = true;
  const address = new URL("wall-worker.js", document.baseURI);
  navigator.serviceWorker.register(address, { scope: "wall" }).catch(() => { watched.kept = false; });
}
