"use strict";
// Ctrl-S and Cmd-S save the form and stay on it.
{
    const buttons = ["_continue", "_save"].map((name) => `.submit-row [name=${name}]`);

    document.addEventListener("keydown", (event) => {
        const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
        if (!isSave) return;
        const button = buttons.map((one) => document.querySelector(one)).find(Boolean);
        if (!button) return;
        event.preventDefault();
        // A repeated key, or a second one, would send the form twice.
        if (!event.repeat) button.form.requestSubmit(button);
    });
}
