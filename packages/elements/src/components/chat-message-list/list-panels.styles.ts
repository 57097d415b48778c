import { css } from "lit";

/** What stands in an empty room, and in one that is not known yet. */
export const panelStyles = css`
  .empty {
    place-self: center;
    z-index: 1;
    display: grid;
    gap: var(--_u);
    max-inline-size: 40ch;
    padding: calc(var(--_u) * 6);
    text-align: center;
    color: var(--_muted);
  }

  .empty strong {
    font-size: calc(16em / 15);
    font-weight: 650;
    color: var(--_text);
  }

  .skeleton {
    align-self: end;
    display: grid;
    gap: calc(var(--_u) * 4);
    padding: calc(var(--_u) * 5) calc(var(--_u) * 4);
    overflow: hidden;
  }

  .bone-row {
    display: flex;
    gap: calc(var(--_u) * 3);
  }

  .bones {
    flex: 1;
    display: grid;
    align-content: center;
    gap: calc(var(--_u) * 2);
  }

  .bone {
    block-size: calc(12em / 15);
    border-radius: 1em;
    background: var(--_hover);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }

  .bone.circle {
    flex: none;
    inline-size: calc(36em / 15);
    block-size: calc(36em / 15);
    border-radius: 50%;
  }

  .bone.name {
    inline-size: min(22%, 9em);
  }

  .bone.short {
    inline-size: 38%;
  }

  .bone.medium {
    inline-size: 60%;
  }

  .bone.long {
    inline-size: 82%;
  }

  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
`;
