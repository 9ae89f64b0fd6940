// Feeds: a part of a page that asks again when the server says that something moved. Without scripts or sockets the
// page is as it was loaded.
//
//   <div data-mg-feed="/ws/weavers/elections/EL-7K3QXM/" hx-get="…" hx-trigger="moved" hx-select="…">…</div>
//
// All pages hear at the same moment; each waits up to two seconds of its own before it asks, so that they do not all
// ask at once. A socket that was lost is opened again, and what was missed is asked for.

const SPREAD_MS = 2000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
const NOT_FOR_YOU = [4403, 4404];

export function startFeeds(root) {
  for (const part of root.querySelectorAll("[data-mg-feed]")) {
    follow(part, FIRST_WAIT_MS, false);
  }
}

function follow(part, wait, again) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(`${scheme}//${location.host}${part.dataset.mgFeed}`);
  let next = Math.min(wait * 2, LONGEST_WAIT_MS);
  socket.addEventListener("open", () => {
    next = FIRST_WAIT_MS;
    part.dataset.mgFeedOpen = "true";
    if (again) askSoon(part);
  });
  socket.addEventListener("message", () => {
    if (part.isConnected) askSoon(part);
    else socket.close(); // its part of the page has been replaced
  });
  socket.addEventListener("close", (closed) => {
    delete part.dataset.mgFeedOpen;
    if (!part.isConnected || NOT_FOR_YOU.includes(closed.code)) return;
    setTimeout(() => follow(part, next, true), wait + Math.random() * wait);
  });
}

function askSoon(part) {
  if (part.dataset.mgAsking) return; // one question answers all news of the meantime
  part.dataset.mgAsking = "true";
  setTimeout(() => {
    delete part.dataset.mgAsking;
    part.dispatchEvent(new Event("moved"));
  }, Math.random() * SPREAD_MS);
}
