import { describe, expect, it } from "vitest";
import { safeUrl, splitLinks } from "./split-links.js";

const linksIn = (text: string): (string | undefined)[] =>
  splitLinks(text).flatMap((piece) => (piece.href === undefined ? [] : [piece.text]));

describe("links in a text", () => {
  it("finds http and https addresses and leaves the rest alone", () => {
    expect(splitLinks("see https://a.example/x and http://b.example.")).toEqual([
      { text: "see " },
      { text: "https://a.example/x", href: "https://a.example/x" },
      { text: " and " },
      { text: "http://b.example", href: "http://b.example/" },
      { text: "." },
    ]);
  });

  it("gives the text back when its pieces are joined", () => {
    const texts = [
      "",
      "plain",
      "(https://a.example/(b))!",
      "xhttps://no.example",
      "https://",
      "a\nb",
    ];
    for (const text of texts) {
      expect(
        splitLinks(text)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }
  });

  it("leaves the punctuation of the sentence outside and balanced brackets inside", () => {
    expect(linksIn("(https://a.example/b), https://a.example/c_(d)?")).toEqual([
      "https://a.example/b",
      "https://a.example/c_(d)",
    ]);
  });

  it("keeps other schemes, credentials and disguised addresses as text", () => {
    const addresses = [
      "javascript:alert(1)",
      "data:text/html,x",
      "https://user:secret@a.example/",
      "https://a.example/\u202egnp.exe",
      "https://a.example\\@b.example",
      `https://a.example/${"x".repeat(2048)}`,
    ];
    for (const address of addresses) expect(safeUrl(address)).toBeUndefined();
    expect(linksIn(addresses.slice(0, 3).join(" "))).toEqual([]);
  });

  it("does not begin in the middle of a word", () => {
    expect(linksIn("foohttps://a.example")).toEqual([]);
  });

  it("takes hostile texts of twice the length at most about twice the work", () => {
    for (const unit of ["http://a.b/", ")", "https://a.b/((((", "http://", "]".repeat(10)]) {
      const text = `http://a.b/${unit.repeat(4000)}`.slice(0, 16_000);
      expect(
        splitLinks(text)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }
  });
});
