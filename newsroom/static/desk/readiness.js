"use strict";
// What the checks found: each finding takes the editor to its field, and the story can be checked again in place.
{
    const controls = "input:not([type=hidden]), textarea, select, [contenteditable=true], .select2-selection";
    const isShown = (element) => element.offsetParent !== null;

    // The stock widgets hide some fields behind elements of their own, and rows have a heading only.
    const focusable = (target) => {
        const holder = target.matches(controls) && isShown(target) ? target : target.closest(".form-row, td") || target;
        const found = holder.matches(controls) ? holder : [...holder.querySelectorAll(controls)].find(isShown);
        return found || holder.querySelector("h2, a") || holder;
    };

    const goTo = (target) => {
        target.closest("details")?.setAttribute("open", "");
        const element = focusable(target);
        if (!element.matches(`${controls}, a`)) element.tabIndex = -1;
        element.focus();
        element.scrollIntoView({ block: "center" });
    };

    const targetOf = (address) => {
        const url = new URL(address, location.href);
        return url.pathname === location.pathname && url.hash ? document.getElementById(url.hash.slice(1)) : null;
    };

    const follow = (event) => {
        const link = event.target.closest(".findings a");
        const target = link && targetOf(link.href);
        if (!target) return;
        event.preventDefault();
        goTo(target);
    };

    const checkAgain = async (event) => {
        const link = event.target.closest(".readiness-again");
        if (!link) return;
        event.preventDefault();
        const panel = link.closest("[data-readiness]");
        try {
            const answer = await fetch(`${link.href}?panel`, { credentials: "same-origin" });
            if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
            panel.innerHTML = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-readiness]").innerHTML;
            panel.querySelector(".readiness-again")?.focus();
        } catch {
            location.assign(link.href);
        }
    };

    document.addEventListener("DOMContentLoaded", () => {
        // A region has to be there before what it tells: the panel is one from the start.
        document.querySelectorAll("[data-readiness]").forEach((panel) => panel.setAttribute("aria-live", "polite"));
        document.addEventListener("click", follow);
        document.addEventListener("click", checkAgain);
        const target = document.querySelector("[data-readiness]") && targetOf(location.href);
        if (target) goTo(target);
    });
}
