"use strict";
// The photo desk's upload page: each file in a request of its own, two at a time; what was not sent can be tried again.
{
    const AT_ONCE = 2;
    const LOOK_AFTER = 3000; // milliseconds between two looks at how far the versions are
    const LOOKS = 200;
    const IDLE_LOOKS = 2; // after so many at which nothing moved, no worker seems to run

    const make = (tag, text = "", attributes = {}) => {
        const element = document.createElement(tag);
        element.textContent = text;
        Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
        return element;
    };

    const link = (photo) => make("a", photo.name, { href: photo.address });

    const start = () => {
        const form = document.querySelector("form.upload");
        const words = form.dataset;
        const list = document.querySelector("#uploads");
        const summary = document.querySelector("#upload-summary");
        const again = document.querySelector("#upload-again");
        const uploads = [];
        let looks = 0;
        let idle = 0;

        const of = (...states) => uploads.filter((upload) => states.includes(upload.state));

        const count = () => {
            const counts = { filed: of("new", "known"), refused: of("refused"), failed: of("failed"), open: of("waiting", "sending") };
            summary.textContent = words.summary.replace(/\{(\w+)\}/g, (_, name) => counts[name].length);
            again.hidden = !counts.failed.length;
        };

        const show = (upload, state, text) => {
            upload.state = upload.row.className = state;
            upload.said.textContent = text;
            upload.bar.hidden = state !== "sending";
            upload.button.hidden = state !== "failed";
            count();
        };

        const settle = (upload, outcome) => {
            show(upload, outcome.state, outcome.words);
            upload.key = outcome.photo?.key;
            const more = [...(outcome.notes || []).map((note) => make("span", note))];
            if (outcome.photo) more.unshift(link(outcome.photo));
            for (const photo of outcome.alike || []) {
                const line = make("span", `${words.alike} `);
                line.append(link(photo));
                more.push(line);
            }
            upload.row.append(...more, upload.versions);
            look();
        };

        const answered = (upload, request) => {
            try {
                settle(upload, JSON.parse(request.responseText));
            } catch {
                // A page where an answer should be: the login, or an error of the server's.
                const isSignedOut = request.status === 403 || request.responseURL.includes("/login/");
                show(upload, "failed", isSignedOut ? words.signedOut : words.failed);
            }
        };

        const send = (upload) => {
            const request = new XMLHttpRequest();
            const body = new FormData();
            body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
            body.append("file", upload.file);
            request.open("POST", words.one);
            request.upload.addEventListener("progress", (event) => {
                if (event.lengthComputable) upload.bar.value = event.loaded / event.total;
            });
            request.upload.addEventListener("load", () => { upload.said.textContent = words.reading; });
            request.addEventListener("load", () => answered(upload, request));
            request.addEventListener("error", () => show(upload, "failed", words.failed));
            request.addEventListener("abort", () => show(upload, "failed", words.failed));
            request.addEventListener("loadend", next);
            show(upload, "sending", words.sending);
            request.send(body);
        };

        const next = () => {
            const free = AT_ONCE - of("sending").length;
            of("waiting").slice(0, Math.max(0, free)).forEach(send);
        };

        const wait = (upload) => {
            upload.bar.value = 0;
            show(upload, "waiting", words.waiting);
        };

        const retry = (failed) => {
            failed.forEach(wait);
            next();
        };

        const add = (file) => {
            const row = make("li");
            const bar = make("progress", "", { max: 1, value: 0, "aria-label": file.name });
            const button = make("button", words.again, { type: "button", "aria-label": `${words.again}: ${file.name}` });
            const upload = { file, row, bar, button, said: make("span"), versions: make("span") };
            button.addEventListener("click", () => retry([upload]));
            row.append(make("b", file.name), bar, upload.said, button);
            list.append(row);
            uploads.push(upload);
            wait(upload);
        };

        const take = (files) => {
            list.hidden = !uploads.length && !files.length;
            [...files].forEach(add);
            next();
        };

        // Without a worker the page itself has the versions made, one picture after the other.
        const help = async (isIdle) => {
            idle = isIdle ? idle + 1 : 0;
            if (idle <= IDLE_LOOKS) return;
            const token = form.elements.csrfmiddlewaretoken.value;
            await fetch(words.make, { method: "POST", headers: { "X-CSRFToken": token } });
            idle = IDLE_LOOKS;
        };

        // How far the versions for readers are, as long as any is under way.
        const look = async () => {
            const filed = uploads.filter((upload) => upload.state === "new" && !upload.isOver);
            if (!filed.length || look.isOn || looks > LOOKS) return;
            look.isOn = true;
            looks += 1;
            const asked = filed.slice(0, 50);
            try {
                const answer = await fetch(`${words.progress}?${asked.map((one) => `photo=${one.key}`).join("&")}`);
                const found = await answer.json();
                for (const upload of asked) {
                    upload.versions.textContent = found.photos[upload.key] || "";
                    upload.isOver = found.is_over;
                }
                await help(found.is_idle);
            } catch { /* the next look may find it */ }
            setTimeout(() => { look.isOn = false; look(); }, LOOK_AFTER);
        };

        const input = form.elements.file;
        const drop = form.querySelector(".drop");
        form.querySelector(".submit-row").hidden = true;
        form.querySelector(".dropped").hidden = false;
        input.addEventListener("change", () => {
            take(input.files);
            input.value = "";
        });
        form.addEventListener("submit", (event) => event.preventDefault());
        ["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, (event) => {
            event.preventDefault();
            drop.classList.add("over");
        }));
        ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("over")));
        // A picture that misses the box must not open in the place of the page.
        ["dragover", "drop"].forEach((name) => window.addEventListener(name, (event) => event.preventDefault()));
        drop.addEventListener("drop", (event) => take(event.dataTransfer.files));
        again.querySelector("button").addEventListener("click", () => retry(of("failed")));
        window.addEventListener("online", () => retry(of("failed")));
        window.addEventListener("beforeunload", (event) => {
            if (of("waiting", "sending", "failed").length) event.preventDefault();
        });
    };

    document.addEventListener("DOMContentLoaded", start);
}
