import { describe, expect, it, vi } from "vitest";
import { ScriptedChat } from "./testing/scripted-chat.js";
import { Turns } from "./turns.js";

describe("Turns", () => {
  it("does in one turn what happens meanwhile, and publishes once at its end", () => {
    const steps: string[] = [];
    const turns = new Turns(() => steps.push("publish"), vi.fn());
    turns.run(() => {
      turns.afterwards(() => steps.push("application"));
      turns.run(() => steps.push("second"));
      steps.push("first");
    });
    expect(steps).toEqual(["first", "second", "publish", "application"]);
  });

  it("lets the application begin turns of its own", () => {
    const steps: string[] = [];
    const turns = new Turns(() => steps.push("publish"), vi.fn());
    turns.run(() => {
      turns.afterwards(() => {
        turns.run(() => steps.push("its own"));
      });
    });
    expect(steps).toEqual(["publish", "its own", "publish"]);
  });

  it("[L8] reports what the application throws, and goes on", () => {
    const reported: unknown[] = [];
    const turns = new Turns(
      () => undefined,
      (error) => reported.push(error),
    );
    const after = vi.fn();
    turns.run(() => {
      turns.afterwards(() => {
        throw new Error("application");
      });
      turns.afterwards(after);
    });
    expect(after).toHaveBeenCalledOnce();
    expect(reported).toEqual([new Error("application")]);
  });

  it("passes on what a task throws, after publishing", () => {
    const publish = vi.fn();
    const turns = new Turns(publish, vi.fn());
    const failing = (): void => {
      throw new Error("argument");
    };
    expect(() => {
      turns.run(failing);
    }).toThrow("argument");
    expect(publish).toHaveBeenCalledOnce();
    const next = vi.fn();
    turns.run(next);
    expect(next).toHaveBeenCalledOnce();
  });
});

describe("the application's listeners", () => {
  it("hear of one message of many frames once", () => {
    const scripted = new ScriptedChat();
    scripted.goLive();
    const heard = vi.fn();
    scripted.room.$timeline.listen(heard);
    scripted.socket.deliver(...scripted.log.appendMany(500));
    expect(heard).toHaveBeenCalledOnce();
    expect(scripted.shown).toHaveLength(500);
  });

  it("hear nothing of messages that change nothing", () => {
    const scripted = new ScriptedChat();
    scripted.log.append();
    scripted.goLive();
    const heard = vi.fn();
    scripted.room.$timeline.listen(heard);
    scripted.room.$state.listen(heard);
    scripted.chat.$connection.listen(heard);
    scripted.chat.$me.listen(heard);
    scripted.socket.deliver({ t: "ping", heads: {} }, ...scripted.log.events);
    scripted.platform.clock.advance(5_000);
    expect(heard).not.toHaveBeenCalled();
  });

  it("[L8] disturb nothing by throwing", () => {
    const scripted = new ScriptedChat();
    const fail = (): void => {
      throw new Error("listener");
    };
    scripted.room.$timeline.listen(fail);
    scripted.room.$state.listen(fail);
    scripted.chat.$connection.listen(fail);
    scripted.chat.on("discontinuity", fail);
    const heard = vi.fn();
    scripted.room.$timeline.listen(heard);
    scripted.goLive();
    const { id, $status } = scripted.room.send("hello");
    $status.listen(fail);
    scripted.socket.deliver(scripted.log.ack(id));
    scripted.socket.deliver({ ...scripted.log.reset(undefined), why: "far" });
    expect($status.get().status).toBe("acked");
    expect(scripted.chat.$connection.get().status).toBe("live");
    expect(heard).toHaveBeenCalled();
    expect(scripted.platform.reported.length).toBeGreaterThan(4);
  });

  it("may use the chat from within", () => {
    const scripted = new ScriptedChat();
    const answers = ["one", "two"];
    scripted.room.$timeline.listen(() => {
      const text = answers.shift();
      if (text !== undefined) scripted.room.send(text);
    });
    scripted.goLive();
    scripted.socket.deliver(scripted.log.append({ body: "hello" }));
    expect(scripted.shown).toEqual(["hello", "one (pending)", "two (pending)"]);
    expect(scripted.socket.opsOf("msg").map((op) => op.body)).toEqual(["one", "two"]);
  });

  it("hear no more once they said so, each by itself", () => {
    const scripted = new ScriptedChat();
    const heard = vi.fn();
    const stopFirst = scripted.chat.on("discontinuity", heard);
    const stopSecond = scripted.chat.on("discontinuity", heard);
    scripted.goLive();
    stopFirst();
    stopFirst();
    scripted.socket.deliver(scripted.log.reset(undefined));
    expect(heard).toHaveBeenCalledOnce();
    stopSecond();
    scripted.socket.deliver(scripted.log.reset(undefined));
    expect(heard).toHaveBeenCalledOnce();
  });
});
