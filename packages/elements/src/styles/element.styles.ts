import { css } from "lit";

/**
 * What every element begins with: its own type, whatever the page around it does to text, and the
 * shared small pieces.
 */
export const elementStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    font-family: var(--chat-font, ui-sans-serif, system-ui, sans-serif);
    font-size: var(--chat-font-size, medium);
    font-style: normal;
    font-weight: 400;
    font-variant: normal;
    line-height: var(--chat-line-height, 1.4667);
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    text-shadow: none;
    white-space: normal;
    color: var(--_text);
    accent-color: var(--_accent);
    -webkit-tap-highlight-color: transparent;
  }

  :host([hidden]) {
    display: none;
  }

  /* The design size is 15 px where medium is 16; an element inside another one has it already. */
  :host > * {
    font-size: var(--_scale, 0.9375em);
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  button,
  input,
  textarea {
    margin: 0;
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
  }

  ::selection {
    background: color-mix(in oklab, var(--_accent) 32%, transparent);
  }

  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  svg {
    display: block;
    inline-size: 1.2em;
    block-size: 1.2em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    flex: none;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition-duration: 0s !important;
    }
  }
`;
