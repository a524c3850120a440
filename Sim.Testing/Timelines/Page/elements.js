// Making elements. Text always goes in as text, never as HTML: a task may be called anything.

const $ = id => document.getElementById(id);

// element("p", { class: "why", onclick: f }, "text", child, …); properties beginning with "on" are listeners.
function element(tag, properties = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (value === undefined || value === null || value === false) continue;
        if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
        else made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
}

// What a screen reader is to hear, beside what it hears anyway.
function announce(text) {
    $("status").textContent = text;
}

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
