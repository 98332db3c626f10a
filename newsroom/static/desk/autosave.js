"use strict";
// Leaves what is being typed with the server every few seconds, or in this browser while the server will not have it.
{
    const EVERY = 3000;
    const AGAIN = 15000;
    const KEPT_FOR = 30 * 24 * 3600 * 1000;
    const LONGEST_BEACON = 60000;
    const PREFIX = "typed ";

    const parts = (form) => {
        const sent = new URLSearchParams();
        for (const [name, value] of new FormData(form)) {
            const isText = typeof value === "string" && name !== "csrfmiddlewaretoken" && !name.includes("__prefix__");
            if (isText) sent.append(name, value);
        }
        return sent.toString();
    };

    // A browser may refuse to keep anything, as in a private window.
    const inBrowser = (key) => ({
        read: () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
        write: (text) => {
            try { localStorage.setItem(key, JSON.stringify({ text, at: Date.now() })); } catch { /* said already */ }
        },
        remove: () => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
    });

    const keysFrom = (start) => {
        try { return Object.keys(localStorage).filter((key) => key.startsWith(start)); } catch { return []; }
    };

    const forgetOld = () => {
        keysFrom(PREFIX).forEach((key) => {
            const kept = inBrowser(key).read();
            if (!kept || kept.at < Date.now() - KEPT_FOR) inBrowser(key).remove();
        });
    };

    class Autosave {
        constructor(careful) {
            const { form, key, user, typed } = careful.dataset;
            this.careful = careful;
            this.form = careful.closest("form");
            this.address = typed;
            this.user = user;
            // Each window keeps a text of its own; whichever is opened next takes care of all that are left.
            this.slot = this.form.querySelector("[name=_slot]").value;
            this.place = `${PREFIX}${user} ${form} ${key || "new"}-`;
            this.local = inBrowser(this.place + this.slot);
            this.isTouched = this.isBusy = this.isLeaving = false;
            this.kept = parts(this.form);
            this.refusedAt = 0;
        }

        start() {
            const touch = () => { this.isTouched = true; };
            ["input", "change", "keyup", "click", "drop", "paste"].forEach((kind) => this.form.addEventListener(kind, touch));
            this.form.addEventListener("submit", (event) => {
                if (event.submitter && event.submitter.name === "_discard") this.discard(event);
                else this.leave();
            });
            window.addEventListener("pagehide", () => { this.hide(); });
            window.addEventListener("pageshow", (event) => { if (event.persisted) this.isLeaving = false; });
            window.addEventListener("focus", () => { if (this.refusedAt) { this.refusedAt = 1; this.tick(); } });
            setInterval(() => { this.tick(); }, EVERY);
            this.bringUp();
        }

        // What an earlier page could only leave in this browser goes to the server, which offers it.
        async bringUp() {
            if (!this.careful.dataset.offers) return;
            let isNew = false;
            for (const key of keysFrom(this.place)) {
                const earlier = inBrowser(key).read();
                if (earlier && await this.send(earlier.text) === "kept") {
                    inBrowser(key).remove();
                    isNew = true;
                }
                if (this.isLeaving) return;
            }
            if (isNew) this.offer();
        }

        // The notice comes to the page rather than the page anew: somebody may be typing, or clicking, by now.
        async offer() {
            const page = await this.asItStands();
            const [offered, standing] = [page, document].map((one) => one.getElementById("unsaved"));
            if (!offered || offered === standing) return;
            offered.querySelectorAll(".unsaved").forEach((one) => { if (one.dataset.slot === this.slot) one.remove(); });
            if (standing.innerHTML.trim() === offered.innerHTML.trim()) return;
            standing.replaceWith(offered);
            this.tell(offered.querySelector("h2").textContent);
        }

        tell(words) {
            this.careful.querySelector(".typed-offered").textContent = words;
        }

        // An earlier text goes by itself: what is being typed stays where it stands.
        async discard(event) {
            event.preventDefault();
            const notice = event.submitter.closest(".unsaved");
            const outcome = await this.send("_discard=1", `${event.submitter.formAction}&user=${this.user}`);
            if (outcome !== "kept") {
                if (this.isTouched) this.refuse(parts(this.form), outcome);
                else this.say(outcome);
                return;
            }
            this.say("");
            inBrowser(this.place + notice.dataset.slot).remove();
            this.tell(notice.parentElement.dataset.gone);
            notice.remove();
            this.careful.focus();
        }

        async asItStands() {
            try {
                const answer = await fetch(window.location.href, { redirect: "manual", signal: this.abort.signal });
                return new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
            } catch {
                return document; // the next page that is opened says it
            }
        }

        async tick() {
            if (!this.isTouched || this.isBusy || this.isLeaving) return;
            const text = parts(this.form);
            const isNew = text !== this.kept;
            if (!isNew || (this.refusedAt && Date.now() - this.refusedAt < AGAIN && text === this.refused)) return;
            this.isBusy = true;
            const outcome = await this.send(text);
            this.isBusy = false;
            if (this.isLeaving) return;
            if (outcome === "kept") this.done(text);
            else this.refuse(text, outcome);
        }

        async send(text, address = this.address) {
            this.abort = new AbortController();
            const outcome = await this.post(text, address);
            if (outcome !== "refused") return outcome;
            return await this.renewToken() || this.post(text, address);
        }

        async post(text, address) {
            const body = new URLSearchParams(text);
            body.set("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
            try {
                const options = { method: "POST", body, redirect: "manual", signal: this.abort.signal };
                const answer = await fetch(address, options);
                await answer.text(); // what is left unread keeps its connection
                if (answer.type === "opaqueredirect") return "signedOut";
                return { 200: "kept", 403: "refused", 409: "other", 413: "tooLong" }[answer.status] || "away";
            } catch {
                return "away";
            }
        }

        // After a new log-in the old page's token is worth nothing: take the new one into every form, or say why not.
        async renewToken() {
            const answer = await fetch(this.address, { redirect: "manual" }).catch(() => null);
            if (!answer) return "away";
            if (answer.type === "opaqueredirect") return "signedOut";
            if (!answer.ok) return "refused";
            const { token, user } = await answer.json();
            if (user !== this.user) return "other";
            document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
            return "";
        }

        done(text) {
            this.kept = text;
            this.refusedAt = 0;
            this.local.remove();
            const kept = this.careful.querySelector(".typed-kept");
            const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
            kept.textContent = `${kept.dataset.words} ${time}`;
            this.say("");
        }

        refuse(text, outcome) {
            this.refused = text;
            this.refusedAt = Date.now();
            this.local.write(text);
            this.careful.querySelector(".typed-kept").textContent = "";
            this.say(outcome);
        }

        say(outcome) {
            const trouble = this.careful.querySelector(".typed-trouble");
            const words = outcome ? trouble.dataset[outcome] : "";
            if (trouble.textContent !== words) trouble.textContent = words;
            this.careful.querySelector(".typed-login").hidden = outcome !== "signedOut";
        }

        leave() {
            this.isLeaving = true;
            if (this.abort) this.abort.abort();
        }

        // The tab closes: what the server does not have yet stays here, and is sent after it if it fits.
        hide() {
            if (!this.isTouched || this.isLeaving) return;
            const text = parts(this.form);
            if (text === this.kept) return;
            this.local.write(text);
            const body = new URLSearchParams(text);
            body.set("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
            if (body.toString().length < LONGEST_BEACON) navigator.sendBeacon(this.address, body);
        }
    }

    document.addEventListener("DOMContentLoaded", () => {
        forgetOld();
        const careful = document.getElementById("careful");
        if (careful && careful.dataset.typed) new Autosave(careful).start();
    });
}
