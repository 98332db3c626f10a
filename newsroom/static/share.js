// A reader passes a story on: by the device's own way where it has one, else by its address. Nobody is told of it.
"use strict";
const said = document.querySelector("[data-share-said]");
const url = document.querySelector("link[rel=canonical]")?.href; // none of a draft
const acts = {
  copy: {
    can: () => url && navigator.clipboard,
    act: (button) => navigator.clipboard.writeText(url).then(() => { said.textContent = button.dataset.done; }),
  },
  send: {
    can: () => url && navigator.share,
    act: () => navigator.share({title: document.querySelector("h1").textContent, url}),
  },
};
for (const button of document.querySelectorAll("[data-share]")) {
  const {can, act} = acts[button.dataset.share];
  button.parentElement.hidden = !can();
  button.addEventListener("click", () => act(button).catch(() => {}));
}
