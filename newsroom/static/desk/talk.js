"use strict";
// The talk about a story: beside its form without leaving it, and colleagues' names once an @ is typed.
{
    const PART = { headers: { "X-Talk-Part": "1" }, credentials: "same-origin" };
    const CALL = /(?:^|[\s(,;:])@([^\s@]{0,30})$/u;
    const PAUSE = 150; // milliseconds after the last letter

    const element = (name, attributes, ...children) => {
        const made = document.createElement(name);
        Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
        made.append(...children);
        return made;
    };

    const typed = (root) => [...root.querySelectorAll("textarea")].filter((area) => area.value !== area.defaultValue);

    // Threads and forms, replaced as a whole by what the server answers; what was typed elsewhere in them stays.
    class Talk {
        constructor(root) {
            this.root = root;
            root.addEventListener("submit", (event) => this.send(event));
            root.addEventListener("input", (event) => { if (event.target.matches("textarea")) offer(event.target); });
            window.addEventListener("beforeunload", (event) => { if (typed(root).length) event.preventDefault(); });
        }

        async send(event) {
            const { target: form, submitter } = event;
            event.preventDefault();
            if (this.isSending) return;
            this.isSending = true;
            const sent = new FormData(form, submitter);
            const isKept = await this.fill(form.action, { ...PART, method: "POST", body: sent }, form);
            this.isSending = false;
            const thread = isKept && sent.get("thread") && document.getElementById(`thread-${sent.get("thread")}`);
            (thread || this.root.querySelector(".errorlist ~ textarea, .errors textarea") || this.said)?.focus();
        }

        get said() { return this.root.querySelector(".talk-said"); }

        async fill(address, request, form = null) {
            const fresh = await fetched(address, request);
            if (!fresh) {
                this.say(this.root.querySelector("[data-failed]").dataset.failed);
                return false;
            }
            const others = typed(this.root).filter((area) => area.form !== form).map((area) => [area.id, area.value]);
            (this.root.querySelector(".talk-part") || this.said).replaceWith(fresh);
            others.forEach(([id, text]) => {
                const area = document.getElementById(id);
                if (area) area.value = text;
            });
            refreshPanel(fresh);
            return true;
        }

        say(words) { this.said.replaceChildren(element("p", { class: "errornote" }, words)); }
    }

    const fetched = async (address, request) => {
        try {
            const answer = await fetch(address, request);
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            return page.querySelector(".talk-part");
        } catch {
            return null; // no network
        }
    };

    // The panel beside the form, and a mark at each field that somebody asks about.
    const refreshPanel = (part) => {
        const fresh = part.querySelector(".talk-panel");
        if (!fresh) return;
        fresh.remove();
        document.querySelector(".column-side .talk-panel")?.replaceWith(fresh);
        markFields();
    };

    const homeOf = (field) => {
        const row = document.querySelector(`.form-row.field-${CSS.escape(field)}`);
        return row?.querySelector("label, legend") || document.querySelector(`#${CSS.escape(field)}-group :is(h2, summary)`);
    };

    const markFields = () => {
        document.querySelectorAll(".talk-mark").forEach((mark) => mark.remove());
        document.querySelectorAll(".talk-panel [data-field]").forEach((item) => {
            const mark = item.querySelector("a").cloneNode(true);
            mark.classList.add("talk-mark");
            homeOf(item.dataset.field)?.after(mark);
        });
    };

    const drawer = (panel) => {
        const { heading, close, failed } = panel.dataset;
        const title = element("h2", { id: "talk-title" }, heading);
        const shut = element("button", { type: "button", class: "button quiet" }, close);
        const said = element("div", { class: "talk-said", role: "status", tabindex: "-1", "data-failed": failed });
        const dialog = element("dialog", { class: "talk talk-drawer", "aria-labelledby": "talk-title" });
        dialog.append(element("div", { class: "talk-head" }, title, shut), said);
        document.body.append(dialog);
        const talk = new Talk(dialog);
        let opened = "";
        // By its address, since the panel is made anew whenever something was said.
        const opener = () => document.querySelector(`.talk-open[href="${CSS.escape(opened)}"]`);
        const leave = () => {
            dialog.close();
            (opener() || document.querySelector(".talk-open"))?.focus();
        };
        shut.addEventListener("click", leave);
        dialog.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) leave(); });
        return async (link) => {
            opened = link.getAttribute("href");
            if (!dialog.open) dialog.show();
            await talk.fill(link.href, PART);
        };
    };

    // Names, as a list below the text; the text keeps the focus (a textbox with a list, by the ARIA practices).
    let asking = 0;
    let list = null;

    const fold = (area) => {
        list?.remove();
        list = null;
        ["aria-controls", "aria-activedescendant"].forEach((name) => area.removeAttribute(name));
    };

    const offer = (area) => {
        area.setAttribute("aria-autocomplete", "list");
        if (!area.dataset.offers) {
            area.dataset.offers = "1";
            area.addEventListener("keydown", (event) => steer(area, event));
            area.addEventListener("blur", () => fold(area));
        }
        const call = area.value.slice(0, area.selectionStart).match(CALL);
        const mine = ++asking;
        fold(area); // what was offered for fewer letters may not be meant
        if (!call) return;
        setTimeout(async () => {
            if (mine !== asking) return;
            const found = await colleagues(area, call[1]);
            if (mine === asking) unfold(area, found);
        }, PAUSE);
    };

    const colleagues = async (area, start) => {
        const address = area.closest(".talk-part").querySelector("[data-colleagues]").dataset.colleagues;
        try {
            const answer = await fetch(`${address}?q=${encodeURIComponent(start)}`, { credentials: "same-origin" });
            return (await answer.json()).colleagues;
        } catch {
            return []; // names can be typed in full
        }
    };

    const unfold = (area, found) => {
        fold(area);
        if (!found.length || document.activeElement !== area) return;
        const label = area.closest(".talk-part").dataset.colleaguesLabel;
        list = element("ul", { role: "listbox", id: "talk-colleagues", class: "talk-colleagues", "aria-label": label });
        found.forEach(({ username, name }, place) => {
            const item = element("li", { role: "option", id: `talk-colleague-${place}` }, `${name} @${username}`);
            item.dataset.username = username;
            item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(area, item); });
            list.append(item);
        });
        area.after(list);
        area.setAttribute("aria-controls", list.id);
        choose(area, list.firstElementChild);
    };

    const choose = (area, item) => {
        [...list.children].forEach((one) => one.setAttribute("aria-selected", String(one === item)));
        area.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
    };

    const take = (area, item) => {
        const end = area.selectionStart;
        const start = area.value.lastIndexOf("@", end - 1);
        area.setRangeText(`@${item.dataset.username} `, start, end, "end");
        fold(area);
    };

    const steer = (area, event) => {
        if (!list || event.isComposing) return;
        const chosen = list.querySelector("[aria-selected=true]");
        const moves = {
            ArrowDown: () => choose(area, chosen.nextElementSibling || list.firstElementChild),
            ArrowUp: () => choose(area, chosen.previousElementSibling || list.lastElementChild),
            Enter: () => take(area, chosen),
            Tab: () => take(area, chosen),
            Escape: () => fold(area),
        };
        if (!moves[event.key] || event.shiftKey) return;
        event.preventDefault();
        moves[event.key]();
    };

    document.addEventListener("DOMContentLoaded", () => {
        const page = document.querySelector("#content > .talk");
        if (page) new Talk(page);
        const panel = document.querySelector(".talk-panel");
        if (!panel) return;
        markFields();
        const open = drawer(panel);
        document.addEventListener("click", (event) => {
            const link = event.target.closest("a.talk-open");
            if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            open(link);
        });
    });
}
