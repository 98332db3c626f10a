// Pictures of the matter: find a name in them, look closer. Without this script they are just as complete.
(() => {
  "use strict";
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const largest = 3;

  for (const figure of document.querySelectorAll("[data-drawing]")) {
    const tools = figure.querySelector("[data-tools]");
    const svg = figure.querySelector("svg");
    const parts = [...svg.querySelectorAll(":scope > g, :scope > a")].filter((part) => part.querySelector("a, text"));
    const [input, found] = [tools.querySelector("input"), tools.querySelector("output")];
    let size = 1;

    const find = () => {
      const words = plain(input.value.trim());
      const hits = parts.filter((part) => plain(part.textContent).includes(words));
      for (const part of parts) part.classList.toggle("off", !hits.includes(part));
      found.value = words ? `${found.dataset.said} ${hits.length}` : "";
    };

    const look = (step) => {
      size = Math.min(Math.max(size + step, 1), largest);
      svg.style.zoom = size;
      svg.style.width = `${size * 100}%`;
      svg.style.maxWidth = "none";
      if (size > 1) figure.tabIndex = 0; // what scrolls has to be reached by keyboard
      else figure.removeAttribute("tabindex");
    };

    input.addEventListener("input", find);
    for (const button of tools.querySelectorAll("button")) {
      button.addEventListener("click", () => look(Number(button.value)));
    }
    tools.hidden = parts.length < 9; // at a glance there is nothing to find
  }
})();
