"use strict";
// The desk's one script: names for what the stock widgets leave nameless, and a word before text is lost.
{
    const labelOf = (id) => document.querySelector(`label[for="${CSS.escape(id)}"]`);
    const labelAround = (element) => element.closest(".flex-container, td")?.querySelector("label");
    const words = (element) => element.textContent.replace(/[:\s]+$/, "").trim();

    // A date and its time share one label, which is for neither; the text before each says which it is.
    const nameDateTime = (input) => {
        const label = labelAround(input);
        const part = input.previousSibling && words(input.previousSibling);
        input.setAttribute("aria-label", [label && words(label), part].filter(Boolean).join(", "));
    };

    // Select2 hides the labelled <select> behind a search box and a combobox of its own.
    const nameSelect2 = (select) => {
        const label = labelOf(select.id);
        const shown = select.nextElementSibling;
        if (!label || !shown) return;
        const named = ".select2-search__field, .select2-selection__rendered, .select2-selection[role=combobox]";
        shown.querySelectorAll(named).forEach((element) => element.setAttribute("aria-label", words(label)));
        // A button among its items makes the list no list.
        shown.querySelectorAll("ul").forEach((list) => list.setAttribute("role", "group"));
        shown.querySelectorAll("li").forEach((item) => item.setAttribute("role", "none"));
    };

    // The prose editor hides the labelled <textarea> behind an editable element of its own.
    const nameEditor = (editable) => {
        const label = labelAround(editable);
        if (label) editable.setAttribute("aria-label", words(label));
    };

    const nameAll = () => {
        document.querySelectorAll(".datetime input:not([aria-label])").forEach(nameDateTime);
        document.querySelectorAll("select.select2-hidden-accessible").forEach(nameSelect2);
        document.querySelectorAll(".search-label-icon[aria-label]").forEach((icon) => icon.setAttribute("role", "img"));
        document.querySelectorAll("[contenteditable=true]:not([aria-label])").forEach(nameEditor);
    };

    // On a phone a list is a stack of cards, and each cell has to say which column it is of.
    const nameCells = (table) => {
        const columns = [...table.tHead.rows[0].cells].map((cell) => words(cell.querySelector(".text") || cell));
        for (const row of table.tBodies[0].rows) {
            [...row.cells].forEach((cell, place) => {
                if (cell.tagName !== "TD" || cell.classList.contains("action-checkbox")) return;
                cell.dataset.label = columns[place];
                cell.classList.toggle("blank", !cell.children.length && /^[-–]?$/.test(cell.textContent.trim()));
            });
        }
    };

    // A table of fields that does not fit its box becomes a stack of cards (desk.css).
    const stackWideTables = () => {
        document.querySelectorAll(".tabular fieldset").forEach((box) => {
            const table = box.querySelector("table");
            table.classList.remove("cards");
            table.classList.toggle("cards", table.scrollWidth > box.clientWidth + 1);
        });
    };

    // Typing changes the page too: once per frame is enough.
    const oncePerFrame = (work) => {
        let isAwaited = false;
        return () => {
            if (isAwaited) return;
            isAwaited = true;
            requestAnimationFrame(() => { isAwaited = false; work(); });
        };
    };

    const warnOfUnsavedText = (form) => {
        let isDirty = false;
        form.addEventListener("input", () => { isDirty = true; });
        form.addEventListener("submit", () => { isDirty = false; });
        window.addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
    };

    const start = () => {
        nameAll();
        document.querySelectorAll("#result_list").forEach(nameCells);
        const form = document.querySelector(".change-form #content-main > form");
        if (!form) return;
        warnOfUnsavedText(form);
        stackWideTables();
        window.addEventListener("resize", oncePerFrame(stackWideTables));
        document.addEventListener("formset:added", stackWideTables);
        document.addEventListener("toggle", stackWideTables, true);
        new MutationObserver(oncePerFrame(nameAll)).observe(form, { childList: true, subtree: true });
        if (window.django && window.django.jQuery) {
            window.django.jQuery(document).on("select2:open", (event) => {
                const search = document.querySelector(".select2-dropdown .select2-search__field");
                const label = labelOf(event.target.id);
                if (search && label) search.setAttribute("aria-label", words(label));
            });
        }
    };

    document.addEventListener("DOMContentLoaded", start);
}
