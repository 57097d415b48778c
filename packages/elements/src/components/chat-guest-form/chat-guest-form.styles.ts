import { css } from "lit";

/** A quiet card in the middle of the room. */
export const guestFormStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    place-items: center;
    padding: calc(var(--_u) * 5);
    overflow: auto;
  }

  form {
    inline-size: min(100%, 24em);
    margin: 0;
  }

  .title {
    font-size: calc(20em / 15);
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  p {
    margin-block: calc(var(--_u) * 1.5) calc(var(--_u) * 6);
    color: var(--_muted);
  }

  label {
    display: block;
    margin-block-end: calc(var(--_u) * 1.5);
    font-size: calc(13em / 15);
    font-weight: 600;
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_u) * 2);
  }

  input {
    flex: 99 1 5em;
    min-inline-size: 0;
    min-block-size: calc(44em / 15);
    padding-inline: calc(var(--_u) * 3.5);
    border: 1px solid var(--_border-strong);
    border-radius: calc(10em / 15);
    background: var(--_surface);
    caret-color: var(--_accent);
  }

  input:focus-visible {
    outline-offset: -1px;
  }

  input[aria-invalid="true"] {
    border-color: var(--_danger);
  }

  .button {
    flex: 1 0 auto;
    min-block-size: calc(44em / 15);
    padding-inline: calc(var(--_u) * 5);
    border-radius: calc(10em / 15);
  }

  /* The line is there before there is anything to say, so that nothing moves when there is. */
  .problem {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 1.5);
    min-block-size: calc(26em / 13);
    font-size: calc(13em / 15);
    color: var(--_danger);
  }

  @media (pointer: coarse) {
    input {
      font-size: max(16px, 1em);
    }
  }
`;
