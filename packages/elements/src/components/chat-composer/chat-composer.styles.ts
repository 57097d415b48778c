import { css } from "lit";

/** Field and button as one object: one border, one focus ring. */
export const composerStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    container-type: inline-size;
    padding: calc(var(--_u) * 1) calc(var(--_u) * 3) calc(var(--_u) * 3);
    background: var(--_surface);
  }

  /* Where it is low, the text scrolls before anything is cut off. */
  form {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    margin: 0;
  }

  .edit-bar {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 2);
    padding-inline-start: calc(var(--_u) * 1.5);
    font-size: calc(13em / 15);
    color: var(--_accent-text);
  }

  .edit-title {
    flex: 1;
    min-inline-size: 0;
    font-weight: 600;
  }

  .cancel {
    display: grid;
    place-items: center;
    inline-size: calc(32em / 13);
    block-size: calc(32em / 13);
    padding: 0;
    border: 0;
    border-radius: calc(8em / 13);
    color: var(--_muted);
    background: none;
    cursor: pointer;
  }

  .cancel:hover {
    background: var(--_hover);
  }

  .box {
    display: flex;
    align-items: flex-end;
    gap: calc(var(--_u) * 2);
    min-block-size: var(--chat-composer-min-height, calc(46em / 15));
    padding: calc(6em / 15);
    padding-inline-start: calc(var(--_u) * 3.5);
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_surface);
    cursor: text;
    transition: border-color var(--_duration);
  }

  .box:focus-within {
    border-color: var(--_focus);
    box-shadow: 0 0 0 1px var(--_focus);
  }

  /* The mirror behind the field makes it grow where field-sizing is not known. */
  .grow {
    flex: 1;
    align-self: stretch;
    display: grid;
    grid-template-rows: minmax(0, auto);
    align-content: end;
    min-inline-size: 0;
    max-block-size: 12lh;
    padding-block: calc(5em / 15);
  }

  .grow::after,
  textarea {
    grid-area: 1 / 1;
    min-inline-size: 0;
    max-block-size: calc(12lh - 10em / 15);
    padding: 0;
    border: 0;
    font: inherit;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .grow::after {
    content: attr(data-value) " ";
    visibility: hidden;
    overflow: hidden;
  }

  textarea {
    resize: none;
    overflow-y: auto;
    scrollbar-width: thin;
    color: inherit;
    background: none;
    caret-color: var(--_accent);
  }

  /* The ring is around field and button together. */
  textarea:focus-visible {
    outline: none;
  }

  textarea::placeholder {
    opacity: 1;
    color: var(--_muted);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  textarea[readonly] {
    color: var(--_muted);
  }

  .send {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: calc(32em / 15);
    block-size: calc(32em / 15);
    padding: 0;
    border: 0;
    border-radius: calc(8em / 15);
    color: var(--_on-accent);
    background: var(--_accent);
    cursor: pointer;
    transition:
      background-color var(--_duration),
      color var(--_duration);
  }

  .send[aria-disabled="true"] {
    color: var(--_muted);
    background: var(--_hover);
    cursor: default;
  }

  .send:not([aria-disabled="true"]):hover {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  .notes {
    font-size: calc(12em / 15);
    font-variant-numeric: tabular-nums;
    color: var(--_muted);
    text-align: end;
  }

  .notes > * {
    display: inline-block;
    padding-block-start: calc(var(--_u) * 1.5);
    padding-inline: var(--_u);
  }

  .notes .reason {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 1.5);
    color: var(--_danger);
    text-align: start;
  }

  .readonly {
    margin: 0;
    padding: calc(var(--_u) * 3);
    border-radius: var(--_radius);
    text-align: center;
    color: var(--_muted);
    background: var(--_sunken);
  }

  @media (pointer: coarse) {
    /* Smaller type makes iOS zoom the page when the field gets the focus. */
    textarea,
    .grow::after {
      font-size: max(16px, 1em);
    }

    .send {
      inline-size: 44px;
      block-size: 44px;
    }

    .grow {
      padding-block: calc((44px - 1lh) / 2);
    }
  }

  @media (forced-colors: active) {
    .send {
      border: 1px solid ButtonText;
    }

    .send[aria-disabled="true"] {
      border-color: GrayText;
      color: GrayText;
    }

    .box:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;
