import { css } from "lit";

/** The pill that leads to the newest message. */
export const jumpStyles = css`
  .jump {
    place-self: end center;
    z-index: 1;
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_u) * 2);
    min-block-size: calc(36em / 15);
    margin-block-end: calc(var(--_u) * 3);
    padding-inline: calc(var(--_u) * 4);
    border: 0;
    border-radius: 2em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    color: var(--_on-accent);
    background: var(--_accent);
    box-shadow: var(--_shadow);
    cursor: pointer;
    animation: appear 160ms var(--_easing);
  }

  .jump.plain {
    place-self: end;
    inline-size: calc(36em / 15);
    margin-inline-end: calc(var(--_u) * 4);
    padding: 0;
    justify-content: center;
    border: 1px solid var(--_border);
    color: var(--_text);
    background: var(--_raised);
  }

  @media (pointer: coarse) {
    .jump {
      min-block-size: 44px;
    }

    .jump.plain {
      inline-size: 44px;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
      scale: 0.96;
    }
  }
`;
