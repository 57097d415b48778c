import { css } from "lit";

/** Reactions under a message, and the tools that float over the upper edge of one row. */
export const toolStyles = css`
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 1.5);
    padding-block: calc(var(--_u) * 0.75);
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_u) * 1.25);
    min-block-size: calc(26em / 13);
    padding: 0 calc(var(--_u) * 2);
    border: 1px solid var(--_border);
    border-radius: 1em;
    font-size: calc(13em / 15);
    font-variant-numeric: tabular-nums;
    color: var(--_text);
    background: var(--_surface);
    cursor: pointer;
  }

  .chip:disabled {
    cursor: default;
  }

  .chip:not(:disabled):hover {
    border-color: var(--_border-strong);
  }

  .chip[aria-pressed="true"] {
    border-color: var(--_accent);
    font-weight: 650;
    color: var(--_accent-text);
    background: color-mix(in oklab, var(--_accent) 12%, var(--_surface));
  }

  /* Over the chips of the bubble above, not under them. */
  .tools {
    position: absolute;
    inset-block-start: calc(-14em / 15);
    inset-inline-end: calc(var(--_u) * 4);
    z-index: 1;
    display: flex;
    align-items: center;
    gap: calc(2em / 15);
    min-block-size: calc(32em / 15);
    padding: calc(3em / 15);
    border: 1px solid var(--_border);
    border-radius: calc(10em / 15);
    background: var(--_raised);
    box-shadow: var(--_shadow);
  }

  /* A bubble is hardly higher than they are: they stand on its edge and leave its words seen. */
  .bubbles .tools {
    inset-block-start: calc(-28em / 15);
    inset-inline-end: calc(var(--_u) * 3);
  }

  .bubbles:not(.own) .tools {
    inset-inline: calc(44em / 15) auto;
  }

  .tool {
    display: grid;
    place-items: center;
    inline-size: calc(28em / 15);
    block-size: calc(28em / 15);
    padding: 0;
    border: 0;
    border-radius: calc(7em / 15);
    color: var(--_muted);
    background: none;
    cursor: pointer;
  }

  .tool:hover {
    color: var(--_text);
    background: var(--_hover);
  }

  .tool[aria-pressed="true"] {
    background: color-mix(in oklab, var(--_accent) 16%, var(--_raised));
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  .question {
    padding-inline: calc(var(--_u) * 2);
    font-size: calc(13em / 15);
  }

  .delete {
    color: var(--_danger);
  }

  .tools .link-button {
    padding-inline: calc(var(--_u) * 2);
    font-size: calc(13em / 15);
  }

  @media (pointer: coarse) {
    .chip {
      min-block-size: 32px;
    }

    .tool,
    .tools .link-button {
      min-inline-size: 44px;
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .chip[aria-pressed="true"],
    .tool[aria-pressed="true"] {
      border: 2px solid Highlight;
    }
  }
`;
