import type {
  OtherOp,
  OtherTab,
  TabOp,
  TabsEffect,
  TabsInput,
  TabsState,
  TabsStep,
} from "./tabs-step.js";

/** A tab with ops that was not heard of for this long is asked whether it is there. */
const QUIET_MAX_MS = 10_000;
/** A tab that is there has answered after this, and so has the heir of one that said goodbye. */
const ANSWER_LIMIT_MS = 3_000;

/** More than any tab has unanswered of what our log holds. */
const LOGGED_MAX_COUNT = 500;

/**
 * One step of what a tab knows of the others of its user; `now` is monotonic, in milliseconds. An
 * op has one owner: us, the tab that said it last, or nobody; and is shown as long as its owner
 * lives, or until our log holds it. [B4]
 */
export function stepTabs<Op extends TabOp>(
  state: TabsState<Op>,
  input: TabsInput<Op>,
  now: number,
): TabsStep<Op> {
  const next = react(state, input, now);
  const effects = [...next.effects, ...wishesToSay(state, next.state)];
  return { state: next.state, effects };
}

/** When there is something to do although nothing happens; nothing while no op is with another. */
export function nextTabsDeadline<Op extends TabOp>(state: TabsState<Op>): number | undefined {
  const times = [...ownersOf(state)].map((tab) => deadlineOf(state.tabs.get(tab)));
  return times.length > 0 ? Math.min(...times) : undefined;
}

function react<Op extends TabOp>(
  state: TabsState<Op>,
  input: TabsInput<Op>,
  now: number,
): TabsStep<Op> {
  switch (input.t) {
    case "heard":
      return still(withTab(state, input.tab, { heardAt: now }));
    case "whole":
      return still(withOps(state, [...left(state, input.tab, input.ops), ...said(state, input)]));
    case "changed":
      return still(settle(withOps(state, said(state, { ...input, ops: input.put })), input.gone));
    case "bye":
      return still(withTab(state, input.tab, { heardAt: now, askedAt: now, isGone: true }));
    case "tick":
      return look(state, now);
    case "gone":
      return still(withOps(state, left(state, input.tab, [])));
    case "own":
      return still(own(state, input.ids));
    case "released":
      return still({
        ...withLogged(state, input.logged),
        own: new Set([...state.own].filter((id) => !input.ids.includes(id))),
      });
    case "unwanted":
      return still(change(state, input.id, unwanted));
    case "applied":
      return still(settle(withLogged(state, [input.id]), [[input.id, input.seq]]));
    case "subscribed":
      return still(mapSettled(state, input.room, (op) => ({ ...op, isOld: true })));
    case "caught-up":
      return still(mapSettled(state, input.room, (op) => (op.isOld ? undefined : op)));
    case "reached":
      return still(mapSettled(state, input.room, (op) => (op.seq > input.seq ? op : undefined)));
    case "unwatched":
      return still(mapSettled(state, input.room, () => undefined));
  }
}

/** Asks who was quiet for too long; of those that do not answer, looks whether they left much. */
function look<Op extends TabOp>(state: TabsState<Op>, now: number): TabsStep<Op> {
  const effects: TabsEffect[] = [];
  let next = state;
  for (const tab of ownersOf(state)) {
    const known = state.tabs.get(tab);
    if (now < deadlineOf(known)) continue;
    const isAsked = known?.askedAt !== undefined;
    effects.push({ type: isAsked ? "look" : "ask", tab });
    const heardAt = isAsked ? now : (known?.heardAt ?? now);
    const changed = { heardAt, ...(isAsked ? { isGone: true as const } : { askedAt: now }) };
    next = withTab(next, tab, changed);
  }
  return { state: next, effects };
}

function deadlineOf(tab: OtherTab | undefined): number {
  if (!tab) return 0;
  return tab.askedAt === undefined ? tab.heardAt + QUIET_MAX_MS : tab.askedAt + ANSWER_LIMIT_MS;
}

/** The tabs that have an op which is not settled. */
function ownersOf<Op extends TabOp>({ ops }: TabsState<Op>): ReadonlySet<string> {
  return new Set([...ops.values()].flatMap(({ seq, tab }) => (seq === undefined ? tab : [])));
}

/**
 * What a tab says it has, apart from what is ours and what is in our log; a wish outlives the
 * change of its owner.
 */
