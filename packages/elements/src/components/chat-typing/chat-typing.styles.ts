import { css } from "lit";

/** One line of small type, and three dots that breathe. */
export const typingStyles = css`
  :host {
    background: var(--_surface);
  }

  .line {
    display: flex;
    align-items: center;
    gap: calc(var(--_u) * 2);
    block-size: calc(22em / 15);
    padding-inline: calc(var(--_u) * 4);
    color: var(--_muted);
  }

  .text {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: calc(13em / 15);
    unicode-bidi: plaintext;
  }

  .dots {
    display: inline-flex;
    flex: none;
    gap: calc(3em / 15);
  }

  i {
    inline-size: calc(5em / 15);
    block-size: calc(5em / 15);
    border-radius: 50%;
    background: currentColor;
    animation: breathe 1200ms ease-in-out infinite;
  }

  i:nth-child(2) {
    animation-delay: 160ms;
  }

  i:nth-child(3) {
    animation-delay: 320ms;
  }

  @keyframes breathe {
    30% {
      opacity: 0.25;
    }
  }

  @media (forced-colors: active) {
    i {
      background: CanvasText;
    }
  }
`;
