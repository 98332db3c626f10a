// A reader passes a story on: by the device's own way where it has one, else by its address. Nobody is told of it.
"use strict";
const said = document.querySelector("[data-share-said]");
const acts = {
  copy: {
    can: () => Boolean(navigator.clipboard),
    act: (button) =>
      navigator.clipboard.writeText(button.dataset.address).then(() => { said.textContent = button.dataset.done; }),
  },
  send: {
    can: () => Boolean(navigator.share),
    act: (button) => navigator.share({title: button.dataset.title, url: button.dataset.address}),
  },
};
for (const button of document.querySelectorAll("[data-share]")) {
  const {can, act} = acts[button.dataset.share];
  button.parentElement.hidden = !can();
  button.addEventListener("click", () => act(button).catch(() => {}));
}
