import type { Database } from "../database.js";
import type { Change } from "../write.js";
import type { ApplyChange } from "./change-outcome.js";
import { prepareChangeReaction } from "./change-reaction.js";
import { prepareCreateMessage } from "./create-message.js";
import { prepareDeleteMessage } from "./delete-message.js";
import { prepareEditMessage } from "./edit-message.js";
import { preparePinMessage } from "./pin-message.js";

/** Compiles what every kind of change does to the rows. */
export function prepareApplyChange(database: Database): ApplyChange<Change> {
  const { query } = database;
  const createMessage = prepareCreateMessage(database);
  const editMessage = prepareEditMessage(query);
  const deleteMessage = prepareDeleteMessage(query);
  const changeReaction = prepareChangeReaction(query);
  const pinMessage = preparePinMessage(query);
  return (change, place) => {
    switch (change.type) {
      case "msg":
        return createMessage(change, place);
      case "edit":
        return editMessage(change, place);
      case "del":
        return deleteMessage(change, place);
      case "react":
      case "unreact":
        return changeReaction(change, place);
      case "pin":
      case "unpin":
        return pinMessage(change, place);
    }
  };
}
