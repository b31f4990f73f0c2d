// 喜报: an order or delivery that was not there a tick ago, each for some seconds, one after another.

const SHOWN = 7000;
const WAITING_AT_MOST = 6;
const news = { waiting: [], shown: null, until: 0 };

// What stood there when the page was opened is old; so is what slides back into the list from below.
export function learn(frame, before) {
  if (!before) return;
  const known = new Set(before.news.map((item) => item.id));
  const oldest = before.day === frame.day && known.size ? Math.min(...known) : -Infinity;
  const fresh = frame.news.filter((item) => !known.has(item.id) && item.id > oldest);
  news.waiting = [...news.waiting, ...fresh].slice(-WAITING_AT_MOST);
}

export function announce(now) {
  if (news.shown && now >= news.until) news.shown = null;
  if (!news.shown && news.waiting.length) {
    news.shown = news.waiting.shift();
    news.until = now + SHOWN;
  }
  return news.shown;
}
