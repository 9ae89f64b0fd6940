// Starts what pages need a script for. Every page works without it.
import { initAll } from "./nhsuk.js";
import { startFeeds } from "./feeds.js";
import { startMenus } from "./menus.js";
import { startPasskeyWords } from "./passkeys.js";
import { startRankings } from "./ranking.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("nhsuk-frontend-supported");
}
initAll();
startFeeds(document);
startMenus(document);
startPasskeyWords(document);
startRankings(document);
