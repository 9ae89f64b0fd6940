// Buttons that number the boxes of a ranking. Candidates stay in the order of the paper; only the numbers move.

export function startRankings(scope) {
  for (const list of scope.querySelectorAll("[data-mg-rank]")) new Ranking(list);
}

class Ranking {
  constructor(list) {
    this.list = list;
    this.words = list.dataset;
    this.lines = [...list.children].map((line) => this.line(line));
    this.state = document.createElement("p");
    this.state.className = "mg-rank__state";
    this.state.setAttribute("role", "status");
    list.after(this.state);
    list.addEventListener("input", () => this.show());
    this.show();
  }

  line(element) {
    const line = {
      element,
      box: element.querySelector("input"),
      name: element.querySelector("label").lastChild.textContent.trim(),
    };
    const moves = document.createElement("div");
    moves.className = "mg-rank__moves";
    line.add = this.button(moves, this.words.mgWordsAdd, line, () => this.place(line, this.ranked().length + 1));
    line.up = this.button(moves, this.words.mgWordsUp, line, () => this.place(line, this.position(line) - 1));
    line.down = this.button(moves, this.words.mgWordsDown, line, () => this.place(line, this.position(line) + 1));
    line.remove = this.button(moves, this.words.mgWordsRemove, line, () => this.place(line, 0));
    element.append(moves);
    return line;
  }

  button(moves, word, line, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mg-rank__move";
    button.textContent = word;
    button.setAttribute("aria-label", `${word}: ${line.name}`);
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      act();
      if (button.hidden) (line.add.hidden ? line.up : line.add).focus();
    });
    moves.append(button);
    return button;
  }

  ranked() {
    const numbered = this.lines.filter((line) => /^[1-9][0-9]*$/.test(line.box.value.trim()));
    return numbered.sort((a, b) => Number(a.box.value) - Number(b.box.value));
  }

  position(line) {
    return this.ranked().indexOf(line) + 1;
  }

  place(line, position) {
    const order = this.ranked().filter((other) => other !== line);
    if (position > 0) order.splice(position - 1, 0, line);
    for (const other of this.lines) other.box.value = "";
    order.forEach((other, index) => (other.box.value = String(index + 1)));
    const words = position > 0 ? this.words.mgWordsNow : this.words.mgWordsNone;
    this.show(words.replace("NAME", line.name).replace("NUMBER", String(position)));
  }

  show(said = "") {
    const order = this.ranked();
    for (const line of this.lines) {
      const position = order.indexOf(line) + 1;
      line.element.classList.toggle("is-ranked", position > 0);
      line.add.hidden = position > 0;
      for (const button of [line.up, line.down, line.remove]) button.hidden = position === 0;
      line.up.setAttribute("aria-disabled", String(position <= 1));
      line.down.setAttribute("aria-disabled", String(position === order.length));
    }
    const left = this.lines.length - order.length;
    const rest = left ? this.words.mgWordsLeft.replace("COUNT", String(left)) : this.words.mgWordsAll;
    this.state.textContent = said ? `${said}. ${rest}` : rest;
  }
}
