import { css } from "lit";
import { jumpStyles } from "./jump-button.styles.js";
import { panelStyles } from "./list-panels.styles.js";

const scrollerStyles = css`
  :host {
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    min-block-size: 0;
    block-size: 100%;
    container-type: inline-size;
    background: var(--_surface);
  }

  .frame {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }

  .frame > * {
    grid-area: 1 / 1;
  }

  /* One child in normal order: only the origin of scrolling moves to the bottom, nothing is
     reversed for anybody. */
  .scroller {
    display: flex;
    flex-direction: column-reverse;
    min-block-size: 0;
    overflow-x: hidden;
    overflow-y: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border-strong) transparent;
    scroll-padding-block: calc(var(--_u) * 2);
  }

  .frame:has(.jump) .scroller {
    scroll-padding-block-end: calc(56em / 15);
  }

  .content {
    box-sizing: border-box;
    display: flex;
    flex: none;
    flex-direction: column;
    justify-content: flex-end;
    min-block-size: 100%;
    padding-block: calc(var(--_u) * 2) calc(var(--_u) * 4);
  }

  .in-bubbles .content {
    padding-block-end: calc(var(--_u) * 3);
  }

  .day {
    display: flex;
    justify-content: center;
    padding-block: calc(var(--_u) * 4) calc(var(--_u) * 2);
    user-select: none;
  }

  .day time {
    padding: calc(var(--_u) * 0.5) calc(var(--_u) * 2.75);
    border: 1px solid var(--_border);
    border-radius: 2em;
    font-size: 0.8em;
    font-weight: 600;
    color: var(--_muted);
    background: var(--_surface);
  }

  .in-flat .day {
    align-items: center;
    gap: calc(var(--_u) * 3);
    padding-inline: calc(var(--_u) * 4);
  }

  .in-flat .day::before,
  .in-flat .day::after {
    content: "";
    flex: 1;
    border-block-start: 1px solid var(--_border);
  }

  .unread {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 3);
    margin-block: calc(var(--_u) * 2);
    padding-inline: calc(var(--_u) * 4);
    font-size: 0.8em;
    font-weight: 650;
    color: var(--_danger);
    user-select: none;
  }

  .unread::before {
    content: "";
    flex: 1;
    border-block-start: 1px solid currentColor;
    opacity: 0.5;
  }

  .bubbles .row.first {
    margin-block-start: calc(var(--_u) * 2);
  }

  .loader,
  .history-start {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_u) * 2);
    min-block-size: 44px;
    padding-inline: calc(var(--_u) * 4);
    font-size: calc(13em / 15);
    color: var(--_muted);
    text-align: center;
  }

  .unsupported {
    display: block;
    color: var(--_muted);
    font-style: italic;
  }

  .spinner {
    inline-size: 18px;
    block-size: 18px;
    border: 2px solid var(--_border);
    border-block-start-color: var(--_muted);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`;

/** The scroller, its days and edges, the pill, and what stands in an empty or loading room. */
export const listStyles = [scrollerStyles, jumpStyles, panelStyles];
