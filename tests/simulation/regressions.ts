/**
 * Seeds that meet what the simulation once found, by its story. Each runs in every test, and where
 * a mutant of the same name brings the bug back, the mutation gate tells which seed meets it now.
 */
export const REGRESSIONS: readonly { readonly seed: string; readonly story: string }[] = [
  { seed: "7", story: "a thread opened on a message still on its way stayed failed" },
  { seed: "62", story: "a tab not welcomed yet showed its user's messages as another's" },
  { seed: "111", story: "without a socket, a token that was always short was renewed in a loop" },
  { seed: "62", story: "one's own reply was gone from a thread until its page was there" },
  { seed: "10003362", story: "without a socket, two questions were open, the older heard last" },
  { seed: "11005745", story: "an op given up as the storage broke was sent by the next tab" },
  { seed: "11021036", story: "an older change of another tab stood on top of a newer one" },
  { seed: "21013967", story: "one's own replies changed places while a thread was loading" },
  {
    seed: "21025754",
    story: "a thread's message came with a snapshot, the answer without it after",
  },
  { seed: "17031339", story: "a room of one's own was not listed: nobody asked for it again" },
  { seed: "18037241", story: "a read position was stored, its commit failed, nobody was told" },
  { seed: "18045848", story: "what was settled was shown as pending when another tab found it" },
];
