"use strict";
// Ctrl-K: finds any record from any page of the desk (a combobox with a list, by the ARIA practices).
{
    const dialog = document.getElementById("palette");
    const PAUSE = 120; // milliseconds after the last letter

    const start = () => {
        const field = dialog.querySelector("[role=combobox]");
        const list = dialog.querySelector("[role=listbox]");
        const said = dialog.querySelector("[role=status]");
        let active = -1;
        let asking = null;
        let timer = 0;
        let answered = null; // the words that the list answers

        const options = () => [...list.children];

        const choose = (place) => {
            active = place;
            options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
            const chosen = options()[place];
            if (chosen) {
                field.setAttribute("aria-activedescendant", chosen.id);
                chosen.scrollIntoView({ block: "nearest" });
            } else {
                field.removeAttribute("aria-activedescendant");
            }
        };

        const part = (name, text) => {
            const span = document.createElement("span");
            span.className = `palette-${name}`;
            span.textContent = text;
            return span;
        };

        const option = (hit, number) => {
            const item = document.createElement("li");
            item.id = `palette-hit-${number}`;
            item.setAttribute("role", "option");
            item.dataset.address = hit.address;
            item.append(part("title", hit.title), " ", part("kind", hit.label), " ", part("beside", hit.beside));
            return item;
        };

        const show = (hits) => {
            list.replaceChildren(...hits.map(option));
            list.hidden = !hits.length;
            field.setAttribute("aria-expanded", String(hits.length > 0));
            choose(hits.length ? 0 : -1);
            const { none, one, many } = said.dataset;
            said.textContent = [none, one][hits.length] || many.replace("NUMBER", hits.length);
        };

        const ask = async () => {
            clearTimeout(timer);
            if (asking) asking.abort();
            asking = new AbortController();
            const words = field.value;
            const address = `${dialog.dataset.address}?q=${encodeURIComponent(words)}`;
            try {
                const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
                if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
                show((await answer.json()).hits);
                answered = words;
            } catch (error) {
                if (error.name !== "AbortError") said.textContent = said.dataset.failed;
            }
        };

        const open = () => {
            if (dialog.open) return;
            dialog.showModal();
            field.select();
            ask();
        };

        const go = (item, isApart) => {
            if (!item) return;
            if (isApart) window.open(item.dataset.address);
            else window.location.assign(item.dataset.address);
            dialog.close();
        };

        // Whoever types and presses Enter at once means what they typed, not what an earlier letter found.
        const goToActive = async (isApart) => {
            if (answered !== field.value) await ask();
            if (answered === field.value) go(options()[active], isApart);
        };

        const steps = {
            ArrowDown: () => choose((active + 1) % options().length),
            ArrowUp: () => choose((active - 1 + options().length) % options().length),
        };

        field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
        field.addEventListener("keydown", (event) => {
            if (event.isComposing) return; // Hangul in the making
            if (steps[event.key] && options().length) {
                event.preventDefault();
                steps[event.key]();
            } else if (event.key === "Enter") {
                event.preventDefault();
                goToActive(event.ctrlKey || event.metaKey);
            }
        });
        list.addEventListener("click", (event) => go(event.target.closest("[role=option]"), event.ctrlKey || event.metaKey));
        dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

        // In the story's text Ctrl-K makes a link, as the editor says by preventing the default; with Shift it finds there too.
        document.addEventListener("keydown", (event) => {
            if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
            if (event.defaultPrevented) return;
            event.preventDefault();
            open();
        });
        document.querySelectorAll("[data-opens=palette]").forEach((link) => {
            link.addEventListener("click", (event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                open();
            });
        });
    };

    if (dialog && dialog.showModal) start();
}
