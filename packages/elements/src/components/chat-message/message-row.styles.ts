import { css } from "lit";
import { avatarStyles } from "../../styles/avatar.styles.js";
import { bubbleStyles } from "./bubble.styles.js";
import { toolStyles } from "./message-tools.styles.js";

const layoutStyles = css`
  .row {
    --_meta: var(--_muted);
    position: relative;
    display: grid;
    grid-template-columns: calc(36em / 15) minmax(0, 1fr);
    column-gap: calc(var(--_u) * 3);
    padding: calc(var(--_u) * 0.5) calc(var(--_u) * 4);
    border-radius: calc(8em / 15);
  }

  .row.first {
    margin-block-start: calc(var(--_u) * 2);
  }

  .row.without-avatar {
    grid-template-columns: minmax(0, 1fr);
  }

  .row.without-avatar .gutter {
    display: none;
  }

  .row:focus-visible {
    outline-offset: -2px;
  }

  .main {
    min-inline-size: 0;
  }

  .head {
    display: flex;
    align-items: baseline;
    gap: calc(var(--_u) * 2);
    min-inline-size: 0;
  }

  .author {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 650;
    color: light-dark(oklch(0.48 0.13 var(--_hue)), oklch(0.8 0.1 var(--_hue)));
  }

  .kind {
    flex: none;
    align-self: center;
    padding-inline: calc(var(--_u) * 1.25);
    border: 1px solid var(--_border);
    border-radius: 1em;
    font-size: calc(11em / 15);
    line-height: 1.4;
    color: var(--_muted);
    user-select: none;
  }

  time {
    flex: none;
    font-size: 0.8em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    color: var(--_meta);
    user-select: none;
  }

  .body {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }

  .body a {
    color: var(--_accent-text);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.15em;
    border-radius: calc(3em / 15);
  }

  .emoji .body {
    font-size: 2.5em;
    line-height: 1.2;
  }

  .deleted .body {
    font-style: italic;
    color: var(--_meta);
  }

  .edited {
    font-size: 0.8em;
    color: var(--_meta);
    user-select: none;
  }

  .sign {
    display: inline-flex;
    flex: none;
    vertical-align: -0.15em;
  }

  .sign svg {
    inline-size: 1em;
    block-size: 1em;
  }

  .note {
    font-size: calc(13em / 15);
    color: var(--_muted);
  }

  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: calc(var(--_u) * 1.5);
    color: var(--_danger);
  }

  .choices {
    display: inline-flex;
    gap: calc(var(--_u) * 2);
  }

  @media (pointer: coarse) {
    .choices .link-button {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
`;

const flatStyles = css`
  .flat .bubble {
    inline-size: fit-content;
    max-inline-size: min(100%, 68ch);
  }

  .flat .bubble .sign {
    margin-inline-start: calc(var(--_u) * 1.5);
    color: var(--_muted);
  }

  .flat .gutter {
    position: relative;
  }

  .flat .gutter .avatar {
    position: absolute;
    inset-block-start: calc(3em / 15);
  }

  /* On the baseline of the first line, and there for the eye only when asked for. */
  .flat .gutter time {
    display: block;
    font-size: calc(12em / 15);
    line-height: calc(22 / 12);
    text-align: end;
    opacity: 0;
    transition: opacity var(--_duration);
  }

  .flat:hover .gutter time,
  .flat:focus-visible .gutter time,
  .flat:focus-within .gutter time {
    opacity: 1;
  }

  @media (hover: hover) {
    .flat:hover {
      background: var(--_hover);
    }
  }

  @container (max-width: 360px) {
    .row {
      padding-inline: calc(var(--_u) * 2.5);
      column-gap: calc(var(--_u) * 2);
    }
  }
`;

/** The look of one message in both layouts; shared by the list and the single message. */
export const rowStyles = [avatarStyles, layoutStyles, flatStyles, bubbleStyles, toolStyles];
