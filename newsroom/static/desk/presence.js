"use strict";
// Tells the server that a form is open, and says who else has it open; nothing is locked by it.
{
    const EVERY = 20000;

    const body = (form, more) => {
        const sent = new URLSearchParams(more);
        ["csrfmiddlewaretoken", "_version"].forEach((name) => {
            sent.set(name, form.querySelector(`[name=${name}]`).value);
        });
        return sent;
    };

    const start = (careful) => {
        const form = careful.closest("form");
        const shown = careful.querySelector(".present");
        const address = careful.dataset.present;

        const beat = async () => {
            try {
                const answer = await fetch(address, { method: "POST", body: body(form), redirect: "manual" });
                const told = await answer.text(); // what is left unread keeps its connection
                if (!answer.ok) return;
                const { others, saved } = JSON.parse(told);
                const words = [...others, saved].filter(Boolean).join(" ");
                // A live region is read out whenever it is written to.
                if (shown.textContent !== words) shown.textContent = words;
            } catch { /* the server is away: autosave says so */ }
        };

        beat();
        setInterval(beat, EVERY);
        window.addEventListener("focus", beat);
        window.addEventListener("pagehide", () => { navigator.sendBeacon(address, body(form, { leave: "1" })); });
        window.addEventListener("pageshow", (event) => { if (event.persisted) beat(); });
    };

    document.addEventListener("DOMContentLoaded", () => {
        const careful = document.getElementById("careful");
        if (careful && careful.dataset.present) start(careful);
    });
}
