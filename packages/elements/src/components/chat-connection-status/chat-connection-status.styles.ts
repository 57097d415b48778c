import { css } from "lit";

/** A strip that lies over the top of the list, so that its coming and going moves nothing. */
export const statusStyles = css`
  .banner {
    display: flex;
    align-items: center;
    justify-content: center;
    flex-wrap: wrap;
    gap: 0 calc(var(--_u) * 2);
    padding: calc(var(--_u) * 1.5) calc(var(--_u) * 4);
    border-block-end: 1px solid var(--_border);
    font-size: calc(13em / 15);
    color: var(--_text);
    background: color-mix(in oklab, var(--_warning) 12%, var(--_raised));
    animation: fade 160ms var(--_easing);
  }

  .banner > svg {
    color: var(--_warning);
  }

  .back {
    background: color-mix(in oklab, var(--_success) 12%, var(--_raised));
  }

  .back > svg {
    color: var(--_success);
  }

  .expired,
  .version,
  .closed {
    background: color-mix(in oklab, var(--_danger) 12%, var(--_raised));
  }

  .expired > svg,
  .version > svg,
  .closed > svg {
    color: var(--_danger);
  }

  .countdown {
    font-variant-numeric: tabular-nums;
  }

  @keyframes fade {
    from {
      opacity: 0;
    }
  }
`;
