// A small page for the time when the TV is on and the server is not: it asks until the server answers.

const WAITING = "wall-waiting.html";

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(open(event.request));
});

async function keep() {
  const kept = await caches.open("wall");
  await kept.add(new Request(WAITING, { cache: "reload" }));
  await self.skipWaiting();
}

async function open(request) {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
  } catch { /* nobody answers: the waiting page says so */ }
  const kept = await caches.match(WAITING, { cacheName: "wall" });
  return kept || Response.error();
}
