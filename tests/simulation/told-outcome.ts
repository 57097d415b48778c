import type { OperationStatus } from "@confab/sdk";
import type { AskedOp } from "./asked-op.js";
import { demand } from "./violation.js";
import type { World } from "./world.js";

/** What the handle of an op tells its author must be so, and stay so. [I1] [I10] [O2] [O11] */
export function checkTold(world: World, op: AskedOp, told: OperationStatus): void {
  const { room, id } = op;
  const { oracle } = world;
  op.isToldFailed = told.status === "failed";
  if (told.status === "acked") {
    const { seq } = told;
    oracle.at(room, seq);
    const isThere = oracle.lineages(room).some((lineage) => lineage.at(seq)?.id === id);
    demand(isThere, "I1", () => `${op.by} is told that ${id} is at ${seq}, and it is not`);
  }
  demandFailed(world, op);
}

/** What its author was told is not done may not be done later. [I10] */
export function demandFailed({ oracle }: World, op: AskedOp): void {
  if (op.isToldFailed !== true || oracle.lost.has(op.id)) return;
  oracle.refresh(op.room);
  const isInLog = oracle.seqOf(op.room, op.id) !== undefined;
  demand(!isInLog, "I10", () => `${op.by} is told that ${op.id} failed, and it is in the log`);
}
