import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../database.js";
import { members } from "../tables/schema.js";
import { compile } from "./compile.js";

/** Who acts in a room, and when. */
export interface Actor {
  readonly room: string;
  readonly user: string;
  readonly at: number;
}

/** Where a read position stands. */
export interface ReadRegister {
  readonly seq: number;
  readonly count: number;
}

/** Keeps members and their read positions. */
export interface Membership {
  /** Whoever acts in a room is a member of it. */
  add(actor: Actor): void;
  /** Raises the actor's read position; false when it stands there or further already. [R1] */
  raise(actor: Actor, register: ReadRegister): boolean;
  /** Where the position stands; the beginning when there is none. */
  register(room: string, user: string): ReadRegister;
}

/** Compiles its statements. */
export function prepareMembership(database: Database): Membership {
  const statements = prepareStatements(database);
  return {
    add({ room, user, at }) {
      statements.add.run({ room, user, at });
    },
    raise({ room, user, at }, { seq, count }) {
      return statements.raise.run({ room, user, at, seq, count }) > 0;
    },
    register(room, user) {
      const found = statements.find.get({ room, user });
      return { seq: found?.seq ?? 0, count: found?.count ?? 0 };
    },
  };
}

function prepareStatements(database: Database) {
  const { query } = database;
  const value = (name: string) => sql.placeholder(name);
  const actor = { room: value("room"), user: value("user"), at: value("at") };
  const target = [members.room, members.user];
  return {
    add: compile(database, query.insert(members).values(actor).onConflictDoNothing()),
    raise: compile(
      database,
      query
        .insert(members)
        .values({ ...actor, readSeq: value("seq"), readCount: value("count") })
        .onConflictDoUpdate({
          target,
          set: { readSeq: sql`excluded.read_seq`, readCount: sql`excluded.read_count` },
          setWhere: sql`${members.readSeq} IS NULL OR ${members.readSeq} < excluded.read_seq`,
        }),
    ),
    find: query
      .select({ seq: members.readSeq, count: members.readCount })
      .from(members)
      .where(and(eq(members.room, value("room")), eq(members.user, value("user"))))
      .prepare(),
  };
}
