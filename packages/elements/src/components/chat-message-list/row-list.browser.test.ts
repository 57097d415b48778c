import { expect } from "@open-wc/testing";
import { html } from "lit";
import { RowList, type ListRow } from "./row-list.js";

describe("rows of a list", () => {
  let parent: HTMLElement;
  let rows: RowList;
  let drawn: string[];

  beforeEach(() => {
    parent = document.createElement("div");
    rows = new RowList();
    drawn = [];
  });

  function draw(...names: string[]): Element[] {
    rows.draw(parent, names.map(row));
    return [...parent.children];
  }

  /** `a1`: the row `a`, showing 1. */
  function row(name: string): ListRow {
    return {
      key: name.charAt(0),
      shown: [name.charAt(1)],
      template() {
        drawn.push(name);
        return html`<p>${name}</p>`;
      },
    };
  }

  const texts = (): string => parent.textContent.replace(/\s/gu, "");

  it("stand in order and keep their boxes, whatever comes, goes or changes places", () => {
    const [, b, c] = draw("a1", "b1", "c1");
    expect(draw("z1", "b1", "y1", "c1")).to.include.members([b, c]);
    expect(texts()).to.equal("z1b1y1c1");
    expect(draw("c1", "b1")).to.deep.equal([c, b]);
    expect(texts()).to.equal("c1b1");
    draw();
    expect(parent.childElementCount).to.equal(0);
  });

  it("are drawn again only when they show something else", () => {
    draw("a1", "b1");
    draw("x1", "a1", "b2");
    expect(drawn).to.deep.equal(["a1", "b1", "x1", "b2"]);
    expect(texts()).to.equal("x1a1b2");
  });
});
