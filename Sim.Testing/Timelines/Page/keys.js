// The keyboard. Each command stands once, with its words for the help.

const Commands = [
    { keys: ["ArrowDown", "j"], shown: "↓ or j", words: "next step", run: app => app.move(1) },
    { keys: ["ArrowUp", "k"], shown: "↑ or k", words: "previous step", run: app => app.move(-1) },
    { keys: ["PageDown"], shown: "Page Down", words: "a screen further", run: app => app.move(app.screenful()) },
    { keys: ["PageUp"], shown: "Page Up", words: "a screen back", run: app => app.move(-app.screenful()) },
    { keys: ["Home"], shown: "Home", words: "first step", run: app => app.move(-Infinity) },
    { keys: ["End"], shown: "End", words: "last step", run: app => app.move(Infinity) },
    { keys: ["ArrowLeft"], shown: "←", words: "the step that made this one ready", run: app => app.toCause() },
    {
        keys: ["ArrowRight"],
        shown: "→",
        words: "the first step that this one makes ready",
        run: app => app.toWoken(),
    },
    { keys: ["]"], shown: "]", words: "next step in the same lane", run: app => app.alongLane(1) },
    { keys: ["["], shown: "[", words: "previous step in the same lane", run: app => app.alongLane(-1) },
    {
        keys: ["d"],
        shown: "d",
        words: "next decision that differs from first in, first out",
        run: app => app.toDecision(1),
    },
    { keys: ["D"], shown: "Shift d", words: "previous decision", run: app => app.toDecision(-1) },
    { keys: ["p"], shown: "p", words: "the steps that decide", run: app => app.toDeciding() },
    { keys: ["f"], shown: "f", words: "the failure", run: app => app.toFailure() },
    {
        keys: ["o"],
        shown: "o",
        words: "over to the other run, same step where there is one",
        run: app => app.toOther(),
    },
    { keys: ["v"], shown: "v", words: "both runs, one, the other", run: app => app.nextView() },
    {
        keys: ["/"],
        shown: "/",
        words: "search; Enter and Shift Enter go to the matches, Escape ends it",
        run: app => app.search.focus(),
    },
    { keys: ["n"], shown: "n", words: "next match", run: app => app.search.next() },
    { keys: ["N"], shown: "Shift n", words: "previous match", run: app => app.search.previous() },
    { keys: ["+", "="], shown: "+", words: "larger", run: app => app.setZoom(app.zoom + 1) },
    { keys: ["-"], shown: "−", words: "smaller", run: app => app.setZoom(app.zoom - 1) },
    { keys: ["0"], shown: "0", words: "usual size", run: app => app.setZoom(UsualZoom) },
    {
        keys: ["Enter"],
        shown: "Enter",
        words: "to the pane with all about the step; Escape comes back",
        run: app => $("details").focus(),
    },
    { keys: ["s"], shown: "s", words: "summary shown or hidden", run: app => app.toggleSummary() },
    { keys: ["t"], shown: "t", words: "theme: automatic, light, dark", run: app => app.nextTheme() },
    { keys: ["?"], shown: "?", words: "this help", run: () => $("help").showModal() },
];

// Outside of the list of steps only letters and signs are commands: there the arrows scroll, and Enter presses a button.
function listen(app) {
    document.addEventListener("keydown", event => {
        if (
            event.ctrlKey ||
            event.metaKey ||
            event.altKey ||
            $("help").open ||
            event.target.matches("input, textarea, select")
        )
            return;
        if (event.key === "Escape" && $("details").contains(event.target)) {
            app.active.scroller.focus();
            return;
        }
        const isLetter = event.key.length === 1;
        if (isLetter ? !app.letters : event.target !== app.active.scroller) return;
        const command = Commands.find(one => one.keys.includes(event.key));
        if (command) {
            event.preventDefault();
            command.run(app);
        }
    });
}

function showHelp(app) {
    const letters = element("input", {
        type: "checkbox",
        id: "letters",
        onchange: () => {
            app.letters = letters.checked;
            remember("letters", app.letters ? "on" : "off");
        },
    });
    letters.checked = app.letters;
    $("help").append(
        element("h2", { id: "help-title" }, "Keys"),
        element(
            "dl",
            {},
            ...Commands.flatMap(one => [
                element("dt", {}, element("kbd", {}, one.shown)),
                element("dd", {}, one.words),
            ]),
        ),
        element("h2", {}, "What one sees"),
        element(
            "p",
            {},
            "A row is a step, from the top down in the order in which they were taken. Steps take no time; a line shows " +
                "where time has passed. A ring begins a task, a square ends it. A lane is thin while its task waits, and " +
                "thick from where it is made ready to where it goes on. An arrow goes from a step to the task that it wakes " +
                "or creates. ◆ marks a decision, and the coloured ground the steps whose order decides.",
        ),
        element(
            "div",
            { class: "foot" },
            element("label", {}, letters, " single letters are commands"),
            element("form", { method: "dialog" }, element("button", {}, "Close")),
        ),
    );
}
