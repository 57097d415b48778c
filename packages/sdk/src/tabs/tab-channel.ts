/** Carries plain data between the tabs of a browser, in order; nobody hears their own. */
export interface TabChannel {
  post(message: unknown): void;
  close(): void;
}

/** Joins the channel of this name. `onMessage` is called later, never during a call. */
export type OpenTabChannel = (name: string, onMessage: (message: unknown) => void) => TabChannel;
