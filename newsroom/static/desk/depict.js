"use strict";
// Marking people in a picture: boxes by mouse, finger or keys, each tied to the row of the form that holds its numbers.
{
    const PARTS = ["box_x", "box_y", "box_width", "box_height"];
    const STEP = 0.01;
    const SMALLEST = 0.01;
    const BY_CLICK = [0.08, 0.12]; // the size of a box where somebody only clicks
    const ARROWS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

    const within = (value, least, most) => Math.min(Math.max(value, least), most);
    const filled = (text, words) => text.replace(/\{(\w+)\}/g, (_all, name) => words[name]);

    class Mark {
        constructor(row, desk) {
            Object.assign(this, { row, desk });
            this.inputs = PARTS.map((name) => row.querySelector(`[data-box=${name}]`));
            this.person = row.querySelector("select[name$=-person]");
            row.querySelector(".boxing").hidden = !desk.stage;
            row.querySelector("[data-act=add]").addEventListener("click", () => this.add());
            row.querySelector("[data-act=remove]").addEventListener("click", () => this.remove());
            this.inputs.forEach((input) => input.addEventListener("input", () => this.show()));
            row.querySelectorAll("[name$=-row], [name$=-place_from_left]").forEach((input) => {
                input.addEventListener("input", () => desk.keepPlaces());
            });
            // Select2 tells of a choice by an event of jQuery's only.
            window.django.jQuery(this.person).on("change", () => this.show());
        }

        get isEmpty() { return !this.person.value && !this.box; }

        get name() { return this.person.selectedOptions[0]?.text || this.desk.words.nobody; }

        get box() {
            const parts = this.inputs.map((input) => (input.value === "" ? NaN : Number(input.value)));
            return parts.every(Number.isFinite) ? parts : null;
        }

        set box(parts) {
            const [width, height] = [within(parts[2], SMALLEST, 1), within(parts[3], SMALLEST, 1)];
            const kept = [within(parts[0], 0, 1 - width), within(parts[1], 0, 1 - height), width, height];
            this.inputs.forEach((input, index) => { input.value = kept[index].toFixed(4); });
            this.show();
        }

        add(parts = [0.45, 0.35, ...BY_CLICK]) {
            if (!this.box) this.box = parts;
            this.button.focus();
        }

        remove() {
            this.inputs.forEach((input) => { input.value = ""; });
            this.show();
            this.desk.changed();
            this.row.querySelector("[data-act=add]").focus();
        }

        show() {
            const { box } = this;
            this.row.querySelector("[data-act=add]").hidden = Boolean(box);
            this.row.querySelector("[data-act=remove]").hidden = !box;
            if (!this.desk.stage) return;
            if (!box) {
                this.button?.remove();
                this.button = null;
                return;
            }
            this.button ||= this.draw();
            const [left, top, width, height] = box.map((part) => `${part * 100}%`);
            Object.assign(this.button.style, { left, top, width, height });
            const words = { number: this.number, name: this.name };
            this.button.firstChild.textContent = this.number;
            this.button.setAttribute("aria-label", filled(this.desk.words.box, words));
        }

        draw() {
            const button = document.createElement("button");
            button.type = "button";
            button.className = "box";
            const label = document.createElement("span");
            const handle = document.createElement("i");
            button.append(label, handle);
            button.addEventListener("keydown", (event) => this.key(event));
            button.addEventListener("pointerdown", (event) => this.drag(event, event.target === handle));
            button.addEventListener("focus", () => this.row.classList.add("current"));
            button.addEventListener("blur", () => this.row.classList.remove("current"));
            this.desk.stage.append(button);
            return button;
        }

        key(event) {
            if (event.key === "Delete" || event.key === "Backspace") {
                event.preventDefault();
                this.remove();
            }
            const step = ARROWS[event.key];
            if (!step) return;
            event.preventDefault();
            this.change(this.box, step, event.shiftKey);
            this.desk.tell(this);
        }

        // Sizing keeps the upper left corner where it is.
        change([left, top, width, height], [x, y], isSizing) {
            this.box = isSizing
                ? [left, top, within(width + x, SMALLEST, 1 - left), within(height + y, SMALLEST, 1 - top)]
                : [left + x, top + y, width, height];
        }

        drag(event, isSizing) {
            event.preventDefault();
            event.stopPropagation();
            const { button, desk, box } = this;
            const start = desk.at(event);
            button.focus();
            button.setPointerCapture(event.pointerId);
            button.onpointermove = (moved) => {
                const now = desk.at(moved);
                this.change(box, [now[0] - start[0], now[1] - start[1]], isSizing);
            };
            button.onpointerup = button.onpointercancel = () => {
                button.onpointermove = null;
                desk.tell(this);
            };
        }
    }

    class Desk {
        constructor(form) {
            this.form = form;
            this.words = form.dataset;
            this.stage = form.querySelector(".stage");
            this.total = form.querySelector("[name$=-TOTAL_FORMS]");
            this.marks = [...form.querySelectorAll(".marks .mark")].map((row) => new Mark(row, this));
            this.number();
            form.querySelector(".adding").hidden = !this.stage;
            document.getElementById("add-mark").addEventListener("click", () => this.free().add());
            this.stage?.addEventListener("pointerdown", (event) => this.drawNew(event));
        }

        number() {
            this.marks.forEach((mark, index) => {
                mark.number = index + 1;
                mark.row.querySelector(".number").textContent = `${index + 1}.`;
                mark.show();
            });
        }

        // The row that nobody has used yet, or a new one at the end.
        free() {
            return this.marks.find((mark) => mark.isEmpty) || this.grow();
        }

        grow() {
            const index = Number(this.total.value);
            const made = document.createElement("div");
            made.innerHTML = document.getElementById("empty-mark").innerHTML.replaceAll("__prefix__", index);
            const row = made.firstElementChild;
            this.form.querySelector(".marks").append(row);
            this.total.value = index + 1;
            row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: {} }));
            const mark = new Mark(row, this);
            this.marks.push(mark);
            this.number();
            return mark;
        }

        // What somebody says by hand is not counted anew from the boxes.
        keepPlaces() {
            this.form.elements.follow.checked = false;
        }

        at(event) {
            const frame = this.stage.getBoundingClientRect();
            return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
        }

        drawNew(event) {
            if (event.button !== 0) return;
            event.preventDefault();
            const start = this.at(event);
            const end = (up) => {
                this.stage.removeEventListener("pointerup", end);
                const [x, y] = this.at(up);
                const drawn = [Math.abs(x - start[0]), Math.abs(y - start[1])];
                const isDrawn = drawn[0] > SMALLEST && drawn[1] > SMALLEST;
                const [width, height] = isDrawn ? drawn : BY_CLICK;
                const [left, top] = isDrawn
                    ? [Math.min(x, start[0]), Math.min(y, start[1])]
                    : [x - width / 2, y - height / 2];
                const mark = this.free();
                mark.add([left, top, width, height]);
                this.tell(mark);
            };
            this.stage.setPointerCapture(event.pointerId);
            this.stage.addEventListener("pointerup", end);
        }

        // As if somebody had typed the numbers: the desk warns before they are lost.
        changed() {
            this.form.dispatchEvent(new Event("input"));
        }

        tell(mark) {
            this.changed();
            const [left, top, width, height] = mark.box.map((part) => Math.round(part * 100));
            const said = filled(this.words.moved, { name: mark.name, left, top, width, height });
            this.form.querySelector(".moved").textContent = said;
        }
    }

    document.addEventListener("DOMContentLoaded", () => new Desk(document.getElementById("depict_form")));
}
