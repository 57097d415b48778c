import { css } from "lit";
import { avatarStyles } from "../../styles/avatar.styles.js";

const roomLayoutStyles = css`
  /* The host is the grid, so that one rule gives the list its height in a fixed parent, a flex or
     grid item, or none. */
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    block-size: var(--chat-height, 100%);
    min-block-size: var(--chat-min-height, 16em);
    max-block-size: var(--chat-max-height, 100dvh);
    overflow: hidden;
    contain: layout style;
    container-type: inline-size;
    color-scheme: light dark;
    background: var(--_surface);
  }

  :host(:state(page-colors)) {
    color-scheme: inherit;
  }

  :host([theme="light"]) {
    color-scheme: light;
  }

  :host([theme="dark"]) {
    color-scheme: dark;
  }

  :host([density="compact"]) {
    --chat-density: 0.85;
  }

  :host([density="spacious"]) {
    --chat-density: 1.15;
  }

  /* However much is written, some messages stay in sight. */
  section {
    display: grid;
    grid-template: auto minmax(min(6em, 25%), 1fr) auto fit-content(50%) / minmax(0, 1fr);
    min-block-size: 0;
  }

  chat-message-list,
  chat-composer,
  chat-connection-status,
  chat-guest-form {
    --_scale: 1em;
    font-size: inherit;
  }

  header {
    grid-row: 1;
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 3);
    min-block-size: var(--chat-header-height, calc(56em / 15));
    padding: calc(var(--_u) * 2) calc(var(--_u) * 4);
    border-block-end: 1px solid var(--_border);
  }

  .titles {
    flex: 1;
    min-inline-size: 0;
  }

  .title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: calc(16em / 15);
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }

  .subtitle {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 1.5);
    font-size: calc(13em / 15);
    line-height: calc(18 / 13);
    color: var(--_muted);
  }

  .subtitle-text {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* Filled when connected, hollow when not: the shape says it too. */
  .dot {
    flex: none;
    inline-size: calc(8em / 13);
    block-size: calc(8em / 13);
    border: 1.5px solid var(--_border-strong);
    border-radius: 50%;
  }

  .dot.live {
    border-color: var(--_online);
    background: var(--_online);
  }

  .stage {
    grid-row: 2;
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }

  chat-connection-status {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    z-index: 2;
  }

  chat-guest-form {
    grid-row: 2 / 5;
  }

  chat-typing {
    grid-row: 3;
  }

  chat-composer {
    grid-row: 4;
    min-block-size: 0;
  }

  .panel {
    grid-row: 2 / 5;
    place-self: center;
    display: grid;
    justify-items: center;
    gap: calc(var(--_u) * 2);
    max-inline-size: 44ch;
    padding: calc(var(--_u) * 6);
    text-align: center;
    color: var(--_muted);
  }

  .panel strong {
    font-size: calc(16em / 15);
    font-weight: 650;
    color: var(--_text);
  }

  .panel .button {
    margin-block-start: calc(var(--_u) * 2);
    color: var(--_text);
  }

  @media (forced-colors: active) {
    .dot.live {
      background: CanvasText;
    }
  }
`;

/** The frame of a room: head, stage with list and banner, composer. */
export const roomStyles = [avatarStyles, roomLayoutStyles];