function said<Op extends TabOp>(
  { ops: before, own: ours, inLog }: TabsState<Op>,
  { tab, ops }: { readonly tab: string; readonly ops: readonly Op[] },
): (readonly [string, OtherOp<Op>])[] {
  return ops.flatMap((op) => {
    if (ours.has(op.id) || inLog.includes(op.id)) return [];
    const { seq } = op;
    const known = before.get(op.id);
    // The first place counts, and how old it is.
    const other =
      seq === undefined ? { tab, op } : known?.seq === undefined ? { tab, op, seq } : known;
    return [[op.id, known?.isUnwanted ? unwanted(other) : other] as const];
  });
}

function unwanted<Op extends TabOp>({ op, ...other }: OtherOp<Op>): OtherOp<Op> {
  return { ...other, op: { ...op, isCancelled: true }, isUnwanted: true };
}

/** What a tab had and has no more. What is settled is the log's affair. */
function left<Op extends TabOp>(
  { ops: before }: TabsState<Op>,
  tab: string,
  ops: readonly Op[],
): (readonly [string, undefined])[] {
  const names = new Set(ops.map(({ id }) => id));
  return [...before].flatMap(([id, other]) =>
    other.tab === tab && other.seq === undefined && !names.has(id) ? [[id, undefined]] : [],
  );
}

function withLogged<Op extends TabOp>(state: TabsState<Op>, ids: readonly string[]): TabsState<Op> {
  return { ...state, inLog: [...state.inLog, ...ids].slice(-LOGGED_MAX_COUNT) };
}

function own<Op extends TabOp>(state: TabsState<Op>, ids: readonly string[]): TabsState<Op> {
  const next = withOps(
    state,
    ids.map((id) => [id, undefined]),
  );
  return { ...next, own: new Set([...state.own, ...ids]) };
}

/** Ops left their tab: into the log at a place, or for good, which a backup may show. [L8] */
function settle<Op extends TabOp>(
  state: TabsState<Op>,
  gone: readonly (readonly [string, number | null])[],
): TabsState<Op> {
  return gone.reduce((before, [id, seq]) => {
    return change(before, id, ({ isUnwanted: _, ...other }) =>
      seq === null ? undefined : other.seq === undefined ? { ...other, seq } : other,
    );
  }, state);
}

function mapSettled<Op extends TabOp>(
  state: TabsState<Op>,
  room: string,
  map: (op: OtherOp<Op> & { readonly seq: number }) => OtherOp<Op> | undefined,
): TabsState<Op> {
  const changes = [...state.ops].flatMap(([id, other]) => {
    const { seq } = other;
    if (seq === undefined || other.op.room !== room) return [];
    const next = map({ ...other, seq });
    return next && next.isOld === other.isOld ? [] : [[id, next] as const];
  });
  return withOps(state, changes);
}

function change<Op extends TabOp>(
  state: TabsState<Op>,
  id: string,
  map: (op: OtherOp<Op>) => OtherOp<Op> | undefined,
): TabsState<Op> {
  const other = state.ops.get(id);
  return other ? withOps(state, [[id, map(other)]]) : state;
}

/** What is not changed stays the same object, so that nobody has to show it anew. */
function withOps<Op extends TabOp>(
  state: TabsState<Op>,
  changes: readonly (readonly [string, OtherOp<Op> | undefined])[],
): TabsState<Op> {
  const news = changes.filter(([id, other]) => state.ops.get(id) !== other);
  if (news.length === 0) return state;
  const ops = new Map<string, OtherOp<Op>>(state.ops);
  for (const [id, other] of news) {
    if (other) ops.set(id, other);
    else ops.delete(id);
  }
  return { ...state, ops };
}

function withTab<Op extends TabOp>(
  state: TabsState<Op>,
  name: string,
  tab: OtherTab,
): TabsState<Op> {
  return { ...state, tabs: new Map(state.tabs).set(name, tab) };
}

/**
 * A wish is said to the owner of its op, and again to the next one; it ends with the op. That of an
 * op which became ours is kept until the op is gone.
 */
function wishesToSay<Op extends TabOp>(
  { ops: before }: TabsState<Op>,
  { ops, own: ours }: TabsState<Op>,
): readonly TabsEffect[] {
  if (ops === before) return [];
  const effects: TabsEffect[] = [];
  for (const [id, { isUnwanted, tab, op }] of ops) {
    const earlier = before.get(id);
    if (!isUnwanted || (earlier?.isUnwanted && earlier.tab === tab)) continue;
    effects.push({ type: "discard", tab, room: op.room, id });
  }
  for (const [id, { isUnwanted }] of before) {
    if (isUnwanted && !ops.get(id)?.isUnwanted && !ours.has(id))
      effects.push({ type: "drop-wish", id });
  }
  return effects;
}

function still<Op extends TabOp>(state: TabsState<Op>): TabsStep<Op> {
  return { state, effects: [] };
}
