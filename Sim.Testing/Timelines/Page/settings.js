// What the reader sets once: the theme, and whether single letters are commands. Kept by the browser where it allows that.

const Themes = ["auto", "light", "dark"];
const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");

function remembered(name, otherwise) {
    try {
        return localStorage.getItem(`sim-timeline-${name}`) ?? otherwise;
    } catch {
        return otherwise;
    }
}

function remember(name, value) {
    try {
        localStorage.setItem(`sim-timeline-${name}`, value);
    } catch {
        /* Some browsers keep nothing for files. */
    }
}

function setTheme(app, theme) {
    app.theme = Themes.includes(theme) ? theme : "auto";
    document.documentElement.dataset.theme =
        app.theme === "auto" ? (darkSystem.matches ? "dark" : "light") : app.theme;
    readColours();
    app.redraw();
}

function settingButtons(app) {
    const theme = element("button", { type: "button", id: "theme", onclick: () => app.nextTheme() });
    const say = () => {
        theme.textContent = `Theme: ${app.theme}`;
    };
    app.nextTheme = () => {
        setTheme(app, Themes[(Themes.indexOf(app.theme) + 1) % Themes.length]);
        remember("theme", app.theme);
        say();
        announce(`Theme: ${app.theme}`);
    };
    darkSystem.addEventListener("change", () => setTheme(app, app.theme));
    say();
    const help = element(
        "button",
        { type: "button", id: "help-button", "aria-label": "Keys and help", onclick: () => $("help").showModal() },
        "?",
    );
    return [theme, help];
}
