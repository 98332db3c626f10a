"use strict";
// The library of photos: all of a page selected at once, and the contact sheet sent to the printer.
document.addEventListener("DOMContentLoaded", () => {
    const all = document.querySelector("[data-all]");
    const print = document.querySelector("[data-print]");
    if (all) {
        const boxes = [...document.querySelectorAll(".grid [name=id]")];
        all.hidden = false;
        all.addEventListener("click", () => {
            const isAnyOpen = boxes.some((box) => !box.checked);
            boxes.forEach((box) => { box.checked = isAnyOpen; });
        });
    }
    if (print) {
        print.hidden = false;
        print.addEventListener("click", () => window.print());
    }
});
