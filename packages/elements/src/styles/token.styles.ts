import { css } from "lit";

/**
 * The palette and the measures. A page sets the public `--chat-*`; the private `--_*` resolve
 * them with their defaults once per element. Every pair of colours used together keeps 4.5:1 for
 * text and 3:1 for controls, in both modes. Measures are in em of a 15 px design size (`--_u` is
 * its 4 px grid), so that a room follows its own font size and never that of the page's root.
 */
export const tokenStyles = css`
  :host {
    --_surface: var(--chat-surface, light-dark(#ffffff, #15171c));
    --_sunken: var(--chat-surface-sunken, light-dark(#f5f6f8, #0e1014));
    --_raised: var(--chat-surface-raised, light-dark(#ffffff, #1f2229));
    --_hover: var(--chat-surface-hover, light-dark(#f0f2f5, #1d2027));
    --_text: var(--chat-text, light-dark(#16181d, #e9ebef));
    --_muted: var(--chat-text-muted, light-dark(#5b6270, #a0a7b4));
    --_border: var(--chat-border, light-dark(#dfe2e8, #2c3039));
    --_border-strong: var(--chat-border-strong, light-dark(#868d9b, #737a88));
    --_accent: var(--chat-accent, light-dark(#2f5bea, #8fadff));
    --_on-accent: var(--chat-on-accent, light-dark(#ffffff, #0b1437));
    --_accent-text: var(--chat-accent-text, light-dark(#2450d6, #9db7ff));
    --_bubble: var(--chat-bubble-bg, light-dark(#eef0f4, #24272f));
    --_bubble-text: var(--chat-bubble-text, var(--_text));
    --_bubble-own: var(--chat-bubble-own-bg, light-dark(#dde7ff, #263c78));
    --_bubble-own-text: var(--chat-bubble-own-text, light-dark(#101a3d, #eef2ff));
    --_bubble-own-muted: light-dark(#4d5678, #c3ccec);
    --_danger: var(--chat-danger, light-dark(#b3261e, #ff9a92));
    --_danger-soft: var(
      --chat-danger-soft,
      color-mix(in oklab, var(--_danger) 10%, var(--_surface))
    );
    --_success: var(--chat-success, light-dark(#146c43, #6fdba5));
    --_warning: var(--chat-warning, light-dark(#855300, #f3bd55));
    --_online: var(--chat-presence-online, light-dark(#1a8f4f, #3ccf81));
    --_focus: var(--chat-focus, light-dark(#2f5bea, #9db7ff));
    --_shadow: var(
      --chat-shadow,
      0 1px 2px light-dark(#16181d1a, #00000066),
      0 6px 20px light-dark(#16181d1f, #00000066)
    );
    --_u: calc(4em / 15 * var(--chat-density, 1));
    --_radius: var(--chat-radius, calc(14em / 15));
    --_bubble-radius: var(--chat-bubble-radius, calc(18em / 15));
    --_duration: var(--chat-duration, 120ms);
    --_easing: cubic-bezier(0.2, 0, 0, 1);
  }

  @media (prefers-contrast: more) {
    :host {
      --_border: var(--chat-border-strong, light-dark(#868d9b, #737a88));
      --_muted: var(--chat-text, light-dark(#16181d, #e9ebef));
    }
  }
`;
