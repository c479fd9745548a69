// Around textual.js, which makes the terminal when the page has loaded: it must measure the letters of a font that is
// there, be told where its websocket is, and have the keyboard without a click.
"use strict";

const begin = window.onload;
window.onload = null;

const fonts = ["16px", "bold 16px", "italic 16px"].map((style) => document.fonts.load(`${style} 'Roboto Mono'`));
const loaded = new Promise((resolve) => window.addEventListener("load", resolve));

Promise.all([loaded, Promise.allSettled(fonts)]).then(() => {
  const place = new URL("ws", document.baseURI);
  place.protocol = place.protocol.replace("http", "ws");
  document.getElementById("terminal").dataset.sessionWebsocketUrl = place.href.split("?")[0];
  begin();
  attend();
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
}

async function startAgain() {
  try {
    await fetch(document.baseURI, { method: "HEAD" });
    window.location.reload();
  } catch {
    const told = document.getElementById("told");
    told.textContent = told.dataset.gone;
  }
}
