import type { ReadPosition } from "@confab/sdk/protocol";
import type { Principal } from "../auth/principal.js";
import type { Cancel, Clock } from "../platform/clock.js";
import type { Result } from "../platform/result.js";
import type { RoomReading } from "../reading/room-reading.js";
import type { RoomAccess } from "../rooms/room-access.js";
import { encodeFrame, type Frame } from "./frame.js";
import type { GatewayLimits } from "./gateway-limits.js";
import type { Hub } from "./hub.js";

/** What telling read positions is made of. */
export interface ReceiptsParts {
  readonly hub: Hub;
  readonly clock: Clock;
  readonly rooms: RoomAccess;
  readonly reading: RoomReading;
  readonly limits: GatewayLimits;
}

/** The read positions of a room that were raised and not told yet. */
interface Untold {
  readonly reader: Principal;
  readonly positions: Map<string, ReadPosition>;
  readonly cancel: Cancel;
}

/**
 * Tells the followers of each room who has read how far: of one person at most once a second, and
 * only the newest. In a large room everybody hears only of themselves. [R3]
 */
export class Receipts {
  readonly #parts: ReceiptsParts;
  readonly #untold = new Map<string, Untold>();

  constructor(parts: ReceiptsParts) {
    this.#parts = parts;
  }

  /** Somebody's read position in this room has moved. */
  raised(reader: Principal, roomId: string, position: ReadPosition): void {
    if (!this.#parts.hub.isFollowed(roomId)) return;
    this.#collect(reader, roomId, reader.id, position);
  }

  /** Forgets everything; nobody is told any more. */
  stop(): void {
    for (const { cancel } of this.#untold.values()) cancel();
    this.#untold.clear();
  }

  #collect(reader: Principal, roomId: string, user: string, { seq, count }: ReadPosition): void {
    const { positions } = this.#untold.get(roomId) ?? this.#begin(reader, roomId);
    const known = positions.get(user);
    if (known === undefined || known.seq < seq) positions.set(user, { seq, count });
  }

  #begin(reader: Principal, roomId: string): Untold {
    const cancel = this.#parts.clock.after(this.#parts.limits.receiptEveryMs, () => {
      this.#untold.delete(roomId);
      this.#askWhetherToTell(untold, roomId);
    });
    const untold: Untold = { reader, positions: new Map(), cancel };
    this.#untold.set(roomId, untold);
    return untold;
  }

  #askWhetherToTell({ reader, positions }: Untold, roomId: string): void {
    const { rooms, reading, limits } = this.#parts;
    const take = (isTold: Result<boolean>): void => {
      if (isTold.ok) this.#tell(roomId, positions, isTold.value ? "everybody" : "reader");
      else for (const [user, it] of positions) this.#collect(reader, roomId, user, it);
    };
    rooms.view(reader, roomId, (view) => {
      if (!view.ok) take(view);
      else if (view.value === undefined) take({ ok: true, value: false });
      else reading.isTold(view.value, limits.receiptsMaxMembers, take);
    });
  }

  #tell(
    roomId: string,
    positions: ReadonlyMap<string, ReadPosition>,
    audience: "everybody" | "reader",
  ): void {
    const frames = new Map<string, Frame>();
    for (const [user, position] of positions) {
      frames.set(user, encodeFrame({ t: "receipt", room: roomId, user, ...position }));
    }
    for (const subscription of this.#parts.hub.followers(roomId)) {
      const own = frames.get(subscription.user);
      const heard = audience === "everybody" ? frames.values() : own === undefined ? [] : [own];
      for (const frame of heard) subscription.deliverReceipt(frame);
    }
  }
}
