// A list, or what a search finds, is filtered, sorted and paged without loading its page anew; addresses, history and words are the page's own.
"use strict";
const MAIN = "main > .wrap";
const DRAWN = "main .drawing"; // a drawing's tools start with its page
const FRAME = [".top .lang", "footer [name=next]"]; // what beside the list says which query this is
const TOLD = "link:is([rel=alternate],[rel=canonical],[rel=prev],[rel=next]),meta[name=robots]"; // and what tells machines
const said = Object.assign(document.createElement("p"), {className: "vh"});
said.setAttribute("role", "status");
document.body.append(said);
let latest = 0;
const query = () => location.pathname + location.search;
let shown = query(); // what stands on the page; a skip link changes the address too, and nothing else

// Which parts of the filters the reader has opened; the count in a summary may change, so its first word names it.
const name = (part) => part.className + part.querySelector("summary").textContent.trim().split(/\s/)[0];
const folds = () => [...document.querySelectorAll(`${MAIN} details`)];

function put(page) {
  const opened = folds().filter((part) => part.open).map(name);
  document.querySelector(MAIN).replaceChildren(...document.adoptNode(page.querySelector(MAIN)).childNodes);
  folds().forEach((part) => { part.open ||= opened.includes(name(part)); });
  FRAME.forEach((part) => document.querySelector(part)?.replaceWith(page.querySelector(part) ?? ""));
  document.head.querySelectorAll(TOLD).forEach((part) => part.remove());
  document.head.append(...page.head.querySelectorAll(TOLD));
  document.title = page.title;
  const outcome = document.getElementById("outcome");
  said.textContent = outcome.textContent;
  outcome.tabIndex = -1;
  const wrong = document.querySelector("main [aria-invalid]");
  if (wrong) wrong.focus(); // which reads what is wrong with it
  else outcome.focus({preventScroll: true});
  if (!wrong && outcome.getBoundingClientRect().top < 0) outcome.scrollIntoView();
}

async function show(url, isBack = false) {
  const mine = ++latest;
  document.querySelector(MAIN).setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== latest) return; // the reader went on meanwhile
    if (!page.getElementById("outcome") || [page, document].some((one) => one.querySelector(DRAWN))) throw new Error(url);
    if (!isBack) history.pushState(null, "", answer.url);
    shown = query();
    put(page);
  } catch {
    if (mine === latest) location.assign(url); // the page itself says what is wrong
  } finally {
    document.querySelector(MAIN).removeAttribute("aria-busy");
  }
}

const isHere = (part, address) => part.closest("main") && new URL(address, location).pathname === location.pathname;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!isHere(form, form.getAttribute("action"))) return;
  event.preventDefault();
  const asked = [...new FormData(form)].filter(([, value]) => value);
  show(`${location.pathname}?${new URLSearchParams(asked)}`);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const isElsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || isElsewhere || link.hash || !isHere(link, link.href) || link.origin !== location.origin) return;
  event.preventDefault();
  show(link.href);
});
addEventListener("popstate", () => { if (query() !== shown) show(location.href, true); });
