import { css } from "lit";

/** The two buttons of the house: filled for the one thing to do, quiet for the rest. */
export const buttonStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_u) * 1.5);
    min-block-size: calc(32em / 15);
    padding: var(--_u) calc(var(--_u) * 3.5);
    border: 1px solid transparent;
    border-radius: calc(8em / 15);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    cursor: pointer;
    transition: background-color var(--_duration);
  }

  .button:hover {
    background: color-mix(in oklab, var(--_accent) 88%, var(--_text));
  }

  .button.quiet {
    border-color: var(--_border-strong);
    background: none;
    color: inherit;
  }

  .button.quiet:hover {
    background: var(--_hover);
  }

  .link-button {
    min-block-size: calc(24em / 15);
    padding: 0 calc(var(--_u) / 2);
    border: 0;
    border-radius: calc(5em / 15);
    background: none;
    color: var(--_accent-text);
    font-weight: 600;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }

  .link-button:hover {
    text-decoration: underline;
  }

  @media (pointer: coarse) {
    .button {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .button {
      border-color: ButtonText;
    }
  }
`;
