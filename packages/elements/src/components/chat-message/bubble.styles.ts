import { css } from "lit";

/**
 * Bubbles that take turns: others at the start, one's own at the end, joined corners inside a
 * group.
 */
export const bubbleStyles = css`
  .row.bubbles {
    grid-template-columns: calc(28em / 15) minmax(0, 1fr);
    column-gap: calc(var(--_u) * 2);
    padding-block: 1px;
    padding-inline: calc(var(--_u) * 3);
  }

  .row.bubbles.own,
  .row.bubbles.without-avatar {
    grid-template-columns: minmax(0, 1fr);
  }

  .bubbles.own .gutter {
    display: none;
  }

  .bubbles .gutter {
    display: flex;
    align-items: flex-end;
  }

  .bubbles .avatar {
    inline-size: calc(28em / 11);
    block-size: calc(28em / 11);
    font-size: calc(11em / 15);
  }

  .bubbles .main {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
  }

  .bubbles.own .main {
    align-items: flex-end;
  }

  .bubbles .head {
    max-inline-size: 100%;
    padding-inline-start: calc(var(--_u) * 3.25);
    padding-block-end: calc(var(--_u) * 0.5);
    font-size: calc(13em / 15);
  }

  .bubbles .bubble {
    max-inline-size: min(82%, 44ch);
    min-inline-size: calc(64em / 15);
    padding: calc(var(--_u) * 1.75) calc(var(--_u) * 3.25);
    border-radius: var(--_bubble-radius);
    background: var(--_bubble);
    color: var(--_bubble-text);
    text-wrap: pretty;
  }

  /* Its own flow, so that the time beside the last line never leaves the bubble. */
  .bubbles .text {
    display: flow-root;
  }

  .bubbles.own .bubble {
    background: var(--_bubble-own);
    color: var(--_bubble-own-text);
  }

  .bubbles:not(.own, .first) .bubble {
    border-start-start-radius: calc(6em / 15);
  }

  .bubbles:not(.own) .bubble {
    border-end-start-radius: calc(6em / 15);
  }

  .bubbles.own:not(.first) .bubble {
    border-start-end-radius: calc(6em / 15);
  }

  .bubbles.own .bubble {
    border-end-end-radius: calc(6em / 15);
  }

  .bubbles .meta {
    float: inline-end;
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_u) * 0.75);
    margin-block-start: calc(6em / 15);
    margin-inline-start: calc(var(--_u) * 2.5);
    margin-inline-end: calc(var(--_u) * -0.5);
    color: var(--_meta);
    user-select: none;
  }

  .bubbles.own {
    --_meta: var(--_bubble-own-muted);
  }

  .bubbles .meta time {
    font-size: calc(11em / 15);
    line-height: calc(16 / 11);
  }

  .bubbles.failed,
  .bubbles .emoji {
    --_meta: var(--_muted);
  }

  .bubbles .bubble.emoji {
    background: none;
    padding-inline: calc(var(--_u) * 0.5);
  }

  /* Beside the foot of the large sign, not beside its head. */
  .bubbles .emoji .text {
    display: flex;
    align-items: flex-end;
  }

  .bubbles.failed .bubble {
    background: var(--_danger-soft);
    color: var(--_text);
  }

  .bubbles .note {
    padding-inline: calc(var(--_u) * 1.5);
    padding-block-start: calc(var(--_u) * 0.5);
  }

  .bubbles .failure {
    justify-content: flex-end;
  }

  /* The avatar's column is room to the side already. */
  @container (max-width: 480px) {
    .bubbles:not(.own) .bubble {
      max-inline-size: min(100% - 28em / 15, 44ch);
    }
  }

  @media (forced-colors: active) {
    .bubbles .bubble {
      border: 1px solid CanvasText;
    }

    .bubbles.own .bubble {
      border-inline-end-width: 3px;
    }
  }
`;
