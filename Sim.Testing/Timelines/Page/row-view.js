// One row of text, used again for another step when it has been scrolled away.

class RowView {
  constructor(panelId, number) {
    this.element = element("div", { class: "row", role: "option", id: `${panelId}-row-${number}` },
      this.gutter = element("span", { class: "gutter" },
        this.mark = element("span", { class: "mark" }), this.number = element("span", { class: "number" }), this.time = element("span", { class: "time" })),
      this.label = element("span", { class: "label" }, this.text = element("span", { class: "text" })));
    this.row = -1;
  }

  show(row, { run, places, geometry, chosen, twin, query }) {
    const place = places[row];
    const remark = run.remarks.get(place);
    this.row = row;
    this.element.setAttribute("aria-label", sentenceOf(run, place));
    this.element.setAttribute("aria-posinset", row + 1);
    this.element.setAttribute("aria-setsize", places.length);
    this.element.setAttribute("aria-selected", place === chosen);
    this.element.classList.toggle("decides", remark?.decides ?? false);
    this.element.classList.toggle("twin", place === twin);
    this.element.classList.toggle("band", run.steps.time[place] % 2 === 1);
    this.mark.textContent = remark?.decides || remark?.decisions.length ? "◆" : "";
    this.mark.classList.toggle("decides", remark?.decides ?? false);
    this.number.textContent = run.steps.number[place] === 0 ? "–" : run.steps.number[place];
    const isNewTime = row === 0 || run.steps.time[places[row - 1]] !== run.steps.time[place];
    this.time.textContent = isNewTime ? run.timeOf(place) : "";
    this.#place(geometry, run.steps.lane[place]);
    this.#write(run, place, query);
  }

  move(top, geometry) {
    const style = this.element.style;
    style.transform = `translateY(${top}px)`;
    style.height = `${geometry.rowHeight}px`;
    this.gutter.style.width = `${geometry.gutter}px`;
    this.gutter.style.visibility = geometry.hasText ? "" : "hidden";
    this.number.style.width = `${geometry.numberWidth}px`;
  }

  // The text runs to the right of its dot over lanes that have nothing in this row; to the left where there is more room.
  #place(geometry, lane) {
    const at = geometry.x(lane), left = Math.min(at - geometry.gutter - 10, geometry.viewWidth);
    const right = Math.min(geometry.width - at - 14, geometry.viewWidth - geometry.gutter);
    const isLeft = right < 190 && left > right;
    this.label.classList.toggle("left", isLeft);
    this.label.style.left = isLeft ? `${at - left - 9}px` : `${at + 9}px`;
    this.label.style.width = isLeft ? `${left}px` : `${right}px`;
  }

  #write(run, place, query) {
    const title = { text: titleOf(run, place), style: "muted" };
    const pieces = [];
    [title, ...partsOf(run, place)].forEach((part, index) => {
      if (index > 0) pieces.push(element("span", { class: "apart" }, " · "));
      pieces.push(element("span", { class: part.style }, ...marked(part.text, query)));
    });
    this.text.replaceChildren(...pieces);
  }
}

// The text with what was searched for marked.
function marked(text, query) {
  const words = query.trim().toLowerCase(), at = words ? text.toLowerCase().indexOf(words) : -1;
  return at < 0 ? [text] : [text.slice(0, at), element("mark", {}, text.slice(at, at + words.length)), text.slice(at + words.length)];
}
