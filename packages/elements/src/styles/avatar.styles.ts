import { css } from "lit";

/** A person's or a room's circle. The hue comes from the class of the row or circle. */
export const avatarStyles = css`
  .hue-0 {
    --_hue: 25;
  }
  .hue-1 {
    --_hue: 60;
  }
  .hue-2 {
    --_hue: 100;
  }
  .hue-3 {
    --_hue: 145;
  }
  .hue-4 {
    --_hue: 190;
  }
  .hue-5 {
    --_hue: 235;
  }
  .hue-6 {
    --_hue: 280;
  }
  .hue-7 {
    --_hue: 330;
  }

  .avatar {
    display: grid;
    place-items: center;
    inline-size: calc(36em / 13);
    block-size: calc(36em / 13);
    border-radius: 50%;
    overflow: hidden;
    font-size: calc(13em / 15);
    font-weight: 650;
    line-height: 1;
    background: light-dark(oklch(0.9 0.06 var(--_hue)), oklch(0.36 0.07 var(--_hue)));
    color: light-dark(oklch(0.38 0.11 var(--_hue)), oklch(0.9 0.07 var(--_hue)));
    user-select: none;
  }

  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }
  }
`;
