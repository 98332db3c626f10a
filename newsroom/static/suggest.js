// What is typed into a search box may be chosen from what there is (the ARIA pattern of a combobox). Enter searches.
"use strict";
// A browser from before 2024 reads the stylesheet in older words (newsroom/website/older_browsers.py).
if (!CSS.supports("color", "light-dark(red, red)")) {
  const older = Object.assign(document.createElement("link"), {rel: "stylesheet"});
  older.href = new URL("older.css", document.currentScript.src);
  document.head.append(older);
}
const WAIT = 150; // milliseconds of quiet before anything is asked
let boxes = 0;

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.list = Object.assign(document.createElement("ul"), {className: "sugg", id: `sugg-${++boxes}`, hidden: true});
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels[0].textContent);
    this.said = Object.assign(document.createElement("p"), {className: "vh"});
    this.said.setAttribute("role", "status");
    form.append(this.list, this.said);
    this.tell({role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": false});
    this.input.addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.ask(), WAIT); });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.show([]));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault(); // or the box would lose its focus, and the list with it
      const option = event.target.closest("li");
      if (option) location.assign(option.dataset.url);
    });
  }

  tell(states) {
    for (const [name, value] of Object.entries(states)) this.input.setAttribute(name, value);
  }

  async ask() {
    const typed = this.input.value;
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      const {results} = await answer.json();
      if (typed === this.input.value && document.activeElement === this.input) this.show(results);
    } catch { this.show([]); }
  }

  show(results) {
    clearTimeout(this.timer);
    this.at = -1;
    this.list.replaceChildren(...results.map(({title, kind, url, language}, place) => {
      const option = document.createElement("li");
      const name = Object.assign(document.createElement("span"), {textContent: title, lang: language});
      option.append(name, Object.assign(document.createElement("small"), {textContent: kind}));
      Object.assign(option, {id: `${this.list.id}-${place}`, role: "option"}).dataset.url = url;
      option.setAttribute("aria-selected", false);
      return option;
    }));
    this.list.hidden = !results.length;
    this.said.textContent = results.length ? this.form.dataset.said.replace("%s", results.length) : "";
    this.tell({"aria-expanded": Boolean(results.length)});
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const options = [...this.list.children];
    if (event.isComposing) return; // the keys are those of a Hangul syllable that is still being put together
    if (event.key === "Escape" && options.length) {
      event.preventDefault();
      this.show([]);
    } else if (event.key === "ArrowDown" && !options.length) {
      this.ask();
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      location.assign(options[this.at].dataset.url);
    } else if (options.length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.at = (this.at + step + (this.at < 0 && step < 0) + options.length) % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", place === this.at));
      this.tell({"aria-activedescendant": options[this.at].id});
    }
  }
}

const known = new WeakSet();
function attach(form) {
  if (!form || known.has(form)) return;
  known.add(form);
  new Suggestions(form);
}
document.querySelectorAll("[data-suggest]").forEach(attach);
// Whoever changes the language stays at the part of the page that they are at.
document.addEventListener("click", ({target}) => {
  const link = target.closest(".lang a");
  if (link) link.hash = location.hash;
});
// A list that was replaced (lists.js) has a new box.
document.addEventListener("focusin", ({target}) => attach(target.closest("[data-suggest]")));
