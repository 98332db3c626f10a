"use strict";
// The photos of a story: chosen from the library or sent in place, put in order by drag and by keys, each with what to
// know of it. The prose editor (figures.js) asks for a photograph by the events "photograph:choose" and "photograph:show".
{
    const PAUSE = 250; // milliseconds after the last key before the library is asked
    const known = new Map(); // cards by public id, and by the key of the row

    const make = (tag, text = "", attributes = {}) => {
        const element = document.createElement(tag);
        element.textContent = text;
        Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
        return element;
    };
    const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

    class Photographs {
        constructor(place) {
            this.place = place;
            this.words = place.dataset;
            this.group = document.getElementById("photo_uses-group");
            this.dialog = place.querySelector("dialog");
            this.search = this.dialog.querySelector("[type=search]");
            this.said = place.querySelector(".said");
        }

        start() {
            document.body.append(this.dialog); // outside the form: what is looked for is no part of the story
            this.listen();
            this.rows().forEach((row) => this.dress(row));
            this.label();
        }

        listen() {
            this.place.querySelectorAll("[data-choose], .upload-here").forEach((way) => { way.hidden = false; });
            this.place.querySelector("[data-choose]").addEventListener("click", (event) => {
                event.preventDefault();
                this.open();
            });
            this.place.querySelector("[data-send]")?.addEventListener("change", (event) => this.send(event.target));
            this.dialog.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
            this.dialog.addEventListener("click", (event) => this.take(event));
            this.search.addEventListener("input", () => {
                clearTimeout(this.timer);
                this.timer = setTimeout(() => this.look(), PAUSE);
            });
            this.group.addEventListener("formset:added", (event) => {
                this.dress(event.target);
                this.label();
            });
            this.group.addEventListener("input", () => this.tell());
            // The stock script numbers the rows anew when one goes, in the order in which they stand.
            this.group.addEventListener("click", (event) => {
                if (!event.target.closest(".inline-deletelink")) return;
                this.sort((row) => Number(row.id.split("-").at(-1)));
                setTimeout(() => this.sort((row) => Number(row.querySelector("[name$=-order]").value || Infinity)));
            }, true);
            document.addEventListener("formset:removed", () => this.label());
            document.addEventListener("photograph:choose", (event) => this.open(event.detail.chosen));
            document.addEventListener("photograph:show", (event) => { event.detail.card = this.cardOf(event.detail.id); });
            window.django?.jQuery(this.group).on("change", "select[name$=-photo]", () => this.label());
        }

        // The library

        open(chosen) {
            this.chosen = chosen;
            this.search.value = "";
            this.dialog.showModal();
            this.look();
        }

        async look() {
            const words = this.search.value.trim();
            const own = words ? [] : this.rows().map((row) => this.keyOf(row)).filter(Boolean);
            const state = this.dialog.querySelector(".state");
            this.asked?.abort();
            const { signal } = this.asked = new AbortController();
            state.textContent = this.words.looking;
            try {
                const mine = own.length ? [await this.ask(own.map((key) => ["photo", key]), signal)] : [];
                const found = await this.ask([["q", words]], signal);
                for (const card of own.length ? found.flatMap((part) => [...part.querySelectorAll("[data-key]")]) : []) {
                    if (own.includes(card.dataset.key)) card.remove();
                }
                this.dialog.querySelector(".found").replaceChildren(...mine.flat(), ...found);
                state.textContent = "";
            } catch (error) {
                if (error.name !== "AbortError") state.textContent = this.words.failed;
            }
        }

        async ask(query, signal) {
            const answer = await fetch(`${this.words.photographs}?${new URLSearchParams(query)}`, { signal });
            if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
            const shelf = new DOMParser().parseFromString(await answer.text(), "text/html");
            shelf.querySelectorAll("[data-key]").forEach((card) => {
                known.set(card.dataset.id, card);
                known.set(card.dataset.key, card);
            });
            return [...shelf.body.children];
        }

        // Many who ask at once are answered together.
        fetchCards(name, values) {
            this.wanted ||= [];
            this.wanted.push(...values.filter((one) => !known.has(one)).map((one) => [name, one]));
            this.coming ||= new Promise((resolve) => { setTimeout(resolve); }).then(() => {
                const wanted = this.wanted;
                this.wanted = this.coming = null;
                return wanted.length ? this.ask(wanted) : [];
            }).catch(() => []);
            return this.coming;
        }

        async cardOf(id) {
            if (!known.has(id)) await this.fetchCards("id", [id]);
            const card = known.get(id);
            if (!card) return null;
            const row = this.rows().find((one) => this.keyOf(one) === card.dataset.key);
            const caption = row?.querySelector("[name$=-caption]").value || card.dataset.caption;
            return { ...card.dataset, picture: card.querySelector("img")?.getAttribute("src"), caption };
        }

        take(event) {
            const card = event.target.closest("[data-key]");
            if (!card) return;
            this.dialog.close();
            this.add(card.dataset);
            this.chosen?.(card.dataset);
        }

        // The rows

        rows() {
            return [...this.group.querySelectorAll("tr.form-row:not(.empty-form)")];
        }

        keyOf(row) {
            return row.querySelector("select[name$=-photo]")?.value || "";
        }

        add({ key, name }) {
            const there = this.rows().find((row) => this.keyOf(row) === key);
            this.said.textContent = filled(there ? this.words.twice : this.words.added, { name });
            if (there) return;
            const free = this.rows().find((row) => !this.keyOf(row) && !row.classList.contains("has_original"));
            if (!free) this.group.querySelector(".add-row a").click();
            const row = free || this.rows().at(-1);
            const select = row.querySelector("select[name$=-photo]");
            select.append(new Option(name, key, true, true));
            select.dispatchEvent(new Event("input", { bubbles: true }));
            window.django.jQuery(select).trigger("change");
        }

        dress(row) {
            if (row.querySelector(".row-ways")) return;
            const ways = make("span", "", { class: "row-ways" });
            const up = make("button", "↑", { type: "button", class: "button" });
            const down = make("button", "↓", { type: "button", class: "button" });
            const grip = make("span", "⠿", { class: "grip", draggable: "true", title: this.words.drag, "aria-hidden": "true" });
            up.addEventListener("click", () => this.move(row, -1, up));
            down.addEventListener("click", () => this.move(row, 1, down));
            grip.addEventListener("dragstart", (event) => {
                this.dragged = row;
                event.dataTransfer.effectAllowed = "move";
                event.dataTransfer.setDragImage(row, 0, 0);
            });
            row.addEventListener("dragover", (event) => this.drag(event, row));
            row.addEventListener("drop", (event) => { if (this.dragged) event.preventDefault(); });
            grip.addEventListener("dragend", () => { this.dragged = null; this.number(); });
            ways.append(grip, up, down);
            row.querySelector(".field-order").append(ways);
            row.querySelector(".field-photo").append(make("div", "", { class: "row-card" }));
        }

        drag(event, row) {
            if (!this.dragged) return;
            event.preventDefault();
            if (row === this.dragged) return;
            const { top, height } = row.getBoundingClientRect();
            row[event.clientY < top + height / 2 ? "before" : "after"](this.dragged);
        }

        move(row, by, button) {
            const rows = this.rows();
            const place = rows.indexOf(row) + by;
            if (place < 0 || place >= rows.length) return;
            rows[place][by < 0 ? "before" : "after"](row);
            this.number();
            button.focus();
            this.said.textContent = filled(this.words.moved, { place: place + 1, all: rows.length });
        }

        sort(by) {
            const rows = this.rows();
            const end = rows.at(-1)?.nextSibling;
            rows.sort((one, other) => by(one) - by(other) || 0).forEach((row) => row.parentNode.insertBefore(row, end));
        }

        // The places that there are change hands; where some are empty or taken twice, all are counted anew.
        number() {
            const orders = this.rows().map((row) => row.querySelector("[name$=-order]"));
            const places = orders.map((order) => order.value).filter(Boolean).sort((one, other) => one - other);
            const isWhole = new Set(places).size === orders.length;
            orders.forEach((order, count) => {
                const place = isWhole ? places[count] : String(count);
                if (order.value === place) return;
                order.value = place;
                order.dispatchEvent(new Event("input", { bubbles: true }));
            });
        }

        // What there is to know of each, and buttons that say which one they move.
        async label() {
            const rows = this.rows();
            await this.fetchCards("photo", rows.map((row) => this.keyOf(row)).filter(Boolean));
            for (const row of rows) {
                const card = known.get(this.keyOf(row));
                const name = card?.dataset.name || "";
                const [up, down] = row.querySelectorAll(".row-ways button");
                up.setAttribute("aria-label", `${this.words.up}: ${name}`);
                down.setAttribute("aria-label", `${this.words.down}: ${name}`);
                const parts = card ? [".thumb", ".remarks"].map((part) => card.querySelector(part).cloneNode(true)) : [];
                row.querySelector(".row-card").replaceChildren(...parts);
            }
            this.tell();
        }

        tell() {
            document.dispatchEvent(new CustomEvent("photograph:changed"));
        }

        // New pictures

        async send(input) {
            const files = [...input.files];
            input.value = "";
            for (const file of files) {
                this.said.textContent = filled(this.words.sending, { file: file.name });
                this.said.textContent = await this.sendOne(file).catch(() => filled(this.words.notSent, { file: file.name }));
            }
        }

        async sendOne(file) {
            const body = new FormData();
            body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
            body.append("file", file);
            const answer = await fetch(this.words.upload, { method: "POST", body, redirect: "error" });
            const outcome = await answer.json();
            if (!outcome.photo) return `${file.name}: ${outcome.words}`;
            this.add(outcome.photo);
            return outcome.state === "new" ? filled(this.words.sent, { file: file.name }) : `${file.name}: ${outcome.words}`;
        }
    }

    document.addEventListener("DOMContentLoaded", () => {
        const place = document.querySelector("[data-photographs]");
        if (place) new Photographs(place).start();
    });
}
