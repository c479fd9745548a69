// Around textual.js, which makes the terminal when the page has loaded: it must measure the letters of a font that is
// there, be told where its websocket is, have the keyboard without a click, and leave the browser what is the browser's.
"use strict";

const begin = window.onload;
window.onload = null;

// The terminal tells Enter and Shift+Enter alike; here they are told apart, as terminals of today do (CSI u).
const ENTER = JSON.stringify(["stdin", "\r"]);
const SHIFT_ENTER = JSON.stringify(["stdin", "\x1b[13;2u"]);
let shifted = false;

window.WebSocket = class extends WebSocket {
  constructor(place) {
    const light = window.matchMedia("(prefers-color-scheme: light)").matches;
    super(light ? `${place}&scheme=light` : place);
    this.addEventListener("close", (event) => event.wasClean || tell("lost"));
  }

  send(message) {
    super.send(shifted && message === ENTER ? SHIFT_ENTER : message);
  }
};

const fonts = ["16px", "bold 16px", "italic 16px"].map((style) => document.fonts.load(`${style} 'Roboto Mono'`));
const loaded = new Promise((resolve) => window.addEventListener("load", resolve));

Promise.all([loaded, Promise.allSettled(fonts)]).then(() => {
  const place = new URL("ws", document.baseURI);
  place.protocol = place.protocol.replace("http", "ws");
  document.getElementById("terminal").dataset.sessionWebsocketUrl = place.href.split("?")[0];
  begin();
  attend();
  window.addEventListener("keydown", passKey, true);
});

function attend() {
  const type = () => document.querySelector(".xterm-helper-textarea")?.focus();
  const again = document.getElementById("again");
  let open = false;
  new MutationObserver(() => {
    const state = document.body.classList;
    if (state.contains("-closed")) {
      again.focus();
    } else if (state.contains("-first-byte") && !open) {
      open = true;
      type();
    }
  }).observe(document.body, { attributeFilter: ["class"] });
  window.addEventListener("focus", () => document.body.classList.contains("-closed") || type());
  again.addEventListener("click", startAgain);

  // viva tells the terminal its colours; what is left beside the last column and below the last row takes them too.
  const behind = document.querySelector(".xterm-viewport");
  const follow = () => document.documentElement.style.setProperty("--back", behind.style.backgroundColor);
  new MutationObserver(follow).observe(behind, { attributeFilter: ["style"] });
}

// The terminal would take every key: these are left to the browser.
function passKey(event) {
  const control = event.ctrlKey && !event.altKey && !event.metaKey;
  const key = (event.key ?? "").toLowerCase();
  shifted = key === "enter" && event.shiftKey && !event.ctrlKey && !event.altKey && !event.isComposing;
  if (event.isComposing || document.body.classList.contains("-closed")) return;
  if (["f5", "f11", "f12"].includes(key) || (control && key === "v") || (control && key === "c" && selected())) {
    event.stopImmediatePropagation();
  }
}

// Text that was marked with Shift and the mouse is known to the terminal alone; it takes a copy if there is any.
function selected() {
  return !document.querySelector(".xterm").dispatchEvent(new ClipboardEvent("copy", { cancelable: true }));
}

function tell(what) {
  const told = document.getElementById("told");
  told.textContent = told.dataset[what];
}

async function startAgain() {
  try {
    await fetch(document.baseURI, { method: "HEAD" });
    window.location.reload();
  } catch {
    tell("gone");
  }
}
