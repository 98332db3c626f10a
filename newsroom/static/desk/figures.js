// The prose editor's photographs: each a block that names one of the story's photos, with its picture and caption.
import { Node } from "django-prose-editor/editor";

const place = () => document.querySelector("[data-photographs]");
const words = () => place()?.dataset || {};

const make = (tag, text = "", attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
};

const cardOf = async (id) => {
    const detail = { id };
    document.dispatchEvent(new CustomEvent("photograph:show", { detail }));
    return detail.card;
};

// Past the block before or after it, whatever that is.
const move = (by) => ({ state, tr, dispatch }) => {
    const { selection } = state;
    if (selection.node?.type.name !== "photograph") return false;
    const { $from, from, to, node } = selection;
    const place = $from.index() + by;
    if (place < 0 || place >= $from.parent.childCount) return false;
    const other = $from.parent.child(place);
    const target = by < 0 ? from - other.nodeSize : from + other.nodeSize;
    if (dispatch) {
        tr.delete(from, to).insert(target, node);
        tr.setSelection(selection.constructor.create(tr.doc, target)).scrollIntoView();
    }
    return true;
};

// A photograph stands in a text once: one that is there already is shown where it stands.
const placeOf = (doc, photo) => {
    let found = null;
    doc.descendants((node, position) => {
        if (node.type.name === "photograph" && node.attrs.photo === photo) found = position;
    });
    return found;
};

// Between paragraphs: before the one at whose start the cursor stands, else after it; in the place of an empty one.
const rangeFor = ({ node, to, $to }) => {
    if (node || !$to.parent.isTextblock) return { from: to, to };
    const [before, after] = [$to.before(), $to.after()];
    const from = $to.parentOffset ? after : before;
    return { from, to: $to.parent.content.size ? from : after };
};

const insert = (editor, photo) => {
    const there = placeOf(editor.state.doc, photo);
    const chain = editor.chain().focus();
    if (there === null) {
        const range = rangeFor(editor.state.selection);
        chain.insertContentAt(range, { type: "photograph", attrs: { photo } }).setNodeSelection(range.from);
    } else chain.setNodeSelection(there);
    chain.scrollIntoView().run();
};

class PhotographView {
    constructor({ node, editor, getPos }) {
        Object.assign(this, { node, editor, getPos });
        this.dom = make("figure", "", { "data-photo": node.attrs.photo, contenteditable: "false", class: "photograph" });
        this.shown = make("div", "", { class: "shown" });
        const ways = make("div", "", { class: "photo-ways" });
        for (const [by, sign, what] of [[-1, "↑", "up"], [1, "↓", "down"], [0, "✕", "out"]]) {
            const button = make("button", sign, { type: "button", "data-what": what });
            button.addEventListener("click", () => this.act(by));
            ways.append(button);
        }
        this.dom.append(this.shown, ways);
        this.refresh = () => this.show();
        document.addEventListener("photograph:changed", this.refresh);
        this.show();
    }

    async show() {
        const card = await cardOf(this.node.attrs.photo);
        const picture = card?.picture ? make("img", "", { src: card.picture, alt: "" }) : make("span", words().none || "", { class: "none" });
        const caption = make("figcaption", card ? card.caption || card.name : words().gone || "");
        this.shown.replaceChildren(...(card ? [picture] : []), caption);
        this.dom.querySelectorAll("[data-what]").forEach((button) => {
            button.setAttribute("aria-label", `${words()[button.dataset.what] || ""}: ${card?.name || ""}`);
        });
    }

    act(by) {
        const chain = this.editor.chain().setNodeSelection(this.getPos());
        (by ? chain.command(move(by)) : chain.deleteSelection()).focus().run();
        if (by) this.editor.view.dom.querySelector(`[data-photo="${this.node.attrs.photo}"] [data-what=${by < 0 ? "up" : "down"}]`)?.focus();
    }

    stopEvent(event) {
        return Boolean(event.target.closest("button"));
    }

    ignoreMutation() {
        return true;
    }

    destroy() {
        document.removeEventListener("photograph:changed", this.refresh);
    }
}

export const Photograph = Node.create({
    name: "photograph",
    group: "block",
    atom: true,
    draggable: true,
    selectable: true,

    addAttributes() {
        return {
            photo: {
                parseHTML: (element) => element.getAttribute("data-photo"),
                renderHTML: ({ photo }) => ({ "data-photo": photo }),
            },
        };
    },

    parseHTML() {
        return [{ tag: "figure[data-photo]" }];
    },

    // With a space in it: a text that is one empty element would be taken for no text.
    renderHTML({ HTMLAttributes }) {
        return ["figure", HTMLAttributes, " "];
    },

    addNodeView() {
        return (made) => new PhotographView(made);
    },

    addKeyboardShortcuts() {
        return {
            "Alt-ArrowUp": ({ editor }) => editor.commands.command(move(-1)),
            "Alt-ArrowDown": ({ editor }) => editor.commands.command(move(1)),
        };
    },

    addMenuItems({ buttons, menu }) {
        if (!place()) return;
        menu.defineItem({
            name: "photograph",
            groups: "photograph nodes",
            button: buttons.material("image", words().node),
            option: make("p", words().node),
            command: (editor) => {
                const chosen = ({ id }) => insert(editor, id);
                document.dispatchEvent(new CustomEvent("photograph:choose", { detail: { chosen } }));
            },
            active: (editor) => editor.isActive("photograph"),
        });
    },
});
